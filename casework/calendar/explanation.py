"""Why a date is what it is, one sentence for each step, in the words of a caseworker."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from casework.calendar.working_days import add_working_days, days_off_between, is_known, is_working_day
from casework.config import TIME_ZONE
from casework.i18n import Message, message

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from casework.calendar.durations import Duration

#: More days off than these are counted, not named.
_MOST_NAMED = 6
_ONE_DAY = timedelta(days=1)
_HOUR, _MINUTE, _SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)

_AMOUNTS = {
    "years": (message("1 year"), message("{count} years")),
    "months": (message("1 month"), message("{count} months")),
    "weeks": (message("1 week"), message("{count} weeks")),
    "days": (message("1 day"), message("{count} days")),
    "working days": (message("1 working day"), message("{count} working days")),
    "rounds": (message("1 × 24 hours"), message("{count} × 24 hours")),
    "hours": (message("1 hour"), message("{count} hours")),
    "minutes": (message("1 minute"), message("{count} minutes")),
    "seconds": (message("1 second"), message("{count} seconds")),
}


def of_elapsed(span: Duration, start: datetime, end: datetime) -> tuple[Message, ...]:
    """Explain exact time."""
    amount = _amount({"weeks": span.weeks, "rounds": span.days, **_clock(span.time or timedelta())}, "hours")
    rule = (
        message("{amount} back, weekends and public holidays included.", amount=amount)
        if span.is_negative
        else message("{amount} as the clock runs, weekends and public holidays included.", amount=amount)
    )
    return (
        message("Counted from {start}.", start=start),
        rule,
        message("Due {due}.", due=end),
        *_clock_change(start, end),
    )


def of_working_days(
    span: Duration, start: date, counted: date, last: date, closed_days: Collection[str]
) -> tuple[Message, ...]:
    """Explain working days: `counted` is where the count ended, `last` where the deadline moved to."""
    first_counted, last_counted = sorted((start, counted))
    off = days_off_between(first_counted, last_counted, closed_days) if span.days else []
    sentences = [*_day_steps(span, start, counted, "working days"), *_days_off([o for o in off if o[1] != start])]
    return (*sentences, *_moved(counted, last))


def of_calendar_days(
    span: Duration,
    start: date,
    counted: date,
    last: date,
    closed_days: Collection[str],
    *,
    is_clamped: bool,
    counts_start: bool = False,
) -> tuple[Message, ...]:
    """Explain calendar days: `is_clamped` tells that a month was too short for the day of the start.

    `counts_start`: the start day is the first of the days.
    """
    sentences = [*_day_steps(span, start, counted, "days", counts_start=counts_start)]
    if is_clamped:
        sentences.append(message("The month has no day {number}, so its last day is taken.", number=start.day))
    if counted == last and is_known(counted) and not is_working_day(counted, closed_days):
        before = add_working_days(counted, -1, closed_days)
        sentences.append(
            message(
                "The last day is not a working day, and the deadline does not move: the last working day before is {day}.",
                day=before,
            )
        )
    return (*sentences, *_moved(counted, last))


def _day_steps(
    span: Duration, start: date, counted: date, unit: str, *, counts_start: bool = False
) -> tuple[Message, ...]:
    parts = {"years": span.years, "months": span.months, "weeks": span.weeks, unit: span.days}
    amount = _amount(parts, unit)
    return (
        message("Counted from {start}.", start=start),
        message("{amount}; the start day is the first, and weekends and public holidays are counted.", amount=amount)
        if counts_start
        else _day_rule(span, unit, amount, is_same_day=start == counted),
        message("The last day is {day}, until midnight.", day=counted),
    )


def _day_rule(span: Duration, unit: str, amount: Message, *, is_same_day: bool) -> Message:
    if is_same_day:
        return message("It is to be done the same day.")
    if unit == "working days":
        if span.is_negative:
            return message("{amount} before; weekends and public holidays are not counted.", amount=amount)
        return message("{amount}; the start day, weekends and public holidays are not counted.", amount=amount)
    if span.is_negative:
        return message("{amount} before; weekends and public holidays are counted.", amount=amount)
    return message("{amount}; the start day is not counted, weekends and public holidays are.", amount=amount)


def _amount(parts: dict[str, int], smallest: str) -> Message:
    said = [_counted(unit, count) for unit, count in parts.items() if count] or [_counted(smallest, 0)]
    return said[0] if len(said) == 1 else message("{parts}", parts=said)


def _counted(unit: str, count: int) -> Message:
    one, many = _AMOUNTS[unit]
    return one if count == 1 else replace(many, values={"count": count})


def _clock(time: timedelta) -> dict[str, int]:
    return {"hours": time // _HOUR, "minutes": time % _HOUR // _MINUTE, "seconds": time % _MINUTE // _SECOND}


def _clock_change(start: datetime, end: datetime) -> tuple[Message, ...]:
    before, after = (instant.astimezone(TIME_ZONE).utcoffset() for instant in sorted((start, end)))
    if before == after or before is None or after is None:
        return ()
    if after > before:
        return (message("Summer time begins on the way: the clocks are put one hour forward."),)
    return (message("Summer time ends on the way: the clocks are put one hour back."),)


def _days_off(days: list[tuple[Message, date]]) -> tuple[Message, ...]:
    if not days:
        return ()
    if len(days) > _MOST_NAMED:
        return (message("Not counted on the way: {count} public holidays and closed days.", count=len(days)),)
    named = [message("{name} {day:short}", name=name, day=day) for name, day in days]
    return (message("Not counted on the way: {days}.", days=named),)


def _moved(counted: date, last: date) -> tuple[Message, ...]:
    if counted == last:
        return ()
    return (message("The last day is not a working day, so the deadline moves to the next: {day}.", day=last),)
