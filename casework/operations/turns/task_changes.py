"""What claim, give back and reassign have in common: the answer, and the journal entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.operations import journal

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor, Case, UserTask


@dataclass(frozen=True)
class TaskChanged:
    """The task after the change; `version` is its new `ETag`."""

    task_id: UUID
    case_id: UUID
    version: int
    state: str
    assignee_id: UUID | None
    unit_id: str


def changed(task: UserTask) -> TaskChanged:
    """What the caller is told."""
    return TaskChanged(task.id, task.case_id, task.version, task.state.value, task.assignee_id, task.unit_id)


def note(session: Session, case: Case, task: UserTask, kind: str, actor: Actor, at: datetime, **details: Any) -> None:  # noqa: PLR0917
    """Add the journal entry of a change to a task."""
    journal.record(
        session,
        case,
        kind,
        actor,
        at,
        instance_id=task.instance_id,
        user_task_id=task.id,
        task=task.name,
        element=task.element_id,
        **details,
    )
