"""Rows of deadlines, for lists, the time line of a case, and the board of leaders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from casework.forms.words import words
from casework.model import Case, Deadline, Employee, Person, ProcessInstance, ProcessVersion, Unit, UserTask
from casework.model.visibility import sees_deadline
from casework.queries import due_words
from casework.queries.clock_words import moved_sentence, waits_for
from casework.queries.columns import CHILD, IS_ACTIVE, UNIT
from casework.queries.names import Child, EmployeeName, UnitName, child_of, employee_name, unit_name
from casework.queries.rule_words import rule_words

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from casework.forms.words import Words
    from casework.i18n import Message
    from casework.model import Actor
    from casework.queries.columns import AnySelect


_NAMES = (
    *("id", "case_id", "key", "name", "name_en", "due_at", "due_class", "duration", "calendar", "law"),
    *("state", "starts_at", "ended_at", "late_reason", "moved", "pauses", "paused_at"),
)
_COLUMNS = [Deadline.__table__.c[name] for name in _NAMES]
#: The task that stands for a deadline, and who has it. Made once, like whatever does not depend on the reader.
_HOLDER, _STANDING = aliased(Employee), aliased(UserTask)
_FIRST_TASK = (
    select(UserTask.id)
    .where(UserTask.deadline_id == Deadline.id, IS_ACTIVE)
    .order_by(UserTask.id)
    .limit(1)
    .correlate(Deadline)
    .scalar_subquery()
)
_TASK = (
    _STANDING.id.label("task_id"),
    _STANDING.version.label("task_version"),
    _STANDING.assignee_id,
    _HOLDER.name.label("assignee_name"),
)


@dataclass(frozen=True)
class DeadlineRow:
    """One deadline with its rule, and who has it. `task_id` is the open task that meets it, if one stands."""

    id: UUID
    case_id: UUID
    case_number: str
    child: Child
    key: str
    name: Words
    due: due_words.Due
    state: str
    starts_at: datetime
    ended_at: datetime | None
    task_id: UUID | None
    task_version: int | None
    unit: UnitName
    assignee: EmployeeName | None
    late_reason: str | None
    process: Words
    #: Since when its clock stands still.
    paused_at: datetime | None = None
    #: From when to when it moved last, and why.
    moved: Message | None = None


def select_deadlines(actor: Actor) -> AnySelect:
    """Select what `deadline_row` reads, of all deadlines that the actor sees; the caller adds conditions, order and limit."""
    return (
        select(
            *_COLUMNS,
            Case.number,
            Case.responsible_unit_id,
            Case.responsible_employee_id,
            *_TASK,
            ProcessVersion.name.label("process_name"),
            ProcessVersion.name_en.label("process_name_en"),
            *CHILD,
            *UNIT,
        )
        .join(Case, Case.id == Deadline.case_id)
        .join(Person, Person.id == Case.child_id)
        .join(Unit, Unit.id == Deadline.unit_id)
        .join(ProcessInstance, ProcessInstance.id == Deadline.instance_id)
        .join(ProcessVersion, ProcessVersion.id == ProcessInstance.process_version_id)
        .outerjoin(_STANDING, _STANDING.id == _FIRST_TASK)
        .outerjoin(_HOLDER, _HOLDER.id == _STANDING.assignee_id)
        .where(sees_deadline(actor))
    )


def deadline_row(row: Any, now: datetime) -> DeadlineRow:
    """Read one row; a deadline of another unit than the responsible one is waited for."""
    return DeadlineRow(
        id=row.id,
        case_id=row.case_id,
        case_number=row.number,
        child=child_of(row, now),
        key=row.key,
        name=words(row.name, row.name_en),
        due=due_words.due(
            row.due_at,
            now,
            due_class=row.due_class.value,
            starts_at=row.starts_at,
            rule=rule_words(row.duration, row.calendar, row.law),
            is_waiting=row.unit_id != row.responsible_unit_id,
            ended_at=row.ended_at,
            waits_for=waits_for(row.pauses) if row.paused_at else None,
        ),
        state=row.state.value,
        starts_at=row.starts_at,
        ended_at=row.ended_at,
        task_id=row.task_id,
        task_version=row.task_version,
        unit=unit_name(row.unit_id, row.unit_name, row.unit_name_en),
        assignee=employee_name(row.assignee_id, row.assignee_name),
        late_reason=row.late_reason,
        process=words(row.process_name, row.process_name_en),
        paused_at=row.paused_at if row.ended_at is None else None,
        moved=moved_sentence(row.moved, row.due_at),
    )
