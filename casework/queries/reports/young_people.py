"""R6: young people from 16: who has a coordinator (tovholder), whose plan was on time, whose support was decided in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select

from casework.calendar import age_on, day_of
from casework.database import read
from casework.i18n import Message, message
from casework.model import Case, CaseState, Deadline, DeadlineState, Person, TeamMember
from casework.queries.reports.report import Figure, Report, counting_row, figure_columns, name_column, share
from casework.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from casework.queries.reports.report import Asked

COORDINATOR = "coordinator"
#: Keys of the deadlines that are counted.
PLAN, SUPPORT = "ungeplan", "ungestoette"
#: Ages of a row: first and last in whole years, today.
AGES = ((16, 16), (17, 17), (18, 22))
FROM, UNTIL = 16, 23


@dataclass(frozen=True)
class Young:
    """One open case. `plan` and `support` are None where no such deadline has run out or been met."""

    case_id: UUID
    age: int
    has_coordinator: bool
    plan: bool | None
    support: bool | None


FIGURES = (
    Figure("cases", message("Open cases"), lambda _: True),
    Figure("with_coordinator", message("With a coordinator"), lambda one: one.has_coordinator),
    Figure("without_coordinator", message("Without a coordinator"), lambda one: not one.has_coordinator),
    Figure("plan_on_time", message("Youth plan on time"), lambda one: one.plan is True),
    Figure("plan_late", message("Youth plan late"), lambda one: one.plan is False),
    Figure("support_on_time", message("Support decided six months before 18"), lambda one: one.support is True),
    Figure("support_late", message("Support decided later"), lambda one: one.support is False),
)


def young_people(ask: Asked) -> Report:
    """Count the open cases of today's 16- to 22-year-olds; the period does not matter, a status has none."""
    with read() as session:
        lines = _lines(session, ask)
    columns = (
        name_column(message("Age")),
        *figure_columns(FIGURES),
        Column("percent_coordinator", message("With a coordinator, %"), Kind.PERCENT),
    )
    rows = [_row(ask, f"{first}-{last}", _words(first, last), _aged(lines, first, last)) for first, last in AGES]
    rows.append(_row(ask, "total", message("All"), lines))
    table = Table("by_age", message("Young people from 16"), columns, tuple(rows), message("As it stands today."))
    return Report("R6", message("Young people from 16"), ask.period, ask.now, (table,))


def _lines(session: Session, ask: Asked) -> list[Young]:
    today = day_of(ask.now)
    has_coordinator = exists().where(
        TeamMember.case_id == Case.id, TeamMember.role == COORDINATOR, TeamMember.until.is_(None)
    )
    rows = session.execute(
        select(Case.id, Person.birth_date, has_coordinator.label("has_coordinator"))
        .join(Person, Person.id == Case.child_id)
        .where(*_may_be_young(ask))
        .order_by(Case.id)
    ).all()
    kept = _kept(session, ask)
    found = (
        Young(
            row.id,
            age_on(row.birth_date, today),
            row.has_coordinator,
            kept.get((row.id, PLAN)),
            kept.get((row.id, SUPPORT)),
        )
        for row in rows
    )
    return [one for one in found if FROM <= one.age < UNTIL]


def _may_be_young(ask: Asked) -> tuple[ColumnElement[bool], ...]:
    """Conditions on `Case` and its `Person`: by the year of birth, so a few more than those who are it today."""
    year = day_of(ask.now).year
    born = Person.birth_date.between(date(year - UNTIL, 1, 1), date(year - FROM, 12, 31))
    return (Case.state == CaseState.OPEN, born, ask.counts())


def _kept(session: Session, ask: Asked) -> dict[tuple[UUID, str], bool]:
    """Whether each case kept its newest deadline of each kind; one that still has time is left out."""
    rows = session.execute(
        select(Deadline.case_id, Deadline.key, Deadline.due_at, Deadline.ended_at)
        .join(Case, Case.id == Deadline.case_id)
        .join(Person, Person.id == Case.child_id)
        .where(Deadline.key.in_((PLAN, SUPPORT)), Deadline.state != DeadlineState.WITHDRAWN, *_may_be_young(ask))
        .order_by(Deadline.starts_at)
    )
    return {(row.case_id, row.key): _is_kept(row, ask) for row in rows if row.ended_at or row.due_at < ask.now}


def _is_kept(row: Any, ask: Asked) -> bool:
    return bool((row.ended_at or ask.now) <= row.due_at)


def _aged(lines: Iterable[Young], first: int, last: int) -> list[Young]:
    return [line for line in lines if first <= line.age <= last]


def _words(first: int, last: int) -> Message:
    return (
        message("{age} years", age=first) if first == last else message("{first}-{last} years", first=first, last=last)
    )


def _row(ask: Asked, key: str, name: Message, group: Sequence[Young]) -> Row:
    percent = share(sum(line.has_coordinator for line in group), len(group))
    return counting_row(key, name, group, FIGURES, ask, percent)
