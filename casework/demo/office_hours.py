"""When people of the demonstration are at work: on working days from 8.00 to 15.30. The duty works at all other times, too."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from casework.calendar import is_working_day
from casework.config import TIME_ZONE

if TYPE_CHECKING:
    from datetime import date

OPENS, CLOSES = time(8), time(15, 30)
_ONE_DAY = timedelta(days=1)


def is_open(instant: datetime) -> bool:
    """Whether somebody is at work then."""
    local = instant.astimezone(TIME_ZONE)
    return is_working_day(local.date()) and OPENS <= local.time() < CLOSES


def when_open(instant: datetime) -> datetime:
    """The instant itself, or the next opening."""
    return instant if is_open(instant) else opening_after(instant)


def opening_after(instant: datetime) -> datetime:
    """The first opening after `instant`."""
    local = instant.astimezone(TIME_ZONE)
    day = local.date() if local.time() < OPENS else local.date() + _ONE_DAY
    while not is_working_day(day):
        day += _ONE_DAY
    return _at(day, OPENS)


def last_closing(instant: datetime) -> datetime:
    """The last moment at which people went home before `instant`."""
    local = instant.astimezone(TIME_ZONE)
    day = local.date() if local.time() >= CLOSES else local.date() - _ONE_DAY
    while not is_working_day(day):
        day -= _ONE_DAY
    return _at(day, CLOSES)


def after_hours(start: datetime, hours: float) -> datetime:
    """When somebody who begins at `start` has worked for `hours`."""
    begin = when_open(start)
    left = timedelta(hours=hours)
    while (today := _at(begin.astimezone(TIME_ZONE).date(), CLOSES) - begin) <= left:
        left -= today
        begin = opening_after(begin + today)
    return begin + left


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, TIME_ZONE).astimezone(UTC)
