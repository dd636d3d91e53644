"""What was done in one process within a period: how long each step took, and whether it was late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, literal_column, null, select

from casework.forms.words import words
from casework.model import Deadline, DeadlineClass, UserTask
from casework.queries.boards.heat_versions import ran_on
from casework.queries.due_words import span_words

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.i18n import Message
    from casework.queries.reports.report import Asked

#: Written out, because a partial index is used only where the statement itself says the condition.
_DONE = UserTask.state == literal_column("'completed'")
_MET = Deadline.state == literal_column("'met'")


@dataclass(frozen=True)
class HeatLine:
    """One finished task, or one deadline that was met over what is no task. `is_late`: None where it had no date."""

    case_id: UUID
    element_id: str
    name: Message
    began_at: datetime
    ended_at: datetime
    due_at: datetime | None
    task_id: UUID | None

    @property
    def took(self) -> timedelta:
        """What was done before its time had begun took none of it."""
        return max(self.ended_at - self.began_at, timedelta(0))

    @property
    def took_words(self) -> Message:
        """The same in words."""
        return span_words(self.took)

    @property
    def is_late(self) -> bool | None:
        """Whether it was done after its date."""
        return None if self.due_at is None else self.ended_at > self.due_at


def heat_lines(
    session: Session, ask: Asked, process_id: str, version_ids: frozenset[UUID] | None = None
) -> list[HeatLine]:
    """Give them, of the units that are asked for, the newest first; of these process versions (None: of all)."""
    of_task = ran_on(UserTask.instance_id, UserTask.ended_at, version_ids)
    of_deadline = ran_on(Deadline.instance_id, Deadline.ended_at, version_ids)
    tasks = [_line(*row) for row in session.execute(_tasks(ask, process_id).where(*of_task))]
    of_tasks = {line.element_id for line in tasks}
    others: dict[tuple[UUID, str, datetime], HeatLine] = {}
    for line in (_line(*row) for row in session.execute(_deadlines(ask, process_id).where(*of_deadline))):
        if line.element_id not in of_tasks and line.element_id != process_id:
            others.setdefault((line.case_id, line.element_id, line.ended_at), line)
    return sorted([*tasks, *others.values()], key=lambda line: line.ended_at, reverse=True)


def _tasks(ask: Asked, process_id: str) -> Any:
    return select(
        UserTask.case_id,
        UserTask.element_id,
        UserTask.name,
        UserTask.name_en,
        UserTask.created_at,
        UserTask.ended_at,
        UserTask.due_at,
        UserTask.id,
    ).where(
        UserTask.process_id == process_id,
        _DONE,
        UserTask.ended_at >= ask.period.start,
        UserTask.ended_at < ask.period.end,
        *_of_units(UserTask.unit_id, ask),
    )


def _deadlines(ask: Asked, process_id: str) -> Any:
    """Of calls and subprocesses: nobody has them as a task, but the law or the municipality has given them a date.

    Where both have, the law's comes first.
    """
    is_law = case((Deadline.due_class == DeadlineClass.LOV, 0), else_=1)
    return (
        select(
            Deadline.case_id,
            func.coalesce(Deadline.met_by, Deadline.element_id),
            Deadline.name,
            Deadline.name_en,
            Deadline.starts_at,
            Deadline.ended_at,
            Deadline.due_at,
            null(),
        )
        .where(
            Deadline.process_id == process_id,
            _MET,
            Deadline.ended_at >= ask.period.start,
            Deadline.ended_at < ask.period.end,
            *_of_units(Deadline.unit_id, ask),
        )
        .order_by(is_law, Deadline.id)
    )


def _of_units(column: Any, ask: Asked) -> tuple[Any, ...]:
    return () if ask.unit_ids is None else (column.in_(sorted(ask.unit_ids)),)


def _line(  # noqa: PLR0917  the columns of the statements, in their order
    case_id: UUID,
    element_id: str,
    name: str,
    name_en: str,
    began_at: datetime,
    ended_at: datetime,
    due_at: datetime | None,
    task_id: UUID | None,
) -> HeatLine:
    return HeatLine(case_id, element_id, words(name, name_en), began_at, ended_at, due_at, task_id)
