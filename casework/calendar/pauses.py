"""A clock that has stood still: by how much a moment moves, counted as the clock itself counts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from casework.calendar.due_dates import CalendarKind
from casework.calendar.local_time import day_of, instant_of
from casework.calendar.working_days import add_working_days, working_days_between
from casework.config import TIME_ZONE

if TYPE_CHECKING:
    from collections.abc import Collection


def days_paused(kind: CalendarKind, begun: datetime, ended: datetime, closed_days: Collection[str] = ()) -> int:
    """How many days of its own the clock has stood still; a clock of exact hours counts none.

    They are those after the day on which it stopped, up to and with the one on which it goes on.
    """
    first, last = day_of(begun), day_of(ended)
    match kind:
        case CalendarKind.WORKING_DAYS:
            return working_days_between(first, last, closed_days)
        case CalendarKind.CALENDAR:
            return (last - first).days
    return 0


def postponed(
    at: datetime, kind: CalendarKind, begun: datetime, ended: datetime, closed_days: Collection[str] = ()
) -> datetime:
    """The moment `at` after a pause from `begun` to `ended`; one that had come before the pause stays.

    Days keep the time of day: what was due at the end of a day is due at the end of another one.
    """
    if at <= begun:
        return at
    if kind is CalendarKind.ELAPSED:
        return at + (ended - begun)
    days = days_paused(kind, begun, ended, closed_days)
    day = day_of(at)
    moved = add_working_days(day, days, closed_days) if kind is CalendarKind.WORKING_DAYS else day + timedelta(days)
    return instant_of(datetime.combine(moved, at.astimezone(TIME_ZONE).time()))
