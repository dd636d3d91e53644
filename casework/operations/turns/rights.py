"""Who may work on a user task: its unit and those who lead it, the one who has taken it, or who stands in for that one today;
and who may not, having been on the case before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.errors import ConflictError, ForbiddenError
from casework.i18n import message
from casework.model import ACTIVE
from casework.model.separation import has_worked
from casework.model.words import state_words

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor, Case, UserTask


def require_standing(task: UserTask, version: int | None) -> None:
    """Refuse (ConflictError) what is over, and what the caller has seen in another state."""
    if task.state not in ACTIVE:
        raise ConflictError(
            message("The task is already {state}.", state=state_words(task.state)),
            changed={"state": task.state.value, "by": task.ended_by, "at": task.ended_at and task.ended_at.isoformat()},
        )
    if version is not None and version != task.version:
        raise ConflictError(message("The task has changed since you opened it."), changed=now(task))


def now(task: UserTask) -> dict[str, object]:
    """What a caller with an old version should look at."""
    return {
        "version": task.version,
        "state": task.state.value,
        "assignee_id": str(task.assignee_id) if task.assignee_id else None,
        "unit_id": task.unit_id,
    }


def require_unit(actor: Actor, task: UserTask) -> None:
    """Refuse (ForbiddenError) who neither works in the task's unit nor leads it nor has been given the task."""
    if actor.kind == "system" or task.unit_id in actor.all_units:
        return
    if actor.kind == "service" and actor.sees_all_cases:
        return
    if actor.kind == "employee" and task.assignee_id == actor.id:
        return
    if actor.cover_of(task.assignee_id, task.unit_id):
        return
    raise ForbiddenError(message("The task lies with another unit."))


def require_not_taken(actor: Actor, task: UserTask) -> None:
    """Refuse (ForbiddenError) when a colleague has taken the task for whom the actor does not stand in."""
    if actor.kind != "system" and task.assignee_id not in (None, actor.id):
        if actor.cover_of(task.assignee_id, task.unit_id):
            return
        raise ForbiddenError(message("A colleague has taken the task."))


def require_new_substitute(session: Session, actor: Actor, case: Case, task: UserTask) -> None:
    """Refuse (ForbiddenError) a substitute who has worked on the case, where the diagram asks for somebody new."""
    if actor.cover_of(task.assignee_id, task.unit_id):
        require_separation(session, case, task, actor.id)


def require_separation(session: Session, case: Case, task: UserTask, employee_id: UUID | None) -> None:
    """Refuse (ForbiddenError) an employee who has worked on the case, where the diagram asks for somebody new.

    Barnets lov § 137: a new notification is assessed by somebody who has not worked on the case.
    """
    if not task.needs_separation or employee_id is None:
        return
    if session.scalar(select(has_worked(employee_id, case_id=case.id, besides_task_id=task.id))):
        raise ForbiddenError(message("This must be done by somebody who has not worked on the case before."))
