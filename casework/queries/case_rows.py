"""Rows of cases, for the list and the search. Who sees a part of a case only, gets the child and the own tasks, no more."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from casework.forms.words import words
from casework.model import Case, Employee, InstanceState, Person, ProcessInstance, ProcessVersion, Unit, UserTask
from casework.model.visibility import is_listed, sees_task, sees_whole_case
from casework.queries import due_words
from casework.queries.columns import CHILD, IS_ACTIVE, UNIT
from casework.queries.names import Child, EmployeeName, UnitName, child_of, employee_name, unit_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms.words import Words
    from casework.model import Actor
    from casework.queries.columns import AnySelect


@dataclass(frozen=True)
class CaseRow:
    """One case. Without `is_whole` the actor sees what was handed over; then `processes` is empty."""

    case_id: UUID
    number: str
    child: Child
    state: str
    is_whole: bool
    responsible_unit: UnitName
    responsible: EmployeeName | None
    opened_at: datetime
    open_tasks: int
    next_due: due_words.Due
    processes: tuple[Words, ...]


def select_cases(actor: Actor) -> AnySelect:
    """Select what `case_rows` reads, of all cases that the actor sees; the caller adds conditions, order and limit."""
    responsible, seen = aliased(Employee), [UserTask.case_id == Case.id, IS_ACTIVE, sees_task(actor)]
    return (
        select(
            Case.id,
            Case.number,
            Case.state,
            Case.opened_at,
            Case.responsible_employee_id,
            responsible.name.label("responsible_name"),
            sees_whole_case(actor).label("is_whole"),
            select(func.count()).select_from(UserTask).where(*seen).scalar_subquery().label("open_tasks"),
            select(func.min(UserTask.due_at)).where(*seen).scalar_subquery().label("next_due_at"),
            *CHILD,
            *UNIT,
        )
        .join(Person, Person.id == Case.child_id)
        .join(Unit, Unit.id == Case.responsible_unit_id)
        .outerjoin(responsible, responsible.id == Case.responsible_employee_id)
        .where(is_listed(actor))
    )


def case_rows(session: Session, rows: Sequence[Any], now: datetime) -> tuple[CaseRow, ...]:
    """Read rows of `select_cases`, with one more statement for the processes that run."""
    running = _running(session, [row.id for row in rows if row.is_whole])
    return tuple(
        CaseRow(
            case_id=row.id,
            number=row.number,
            child=child_of(row, now),
            state=row.state.value,
            is_whole=bool(row.is_whole),
            responsible_unit=unit_name(row.unit_id, row.unit_name, row.unit_name_en),
            responsible=employee_name(row.responsible_employee_id, row.responsible_name),
            opened_at=row.opened_at,
            open_tasks=row.open_tasks,
            next_due=due_words.due(row.next_due_at, now),
            processes=tuple(running[row.id]),
        )
        for row in rows
    )


def _running(session: Session, case_ids: list[UUID]) -> dict[UUID, list[Words]]:
    found: dict[UUID, list[Words]] = defaultdict(list)
    if not case_ids:
        return found
    rows = session.execute(
        select(ProcessInstance.case_id, ProcessVersion.name, ProcessVersion.name_en)
        .join(ProcessVersion, ProcessVersion.id == ProcessInstance.process_version_id)
        .where(ProcessInstance.case_id.in_(case_ids), ProcessInstance.state == InstanceState.RUNNING)
        .order_by(ProcessInstance.started_at)
    )
    for row in rows:
        found[row.case_id].append(words(row.name, row.name_en))
    return found
