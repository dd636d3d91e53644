"""The due instant of a duration in one of four calendars, with its explanation."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from casework.calendar import explanation
from casework.calendar.durations import Duration, parse_duration, too_far
from casework.calendar.local_time import day_of, end_of_day, instant_of
from casework.calendar.working_days import add_working_days, is_working_day
from casework.errors import InvalidError
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Collection

    from casework.i18n import Message

_MONTHS = 12


class CalendarKind(StrEnum):
    """How a duration is counted."""

    ELAPSED = "elapsed"  #: Exact hours and days of 24 hours, across weekends, holidays and summer time.
    CALENDAR = (
        "calendar"  #: Local days, weeks, months and years; the start day is not counted, the last day counts whole.
    )
    CALENDAR_WITH_START = "calendar-with-start"  #: As CALENDAR, but the start day is the first of the days counted.
    WORKING_DAYS = "working-days"  #: Monday to Friday without holidays; otherwise as CALENDAR.


#: Calendars without hours.
_WHOLE_DAYS = frozenset({CalendarKind.CALENDAR, CalendarKind.CALENDAR_WITH_START})


@dataclass(frozen=True)
class Due:
    """A due instant (UTC) and why: one sentence each for the start, the rule, the sum, and what happened on the way."""

    instant: datetime
    explanation: tuple[Message, ...]

    def text(self, language: str) -> str:
        """Say the whole explanation."""
        return " ".join(sentence.text(language) for sentence in self.explanation)


def due(
    duration: str,
    calendar: CalendarKind,
    start: datetime | date,
    *,
    closed_days: Collection[str] = (),
    roll_forward: bool = False,
) -> Due:
    """Count `duration` (ISO 8601, may be negative) from `start`; an instant without offset is local time.

    A count of days ends at 23:59:59 local of its last day, and `P0D` ends the start day itself. `P7D` with the start day is
    the committee's seven days "including the day of execution" (Barnets lov § 143). A missing day of a month is its last day.
    `roll_forward` is for citizens' deadlines only: a last day that is not a working day moves to the next one.
    Refuses what the calendar cannot count (hours in calendar days, months in working days, no day or an earlier one where the
    start day counts), and what no date can hold.
    """
    kind, span = CalendarKind(calendar), parse_duration(duration)
    _refuse_misfit(span, kind)
    if roll_forward and (kind is CalendarKind.ELAPSED or span.is_negative):
        raise InvalidError(message("Only a deadline that ends with a later day can move to the next working day."))
    try:
        if kind is CalendarKind.ELAPSED:
            return _elapsed(span, instant_of(start))
        if kind is CalendarKind.WORKING_DAYS:
            return _working_days(span, day_of(start), closed_days, roll_forward=roll_forward)
        if kind is CalendarKind.CALENDAR_WITH_START:
            return _with_start_day(span, day_of(start), closed_days, roll_forward=roll_forward)
        return _calendar_days(span, day_of(start), closed_days, roll_forward=roll_forward)
    except OverflowError:
        raise too_far(duration) from None


def usual_calendar(duration: str) -> CalendarKind:
    """Give the calendar of a timer that names none: elapsed where the duration has a time part, else calendar days."""
    return CalendarKind.CALENDAR if parse_duration(duration).time is None else CalendarKind.ELAPSED


def _refuse_misfit(span: Duration, kind: CalendarKind) -> None:
    if kind is CalendarKind.ELAPSED and span.has_months:
        raise InvalidError(
            message('Months and years have no fixed length in hours: count "{text}" in calendar days.', text=span.text)
        )
    if kind in _WHOLE_DAYS and span.time is not None:
        raise InvalidError(
            message(
                'Calendar days are counted whole: count "{text}" as elapsed time, or leave out the hours.',
                text=span.text,
            )
        )
    if kind is CalendarKind.CALENDAR_WITH_START and (
        span.has_months or span.is_negative or not (span.weeks or span.days)
    ):
        raise InvalidError(
            message(
                'With the start day one counts days or weeks from it, for example P7D, not "{text}".', text=span.text
            )
        )
    if kind is CalendarKind.WORKING_DAYS and (span.time is not None or span.has_months or span.weeks):
        raise InvalidError(message('Working days are written as days, for example P6D, not "{text}".', text=span.text))


def _elapsed(span: Duration, start: datetime) -> Due:
    length = timedelta(weeks=span.weeks, days=span.days) + (span.time or timedelta())
    end = start + span.sign * length
    return Due(end, explanation.of_elapsed(span, start, end))


def _working_days(span: Duration, start: date, closed_days: Collection[str], *, roll_forward: bool) -> Due:
    counted = add_working_days(start, span.sign * span.days, closed_days)
    last = _rolled(counted, closed_days) if roll_forward else counted
    return Due(end_of_day(last), explanation.of_working_days(span, start, counted, last, closed_days))


def _calendar_days(span: Duration, start: date, closed_days: Collection[str], *, roll_forward: bool) -> Due:
    month_end = _add_months(start, span.sign * (span.years * _MONTHS + span.months))
    counted = month_end + span.sign * timedelta(weeks=span.weeks, days=span.days)
    last = _rolled(counted, closed_days) if roll_forward else counted
    is_clamped = span.has_months and month_end.day != start.day
    return Due(
        end_of_day(last), explanation.of_calendar_days(span, start, counted, last, closed_days, is_clamped=is_clamped)
    )


def _with_start_day(span: Duration, start: date, closed_days: Collection[str], *, roll_forward: bool) -> Due:
    counted = start + timedelta(weeks=span.weeks, days=span.days) - timedelta(days=1)
    last = _rolled(counted, closed_days) if roll_forward else counted
    return Due(
        end_of_day(last),
        explanation.of_calendar_days(span, start, counted, last, closed_days, is_clamped=False, counts_start=True),
    )


def _rolled(day: date, closed_days: Collection[str]) -> date:
    return day if is_working_day(day, closed_days) else add_working_days(day, 1, closed_days)


def _add_months(day: date, months: int) -> date:
    """Keep the day of the month, or take the month's last (Forældelsesloven § 27 by analogy)."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError(year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
