"""Who stands in for somebody and when, whom one can ask, and for whom one stands in oneself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select

from casework import clock
from casework.calendar import day_of
from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Employee, Membership, Substitution
from casework.model.substitution import counts_on, is_colleague
from casework.queries.names import EmployeeName

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from casework.model import Actor


@dataclass(frozen=True)
class SubstitutionRow:
    """`colleague` is the other one: the substitute, or for whom one stands in."""

    id: UUID
    colleague: EmployeeName
    first_day: date
    last_day: date
    reason: str
    created_by: str
    is_current: bool


@dataclass(frozen=True)
class SubstitutesPage:
    """`employee` is whose substitutes these are, present and coming; `covered` is empty on somebody else's page."""

    employee: EmployeeName
    is_own: bool
    today: date
    substitutes: tuple[SubstitutionRow, ...]
    covered: tuple[SubstitutionRow, ...]
    colleagues: tuple[EmployeeName, ...]


def substitutes_page(actor: Actor, employee_id: UUID | None = None) -> SubstitutesPage:
    """Give the actor's own, or those of an employee in a unit that the actor leads; NotFoundError for anybody else's."""
    today = day_of(clock.now())
    with read() as session:
        employee = _whose(session, actor, employee_id or actor.id)
        is_own = employee.id == actor.id
        return SubstitutesPage(
            employee=employee,
            is_own=is_own,
            today=today,
            substitutes=_rows(session, Substitution.absent_id == employee.id, Substitution.substitute_id, today),
            covered=_rows(session, Substitution.substitute_id == employee.id, Substitution.absent_id, today)
            if is_own
            else (),
            colleagues=_colleagues(session, employee.id),
        )


def _whose(session: Session, actor: Actor, employee_id: UUID | None) -> EmployeeName:
    query = select(Employee.id, Employee.name).where(Employee.id == employee_id)
    if actor.kind != "employee" or employee_id != actor.id:
        led = select(Membership.employee_id).where(Membership.unit_id.in_(sorted(actor.led_units)))
        query = query.where(Employee.id.in_(led))
    found = session.execute(query).one_or_none()
    if found is None:
        raise NotFoundError(message("You cannot name substitutes for this employee."))
    return EmployeeName(found.id, found.name)


def _rows(session: Session, whose: ColumnElement[bool], other: Any, today: date) -> tuple[SubstitutionRow, ...]:
    rows = session.execute(
        select(Substitution, Employee.name)
        .join(Employee, Employee.id == other)
        .where(whose, Substitution.last_day >= today, Substitution.ended_at.is_(None))
        .order_by(Substitution.first_day, Employee.name)
    )
    return tuple(
        SubstitutionRow(
            id=one.id,
            colleague=EmployeeName(getattr(one, other.key), name),
            first_day=one.first_day,
            last_day=one.last_day,
            reason=one.reason,
            created_by=one.created_by,
            is_current=one.first_day <= today,
        )
        for one, name in rows
    )


def _colleagues(session: Session, employee_id: UUID) -> tuple[EmployeeName, ...]:
    others = and_(Employee.id != employee_id, Employee.is_active, is_colleague(Employee.id, employee_id))
    rows = session.execute(select(Employee.id, Employee.name).where(others).order_by(Employee.name))
    return tuple(EmployeeName(row.id, row.name) for row in rows)


def substitutes_today(actor: Actor) -> dict[UUID, tuple[str, ...]]:
    """Give who stands in today for each employee of the units that the actor leads, by name."""
    led = select(Membership.employee_id).where(Membership.unit_id.in_(sorted(actor.led_units)))
    query = select(Substitution.absent_id, Employee.name).join(Employee, Employee.id == Substitution.substitute_id)
    holds = Substitution.absent_id.in_(led), counts_on(day_of(clock.now()))
    found: dict[UUID, tuple[str, ...]] = {}
    with read() as session:
        for absent_id, name in session.execute(query.where(*holds).order_by(Employee.name)):
            found[absent_id] = (*found.get(absent_id, ()), name)
    return found
