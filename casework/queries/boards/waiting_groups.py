"""The tables of the waiting board: what a line counts as, and by what lines are grouped."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

from casework.calendar import add_working_days, day_of, end_of_day
from casework.config import settings
from casework.i18n import message
from casework.queries.boards.counting import Grouping
from casework.queries.boards.waiting_lines import Party
from casework.queries.reports.report import Figure
from casework.tables import Column, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from casework.i18n import Message
    from casework.queries.boards.waiting_lines import WaitingLine
    from casework.tables import Cell

_WEEK, _MONTH = timedelta(days=7), timedelta(days=28)
_SOON = 5
PARTIES = {
    Party.OWN: message("Our own staff"),
    Party.UNITS: message("Other departments"),
    Party.US: message("Us, who have not answered a hand-off"),
    Party.FAMILY: message("Families: hearings and consents"),
    Party.OUTSIDE: message("Providers and others outside"),
}
MORE = (Column("median", message("Median, days"), Kind.DAYS), Column("longest", message("Longest, days"), Kind.DAYS))


def belongs(line: WaitingLine, table: str) -> bool:
    """Whether the table counts it."""
    match table:
        case "workload":
            return is_workload(line)
        case "handoffs":
            return line.handoff_id is not None
    return True


def is_workload(line: WaitingLine) -> bool:
    """A task that somebody of our own does, for whom else it may wait."""
    return line.task_id is not None and line.party in (Party.OWN, Party.FAMILY)


def groupings(now: datetime) -> tuple[Grouping, ...]:
    """By party, by person or unit, hand-offs by pair of units, and the workload of persons."""

    def days(lines: Sequence[WaitingLine]) -> Sequence[Cell]:
        found = [Decimal(round((now - line.since).total_seconds() / 8_640)) / 10 for line in lines]
        return (median(found).quantize(Decimal("0.1")), max(found)) if found else (None, None)

    figures = (
        Figure("all", message("Waits"), lambda _: True),
        Figure("week", message("More than a week"), lambda one: now - one.since > _WEEK),
        Figure("month", message("More than four weeks"), lambda one: now - one.since > _MONTH),
        Figure("late", message("Past its date"), lambda one: _is_late(one, now)),
    )
    pair = message("From and to")
    return (
        Grouping("by_party", message("Waiting on whom"), message("Party"), figures, _party, _party_name, MORE, days),
        Grouping("by_who", message("By person and unit"), message("Who"), figures, _who, _who_name, MORE, days),
        Grouping("handoffs", message("Hand-offs without an answer"), pair, figures, _pair, _holder, MORE, days),
        Grouping("workload", message("Workload and balance"), message("Employee"), _load(now), _employee, _holder),
    )


def _load(now: datetime) -> tuple[Figure, ...]:
    soon = end_of_day(add_working_days(day_of(now), _SOON, settings().closed_days))

    def is_soon(line: WaitingLine) -> bool:
        return line.due_at is not None and now <= line.due_at <= soon

    return (
        Figure("open", message("Open"), lambda _: True),
        Figure("late", message("Past its date"), lambda one: _is_late(one, now)),
        Figure("soon", message("Due within 5 working days"), is_soon),
        Figure("later", message("Later, or without a date"), lambda one: not _is_late(one, now) and not is_soon(one)),
        Figure("planned", message("Put aside until later"), lambda one: one.is_planned),
    )


def _party(line: WaitingLine) -> str:
    return line.party.value


def _party_name(line: WaitingLine) -> Message | str:
    return PARTIES[line.party]


def _who(line: WaitingLine) -> str:
    return f"{line.party.value}:{line.who_key}"


def _who_name(line: WaitingLine) -> Message | str:
    return line.who


def _pair(line: WaitingLine) -> str:
    return line.pair


def _holder(line: WaitingLine) -> Message | str:
    return line.holder


def _employee(line: WaitingLine) -> str:
    return str(line.employee_id or "")


def _is_late(line: WaitingLine, now: datetime) -> bool:
    return line.due_at is not None and line.due_at < now
