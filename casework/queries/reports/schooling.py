"""R7: school. Absence in notifications, days of emergency schooling, and whether school was settled when a child moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from casework.calendar import age_on, day_of
from casework.database import read
from casework.i18n import message
from casework.model import (
    Case,
    InstanceState,
    Passage,
    Person,
    PlaceStay,
    ProcessInstance,
    StayState,
    Submission,
)
from casework.queries.reports.report import (
    Figure,
    Report,
    counting_row,
    figure_columns,
    in_form,
    median_days,
    name_column,
    share,
)
from casework.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.queries.reports.report import Asked

#: The registration, and its fields for absence in per cent: all of it, and what is unlawful.
FORM, ABSENCE, UNLAWFUL = "F01", "fravaerSamlet", "fravaerUlovligt"
#: From 10 % the parents are warned, from 15 % in a quarter the head must notify (domain reference B.1).
LIMITS = (10, 15)
EMERGENCY, STARTED = "noedundervisning", "noedStart"
#: The process and its end event by which schooling is settled.
SETTLING, SETTLED = "sub_kabu", "SkoletilbudKlar"
#: Ages at which a child is of compulsory school age, in whole years.
SCHOOL_AGES = range(6, 17)


@dataclass(frozen=True)
class Absent:
    """A notification that told of absence, in per cent."""

    case_id: UUID
    all: float | None
    unlawful: float | None


@dataclass(frozen=True)
class Emergency:
    """One course of emergency schooling that touches the period; `days` of it lie in the period."""

    case_id: UUID
    is_running: bool
    length: timedelta
    days: int


@dataclass(frozen=True)
class Moved:
    """A child of school age that moved to a place in the period."""

    case_id: UUID
    is_settled: bool


ABSENT = (
    Figure("told", message("Notifications that tell of absence"), lambda _: True),
    Figure("below", message("Unlawful absence below 10 %"), lambda one: (one.unlawful or 0) < LIMITS[0]),
    Figure("warned", message("10 % or more"), lambda one: LIMITS[0] <= (one.unlawful or 0) < LIMITS[1]),
    Figure("must_notify", message("15 % or more"), lambda one: (one.unlawful or 0) >= LIMITS[1]),
)
EMERGENCIES = (
    Figure("courses", message("Courses"), lambda _: True),
    Figure("running", message("Running now"), lambda one: one.is_running),
)
MOVES = (
    Figure("moved", message("Moved to a place"), lambda _: True),
    Figure("settled", message("School settled before"), lambda one: one.is_settled),
    Figure("unsettled", message("School not settled"), lambda one: not one.is_settled),
)


def schooling(ask: Asked) -> Report:
    """Three tables of one row each: absence, emergency schooling, school at the start of a placement."""
    with read() as session:
        absent, emergencies, moves = _absent(session, ask), _emergencies(session, ask), _moves(session, ask)
    tables = (_absence(ask, absent), _emergency(ask, emergencies), _settled(ask, moves))
    return Report("R7", message("School"), ask.period, ask.now, tables)


def _absent(session: Session, ask: Asked) -> list[Absent]:
    rows = session.execute(
        select(
            Submission.case_id,
            Submission.answers[ABSENCE].as_float().label("all"),
            Submission.answers[UNLAWFUL].as_float().label("unlawful"),
        )
        .join(Case, Case.id == Submission.case_id)
        .where(in_form(FORM), ask.counts())
        .where(Submission.submitted_at >= ask.period.start, Submission.submitted_at < ask.period.end)
        .order_by(Submission.submitted_at)
    )
    told = [Absent(row.case_id, row.all, row.unlawful) for row in rows]
    return [one for one in told if one.all is not None or one.unlawful is not None]


def _emergencies(session: Session, ask: Asked) -> list[Emergency]:
    rows = session.execute(
        select(ProcessInstance.case_id, ProcessInstance.variables, ProcessInstance.started_at, ProcessInstance.ended_at)
        .join(Case, Case.id == ProcessInstance.case_id)
        .where(ProcessInstance.process_id == EMERGENCY, ProcessInstance.state != InstanceState.CANCELLED, ask.counts())
        .where(ProcessInstance.started_at < ask.period.end)
        .where(ProcessInstance.ended_at.is_(None) | (ProcessInstance.ended_at >= ask.period.start))
        .order_by(ProcessInstance.started_at)
    )
    return [_emergency_line(row, ask) for row in rows]


def _emergency_line(row: Any, ask: Asked) -> Emergency:
    first: date = row.variables.get(STARTED) or day_of(row.started_at)
    last = day_of(row.ended_at or ask.now)
    in_period = (min(last, ask.period.last) - max(first, ask.period.first)).days + 1
    return Emergency(row.case_id, row.ended_at is None, timedelta(days=(last - first).days + 1), max(0, in_period))


def _moves(session: Session, ask: Asked) -> list[Moved]:
    settled = (
        select(func.min(Passage.at))
        .join(ProcessInstance, ProcessInstance.id == Passage.instance_id)
        .where(ProcessInstance.case_id == PlaceStay.case_id)
        .where(Passage.process_id == SETTLING, Passage.element_id == SETTLED)
        .scalar_subquery()
    )
    rows = session.execute(
        select(PlaceStay.case_id, PlaceStay.starts_on, Person.birth_date, settled.label("at"))
        .join(Case, Case.id == PlaceStay.case_id)
        .join(Person, Person.id == Case.child_id)
        .where(PlaceStay.starts_on.between(ask.period.first, ask.period.last), ask.counts())
        .where(PlaceStay.state.in_((StayState.STAYING, StayState.LEFT)), Person.birth_date.is_not(None))
        .order_by(PlaceStay.starts_on)
    )
    return [
        Moved(row.case_id, row.at is not None and day_of(row.at) <= row.starts_on)
        for row in rows
        if age_on(row.birth_date, row.starts_on) in SCHOOL_AGES
    ]


def _absence(ask: Asked, lines: Sequence[Absent]) -> Table:
    title = message("Absence in notifications")
    row = counting_row("all", message("All"), lines, ABSENT, ask)
    note = message("From 10 % unlawful absence the parents are warned, from 15 % the head of the school must notify.")
    return Table("absence", title, (name_column(title), *figure_columns(ABSENT)), (row,), note)


def _emergency(ask: Asked, lines: Sequence[Emergency]) -> Table:
    title = message("Emergency schooling")
    columns = (
        name_column(title),
        *figure_columns(EMERGENCIES),
        Column("days", message("Days in the period")),
        Column("median_days", message("Median length, days"), Kind.DAYS),
    )
    more = (sum(line.days for line in lines), median_days(line.length for line in lines))
    return Table("emergency", title, columns, (counting_row("all", message("All"), lines, EMERGENCIES, ask, *more),))


def _settled(ask: Asked, lines: Sequence[Moved]) -> Table:
    title = message("School at the start of a placement")
    percent = share(sum(line.is_settled for line in lines), len(lines))
    row: Row = counting_row("all", message("All"), lines, MOVES, ask, percent)
    columns = (
        name_column(title),
        *figure_columns(MOVES),
        Column("percent_settled", message("School settled before, %"), Kind.PERCENT),
    )
    return Table("at_start", title, columns, (row,), message("Children of 6 to 16 years."))
