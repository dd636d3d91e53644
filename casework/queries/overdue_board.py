"""What is late and what will be, for those who answer for it: by rule and unit, by person, and hand-offs without an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, case, exists, func, or_, select

from casework import clock
from casework.calendar import add_working_days, day_of, end_of_day
from casework.config import settings
from casework.database import read
from casework.model import (
    Case,
    CaseState,
    Deadline,
    DeadlineClass,
    Employee,
    Handoff,
    Membership,
    Person,
    TeamMember,
    UserTask,
)
from casework.queries.boards.units import board_units
from casework.queries.columns import IS_ACTIVE
from casework.queries.deadline_rows import DeadlineRow, deadline_row, select_deadlines
from casework.queries.deadlines import WORKING_DAYS_AHEAD, in_state
from casework.queries.handoff_rows import UNANSWERED, HandoffRow, handoff_row, select_handoffs
from casework.queries.names import EmployeeName, UnitName
from casework.queries.overdue_rules import RuleRow, rule_rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from casework.model import Actor

#: A coordinator is a must from this age (domain reference, A13).
_COORDINATOR_AGE = 16
#: Rows of a list on the board, and of the one that can be asked for more.
LONGEST, MOST_ROWS = 20, 200


@dataclass(frozen=True)
class BoardFigures:
    """Numbers of running and of paused deadlines, unanswered hand-offs, and cases of 16 and over without a coordinator."""

    overdue: int
    overdue_law: int
    due_soon: int
    paused: int
    handoffs_late: int
    without_coordinator: int


@dataclass(frozen=True)
class DayCount:
    """How many deadlines fall due on a day; weekends count with the working day after them."""

    day: date
    count: int


@dataclass(frozen=True)
class WorkloadRow:
    """Open tasks of one employee; `employee` is None for what nobody has taken."""

    employee: EmployeeName | None
    open: int
    overdue: int


@dataclass(frozen=True)
class OverdueBoard:
    """The board of `unit` and all beneath it. `units` are the columns of `by_rule`."""

    now: datetime
    unit: UnitName
    units: tuple[UnitName, ...]
    figures: BoardFigures
    by_rule: tuple[RuleRow, ...]
    unit_totals: tuple[int, ...]
    next_days: tuple[DayCount, ...]
    unclaimed_soon: int
    longest: tuple[DeadlineRow, ...]
    workload: tuple[WorkloadRow, ...]
    handoffs: tuple[HandoffRow, ...]


def overdue_board(actor: Actor, *, unit: str | None = None, rows: int = LONGEST) -> OverdueBoard:
    """Give the board of a unit that the actor leads (by default the topmost); NotFoundError for who leads none of it.

    `rows`: how many of what is longest past its date, at most 200.
    """
    now = clock.now()
    with read() as session:
        top, units = board_units(session, actor, unit)
        ids = [one.id for one in units]
        rules = rule_rows(session, ids, now)
        totals = tuple(sum(row.counts[column] for row in rules) for column in range(len(ids)))
        days, counts = _next_days(session, ids, now), _counts(session, ids, now)
        return OverdueBoard(
            now=now,
            unit=top,
            units=units,
            figures=_figures(rules, days, counts),
            by_rule=rules,
            unit_totals=totals,
            next_days=days,
            unclaimed_soon=counts.unclaimed_soon,
            longest=_longest(session, actor, ids, now, min(rows, MOST_ROWS)),
            workload=_workload(session, ids, now),
            handoffs=_handoffs(session, actor, ids, now),
        )


def _figures(rules: tuple[RuleRow, ...], days: tuple[DayCount, ...], counts: Any) -> BoardFigures:
    return BoardFigures(
        overdue=sum(row.total for row in rules),
        overdue_law=sum(row.total for row in rules if row.due_class == DeadlineClass.LOV),
        due_soon=sum(day.count for day in days),
        paused=counts.paused,
        handoffs_late=counts.handoffs_late,
        without_coordinator=counts.without_coordinator,
    )


def _counts(session: Session, ids: list[str], now: datetime) -> Any:
    """Single figures, in one statement."""
    last = end_of_day(add_working_days(day_of(now), WORKING_DAYS_AHEAD, settings().closed_days))
    unclaimed = UserTask.unit_id.in_(ids), IS_ACTIVE, UserTask.assignee_id.is_(None), UserTask.inbox_at <= last
    figures = {
        "paused": _count(Deadline).where(Deadline.unit_id.in_(ids), *in_state("paused", now)),
        "handoffs_late": _count(Handoff).where(_of_units(ids), Handoff.due_at < now),
        "without_coordinator": _without_coordinator(ids, now),
        "unclaimed_soon": _count(UserTask).where(*unclaimed),
    }
    return session.execute(select(*(one.scalar_subquery().label(name) for name, one in figures.items()))).one()


def _count(what: Any) -> Any:
    return select(func.count()).select_from(what)


def _without_coordinator(ids: list[str], now: datetime) -> Any:
    today = day_of(now)
    born = today.replace(year=today.year - _COORDINATOR_AGE)
    has_one = exists().where(
        TeamMember.case_id == Case.id, TeamMember.role == "coordinator", TeamMember.until.is_(None)
    )
    return (
        _count(Case)
        .join(Person, Person.id == Case.child_id)
        .where(Case.responsible_unit_id.in_(ids), Case.state == CaseState.OPEN, Person.birth_date <= born, ~has_one)
    )


def _next_days(session: Session, ids: list[str], now: datetime) -> tuple[DayCount, ...]:
    closed, today = settings().closed_days, day_of(now)
    days = [today, *(add_working_days(today, count, closed) for count in range(1, WORKING_DAYS_AHEAD + 1))]
    ends = [end_of_day(day) for day in days]
    starts = [now - timedelta(microseconds=1), *ends]
    counts = [
        func.count(case((Deadline.due_at.between(start + timedelta(microseconds=1), end), 1)))
        for start, end in zip(starts, ends, strict=False)
    ]
    row = session.execute(select(*counts).where(Deadline.unit_id.in_(ids), *in_state("soon", now))).one()
    return tuple(DayCount(day, count) for day, count in zip(days, row, strict=True))


def _longest(session: Session, actor: Actor, ids: list[str], now: datetime, limit: int) -> tuple[DeadlineRow, ...]:
    is_law = case((Deadline.due_class == DeadlineClass.LOV, 0), else_=1)
    rows = session.execute(
        select_deadlines(actor)
        .where(Deadline.unit_id.in_(ids), *in_state("overdue", now))
        .order_by(is_law, Deadline.due_at, Deadline.id)
        .limit(limit)
    )
    return tuple(deadline_row(row, now) for row in rows)


def _workload(session: Session, ids: list[str], now: datetime) -> tuple[WorkloadRow, ...]:
    """Who has most first; last who has nothing to do: to them work can be given."""
    counted = func.count().label("open")
    rows = session.execute(
        select(UserTask.assignee_id, Employee.name, counted, func.count(case((UserTask.inbox_at < now, 1))))
        .outerjoin(Employee, Employee.id == UserTask.assignee_id)
        .where(UserTask.unit_id.in_(ids), IS_ACTIVE)
        .group_by(UserTask.assignee_id, Employee.name)
        .order_by(counted.desc(), Employee.name)
    )
    busy = [WorkloadRow(EmployeeName(row[0], row[1]) if row[0] else None, row[2], row[3]) for row in rows]
    names = {row.employee for row in busy}
    everybody = session.execute(
        select(Employee.id, Employee.name)
        .join(Membership, Membership.employee_id == Employee.id)
        .where(Membership.unit_id.in_(ids), Employee.is_active)
        .distinct()
        .order_by(Employee.name)
    )
    free = [WorkloadRow(name, 0, 0) for row in everybody if (name := EmployeeName(row.id, row.name)) not in names]
    return (*busy, *free)


def _handoffs(session: Session, actor: Actor, ids: list[str], now: datetime) -> tuple[HandoffRow, ...]:
    tomorrow = end_of_day(day_of(now) + timedelta(days=1))
    chosen = select_handoffs(actor).where(_of_units(ids), Handoff.due_at <= tomorrow)
    rows = session.execute(chosen.order_by(Handoff.due_at, Handoff.id).limit(LONGEST))
    return tuple(handoff_row(row, now) for row in rows)


def _of_units(ids: list[str]) -> ColumnElement[bool]:
    return Handoff.state.in_(UNANSWERED) & or_(Handoff.from_unit_id.in_(ids), Handoff.to_unit_id.in_(ids))
