"""Rows of tasks, for the inbox, the search and the case page: one statement for a list, all names with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from casework.forms.words import words
from casework.model import (
    Case,
    Deadline,
    Employee,
    Person,
    ProcessInstance,
    ProcessVersion,
    Unit,
    UserTask,
    UserTaskState,
)
from casework.queries import due_words
from casework.queries.clock_words import waits_for
from casework.queries.columns import CHILD, UNIT
from casework.queries.names import Child, EmployeeName, UnitName, child_of, employee_name, unit_name
from casework.queries.rule_words import rule_words

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from casework.forms.words import Words
    from casework.model import Actor
    from casework.queries.columns import AnySelect

_HOLDER = aliased(Employee)


@dataclass(frozen=True)
class InboxRow:
    """One task. `is_waiting`: another unit does it, on a case of ours. `is_covered`: the reader stands in for the assignee.

    `follow_up_on`: until then the reader has put it aside; nobody else is shown it.
    """

    task_id: UUID
    case_id: UUID
    case_number: str
    name: Words
    child: Child
    due: due_words.Due
    unit: UnitName
    assignee: EmployeeName | None
    process_id: str
    process: Words
    state: str
    version: int
    is_mine: bool
    is_waiting: bool
    is_covered: bool
    follow_up_on: date | None
    may_claim: bool


def select_task_rows(chosen: Any) -> AnySelect:
    """Select what `task_row` reads for the tasks of a subquery with `id`, `inbox_at`, `is_waiting`, in the order of inboxes."""
    return (
        select(
            UserTask.id,
            UserTask.inbox_at,
            UserTask.case_id,
            UserTask.name,
            UserTask.name_en,
            UserTask.state,
            UserTask.version,
            UserTask.due_at,
            UserTask.due_class,
            UserTask.assignee_id,
            UserTask.follow_up_on,
            chosen.c.is_waiting,
            Case.number,
            Deadline.starts_at,
            Deadline.duration,
            Deadline.calendar,
            Deadline.law,
            Deadline.pauses,
            Deadline.paused_at,
            ProcessVersion.process_id,
            ProcessVersion.name.label("process_name"),
            ProcessVersion.name_en.label("process_name_en"),
            _HOLDER.name.label("assignee_name"),
            *CHILD,
            *UNIT,
        )
        .join(chosen, chosen.c.id == UserTask.id)
        .join(Case, Case.id == UserTask.case_id)
        .join(Person, Person.id == Case.child_id)
        .join(Unit, Unit.id == UserTask.unit_id)
        .join(ProcessInstance, ProcessInstance.id == UserTask.instance_id)
        .join(ProcessVersion, ProcessVersion.id == ProcessInstance.process_version_id)
        .outerjoin(Deadline, Deadline.id == UserTask.deadline_id)
        .outerjoin(_HOLDER, _HOLDER.id == UserTask.assignee_id)
        .order_by(UserTask.inbox_at, UserTask.id)
    )


def task_row(row: Any, actor: Actor, now: datetime) -> InboxRow:
    """Read one row."""
    due = due_words.due(
        row.due_at,
        now,
        due_class=row.due_class,
        starts_at=row.starts_at,
        rule=rule_words(row.duration, row.calendar, row.law),
        is_waiting=row.is_waiting,
        waits_for=waits_for(row.pauses) if row.paused_at else None,
    )
    return InboxRow(
        task_id=row.id,
        case_id=row.case_id,
        case_number=row.number,
        name=words(row.name, row.name_en),
        child=child_of(row, now),
        due=due,
        unit=unit_name(row.unit_id, row.unit_name, row.unit_name_en),
        assignee=employee_name(row.assignee_id, row.assignee_name),
        process_id=row.process_id,
        process=words(row.process_name, row.process_name_en),
        state=row.state.value,
        version=row.version,
        is_mine=actor.id is not None and row.assignee_id == actor.id,
        is_waiting=bool(row.is_waiting),
        is_covered=actor.cover_of(row.assignee_id, row.unit_id) is not None,
        follow_up_on=row.follow_up_on if actor.id is not None and row.assignee_id == actor.id else None,
        may_claim=row.state is UserTaskState.OPEN and row.unit_id in actor.all_units,
    )
