"""Escalations and what came of them: who was told of a deadline that nears or has passed, what was done then, was it in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

from casework import clock
from casework.calendar import day_of
from casework.database import read
from casework.errors import InvalidError
from casework.i18n import message
from casework.queries.boards.counting import Grouping, behind, counted
from casework.queries.boards.escalation_lines import (
    EscalationDetail,
    EscalationLine,
    Outcome,
    escalation_details,
    escalation_lines,
)
from casework.queries.boards.units import board_units
from casework.queries.reports.report import LONGEST_YEARS, Figure, Period
from casework.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.queries.boards.counting import Counted
    from casework.queries.names import UnitName
    from casework.tables import Cell

#: So many lines on a page, and so many days where no period is asked for.
ROWS, USUAL_DAYS = 100, 30
_QUICKLY = timedelta(days=1)
LEVELS = {
    1: message("E1: who has the task"),
    2: message("E2: the team leader too"),
    3: message("E3: the level above too"),
}
OUTCOMES = {
    Outcome.ON_TIME: message("Done in time"),
    Outcome.LATE: message("Done late"),
    Outcome.OVERDUE: message("Still open, past its date"),
    Outcome.RUNNING: message("Still open, in time"),
    Outcome.WITHDRAWN: message("Fell away"),
}


def _of(outcome: Outcome) -> Figure:
    return Figure(outcome.value, OUTCOMES[outcome], lambda one: one.outcome is outcome)


def _is_quick(line: EscalationLine) -> bool:
    return line.acted_at is not None and line.acted_at - line.raised_at <= _QUICKLY


FIGURES = (
    Figure("raised", message("Raised"), lambda _: True),
    Figure("quick", message("Acted on within a day"), _is_quick),
    Figure("untouched", message("Nothing done yet"), lambda one: one.acted_at is None),
    Figure("passed_on", message("Passed on to somebody else"), lambda one: one.is_passed_on),
    *(_of(outcome) for outcome in Outcome),
)
MORE = (Column("median", message("Median until acted on, days"), Kind.DAYS),)


def _median(lines: Sequence[EscalationLine]) -> Sequence[Cell]:
    spans = [(line.acted_at - line.raised_at).total_seconds() for line in lines if line.acted_at]
    return (Decimal(str(median(spans) / 86_400)).quantize(Decimal("0.1")) if spans else None,)


BY_LEVEL = Grouping(
    "by_level",
    message("By level"),
    message("Level"),
    FIGURES,
    lambda one: str(one.level),
    lambda one: LEVELS[one.level],
    MORE,
    _median,
)
BY_RULE = Grouping(
    "by_rule", message("By rule"), message("Rule"), FIGURES, lambda one: one.key, lambda one: one.rule, MORE, _median
)
BY_UNIT = Grouping(
    "by_unit",
    message("By unit"),
    message("Unit"),
    FIGURES,
    lambda one: one.unit.id,
    lambda one: one.unit.name,
    MORE,
    _median,
)
GROUPINGS = (BY_LEVEL, BY_RULE, BY_UNIT)


@dataclass(frozen=True)
class Escalations:
    """The board for a period, both days counted."""

    now: datetime
    unit: UnitName
    period: Period
    by_level: Table
    by_rule: Table
    by_unit: Table

    @property
    def tables(self) -> tuple[Table, ...]:
        """All of it, to take away."""
        return (self.by_level, self.by_rule, self.by_unit)


@dataclass(frozen=True)
class EscalationCases:
    """What a figure counts, the newest first."""

    counted: Counted
    unit: UnitName
    period: Period
    rows: tuple[tuple[EscalationLine, EscalationDetail], ...]
    total: int
    next_page: int | None


def escalations(
    actor: Actor, *, unit: str | None = None, first: date | None = None, last: date | None = None
) -> Escalations:
    """Make it for a unit that the actor leads (by default the topmost) and a period (the last 30 days).

    NotFoundError for who leads none of it; InvalidError for a period that cannot be.
    """
    with read() as session:
        top, period, lines = _read(session, actor, unit, (first, last))
    return Escalations(
        now=clock.now(),
        unit=top,
        period=period,
        by_level=counted(BY_LEVEL, lines, rank=lambda some: some[0].level),
        by_rule=counted(BY_RULE, lines),
        by_unit=counted(BY_UNIT, lines),
    )


def escalation_cases(
    actor: Actor,
    *,
    table: str,
    row: str,
    figure: str,
    unit: str | None = None,
    first: date | None = None,
    last: date | None = None,
    page: int | None = 0,
) -> EscalationCases:
    """Open one figure; `page` None gives all of it. NotFoundError where there is none, and for who leads none of it."""
    with read() as session:
        top, period, lines = _read(session, actor, unit, (first, last))
        opened = behind(GROUPINGS, lines, table, row, figure)
        shown = opened.lines if page is None else opened.lines[page * ROWS : (page + 1) * ROWS]
        details = escalation_details(session, [line.id for line in shown])
    return EscalationCases(
        counted=opened,
        unit=top,
        period=period,
        rows=tuple((line, details[line.id]) for line in shown),
        total=len(opened.lines),
        next_page=page + 1 if page is not None and len(opened.lines) > (page + 1) * ROWS else None,
    )


def escalation_table(opened: EscalationCases) -> Table:
    """All of it, to take away."""
    columns = (
        Column("raised_at", message("Raised"), Kind.INSTANT),
        Column("level", message("Level"), Kind.TEXT),
        Column("what", message("What"), Kind.TEXT),
        Column("due_class", message("Class"), Kind.TEXT),
        Column("due_at", message("Deadline"), Kind.INSTANT),
        Column("case", message("Case"), Kind.TEXT),
        Column("child", message("Child"), Kind.TEXT),
        Column("told", message("Told"), Kind.TEXT),
        Column("acted_at", message("Acted on"), Kind.INSTANT),
        Column("outcome", message("What came of it"), Kind.TEXT),
        Column("ended_at", message("Ended"), Kind.INSTANT),
        Column("unit", message("Unit"), Kind.TEXT),
    )
    rows = tuple(_row(*one) for one in opened.rows)
    return Table("escalations", opened.counted.column, columns, rows)


def _row(one: EscalationLine, detail: EscalationDetail) -> Row:
    cells = (
        one.raised_at,
        f"E{one.level}",
        one.rule,
        one.due_class,
        one.due_at,
        detail.number,
        detail.child,
        ", ".join(detail.told),
        one.acted_at,
        OUTCOMES[one.outcome],
        one.ended_at,
        one.unit.name,
    )
    return Row(str(one.id), cells)


def period_of(first: date | None, last: date | None) -> Period:
    """The period that is meant; InvalidError where it ends before it begins or is too long."""
    last = last or day_of(clock.now())
    first = first or last - timedelta(days=USUAL_DAYS - 1)
    if first > last or last.year - first.year > LONGEST_YEARS:
        wrong = message("The period must not end before it begins, and may last thirty years.")
        raise InvalidError(wrong, {"first": [wrong]})
    return Period(first, last)


def _read(
    session: Session, actor: Actor, unit: str | None, days: tuple[date | None, date | None]
) -> tuple[UnitName, Period, list[EscalationLine]]:
    top, units = board_units(session, actor, unit)
    period = period_of(*days)
    return top, period, escalation_lines(session, units, period, clock.now())
