"""Deadlines as marks on one time scale: numbers for the SVG of the case page, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  a dataclass field

from casework import clock
from casework.config import TIME_ZONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casework.queries.deadline_rows import DeadlineRow

#: Width of the drawing, and the margin in which a mark may reach over its date.
WIDTH = 400
MARGIN = 14
#: Half of the word "today".
WORD = 20
#: At most this many month names stand side by side.
MOST_MONTHS = 8


@dataclass(frozen=True)
class Tick:
    """The first of a month."""

    x: float
    month: datetime


@dataclass(frozen=True)
class Bar:
    """From `start` to `due`, `length` long; `late` is how much longer it has run since."""

    start: float
    length: float
    due: float
    late: float


@dataclass(frozen=True)
class Timeline:
    """One scale for all running deadlines of a case; `bars` by deadline id. `anchor` keeps the word "today" inside."""

    width: int
    today: float
    anchor: str
    ticks: tuple[Tick, ...]
    bars: dict[UUID, Bar]


def timeline(deadlines: Sequence[DeadlineRow]) -> Timeline | None:
    """The drawing's numbers; None when nothing has a date."""
    dated = [(row, row.due.at) for row in deadlines if row.due.at is not None]
    if not dated:
        return None
    now = clock.now()
    first = min([row.starts_at for row, _ in dated] + [now]) - timedelta(days=1)
    last = max([at for _, at in dated] + [now]) + timedelta(days=1)
    scale = (WIDTH - 2 * MARGIN) / max((last - first).total_seconds(), 1)

    def x(moment: datetime) -> float:
        return round(MARGIN + (moment - first).total_seconds() * scale, 1)

    bars = {row.id: _bar(x(row.starts_at), x(at), x(now)) for row, at in dated}
    ticks = tuple(Tick(x(month), month) for month in _months(first, last))
    return Timeline(WIDTH, x(now), _anchor(x(now)), ticks, bars)


def _bar(start: float, due: float, now: float) -> Bar:
    begin = min(start, due)
    return Bar(begin, round(due - begin, 1), due, round(max(now - due, 0), 1))


def _anchor(x: float) -> str:
    return "start" if x < WORD else "end" if x > WIDTH - WORD else "middle"


def _months(first: datetime, last: datetime) -> list[datetime]:
    month = first.astimezone(TIME_ZONE).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    months: list[datetime] = []
    while (month := (month + timedelta(days=32)).replace(day=1)) <= last:
        months.append(month)
    step = -(-len(months) // MOST_MONTHS) or 1
    return months[::step]
