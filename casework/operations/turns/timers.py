"""When a timer wait of a diagram comes due: a date, a duration in one of the calendars, or a cycle."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from casework import calendar
from casework.calendar.durations import parse_duration
from casework.calendar.local_time import instant_of
from casework.config import settings
from casework.engine import Stuck
from casework.errors import CaseworkError, InvalidError
from casework.i18n import Message, message
from casework.operations.turns.expressions import UnreadableError, as_duration, as_start

if TYPE_CHECKING:
    from casework.engine import Standing

#: R3/PT1H, R/P1M, R2/2026-11-26T08:00:00Z/P1D
_CYCLE = re.compile(r"R(?P<times>[0-9]*)/(?:(?P<start>[^/]+)/)?(?P<every>[^/]+)")
#: A working day may be followed by as many days that are none, around Easter and Christmas.
_LONGEST_DAY = 6


@dataclass(frozen=True)
class Schedule:
    """`repeats_left`: how often it still comes due after `due_at`; None for ever. `interval` is empty for one moment."""

    started_at: datetime
    due_at: datetime
    explanation: tuple[Message, ...] = ()
    interval: str | None = None
    repeats_left: int | None = None

    def columns(self) -> dict[str, Any]:
        """The columns of the timer."""
        return {
            "started_at": self.started_at,
            "due_at": self.due_at,
            "interval": self.interval,
            "repeats_left": self.repeats_left,
            "explanation": [sentence.to_json() for sentence in self.explanation],
        }


def schedule_of(standing: Standing, opened_at: datetime) -> Schedule:
    """The schedule of a wait that has just opened. Raises `Stuck`."""
    wait = standing.wait
    if wait is None:
        raise ValueError(standing.element_id)
    try:
        return schedule(wait.kind, wait.value, wait.start, wait.calendar, opened_at)
    except (CaseworkError, UnreadableError, ValueError) as error:
        reason = error.message if isinstance(error, CaseworkError) else str(error)
        raise Stuck(
            message("The timer has no time: {reason}", reason=reason),
            process_id=standing.process_id,
            element_id=standing.element_id,
            expression=wait.expression,
        ) from error


def schedule(kind: str, value: Any, start: Any, calendar_name: str, opened_at: datetime) -> Schedule:
    """Count `value` of a timeDate, timeDuration or timeCycle from `start` (None: from `opened_at`)."""
    begin = opened_at if start is None else as_start(start)
    match kind:
        case "timeDate":
            moment = instant_of(as_start(value))
            return Schedule(opened_at, moment, (message("On {instant}.", instant=moment),))
        case "timeDuration":
            return _first(as_duration(value), calendar_name, begin)
        case "timeCycle":
            return _cycle(value, calendar_name, begin)
    raise UnreadableError(kind)


def following(schedule: Schedule, calendar_name: str, now: datetime) -> Schedule | None:
    """The next time of a cycle after `now`; what was missed on the way counts, but is not made up for. None: no more.

    Counted from the start each time, so that a monthly cycle from the 31st does not slide to the 28th.
    """
    interval, left = schedule.interval, schedule.repeats_left
    if interval is None:
        return None
    for times in count(_surely_past(schedule, interval)):
        due_at = _counted(_times(interval, times), calendar_name, schedule.started_at).instant
        if due_at <= schedule.due_at:
            continue
        if left == 0:
            return None
        left = None if left is None else left - 1
        if due_at > now:
            again = (message("Again after {duration}.", duration=interval),)
            return Schedule(schedule.started_at, due_at, again, interval, left)
    return None


def _surely_past(schedule: Schedule, interval: str) -> int:
    """How many intervals at least lie between start and the time that has come, so that old cycles need not count from one."""
    span = parse_duration(interval)
    longest = timedelta(days=366 * span.years + 31 * span.months + 7 * span.weeks + _LONGEST_DAY * span.days)
    longest += span.time or timedelta()
    return max(1, int((schedule.due_at - schedule.started_at) / longest) - 1)


def _cycle(value: Any, calendar_name: str, begin: datetime | date) -> Schedule:
    found = _CYCLE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise UnreadableError(repr(value))
    if found["times"] == "0":
        raise InvalidError(message("A cycle must come at least once."))
    if found["start"]:
        begin = as_start(found["start"].replace("Z", "+00:00"))
    first = _first(found["every"], calendar_name, begin)
    if _counted(_times(found["every"], 2), calendar_name, begin).instant <= first.due_at:
        raise InvalidError(message("A cycle must lead forward in time."))
    left = int(found["times"]) - 1 if found["times"] else None
    return Schedule(first.started_at, first.due_at, first.explanation, found["every"], left)


def _first(duration: str, calendar_name: str, begin: datetime | date) -> Schedule:
    due = _counted(duration, calendar_name, begin)
    return Schedule(instant_of(begin), due.instant, due.explanation)


def _counted(duration: str, calendar_name: str, begin: datetime | date) -> calendar.Due:
    kind = calendar.CalendarKind(calendar_name) if calendar_name else calendar.usual_calendar(duration)
    return calendar.due(duration, kind, begin, closed_days=settings().closed_days)


def _times(duration: str, times: int) -> str:
    """`P1M` three times is `P3M`, which is not the same as a month after a month after a month."""
    span = parse_duration(duration)
    days = "".join(f"{n * times}{letter}" for n, letter in zip(_days(span), "YMWD", strict=True) if n)
    seconds = f"T{span.time.total_seconds() * times:f}S" if span.time is not None else ""
    return f"P{days}{seconds}"


def _days(span: Any) -> tuple[int, int, int, int]:
    return span.years, span.months, span.weeks, span.days
