"""Durations in words: "6 hverdage", "4 måneder", "6 måneder før"."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casework.calendar.durations import parse_duration
from casework.errors import InvalidError, LimitError
from casework.i18n import Message, message

if TYPE_CHECKING:
    from casework.calendar.durations import Duration

_AMOUNTS = {
    "years": (message("1 year"), "{count} years"),
    "months": (message("1 month"), "{count} months"),
    "weeks": (message("1 week"), "{count} weeks"),
    "days": (message("1 day"), "{count} days"),
    "working days": (message("1 working day"), "{count} working days"),
    "hours": (message("1 hour"), "{count} hours"),
    "minutes": (message("1 minute"), "{count} minutes"),
}


def duration_words(duration: str | None, calendar: str | None) -> Message | None:
    """Say a duration: "6 hverdage", "4 måneder", "6 måneder før"; None for an expression."""
    span = _read(duration)
    if span is None:
        return None
    amount = _amount(span, "working days" if calendar == "working-days" else "days")
    if calendar == "calendar-with-start":
        return message("{amount} with the first day", amount=amount)
    return message("{amount} before", amount=amount) if span.is_negative else amount


def _read(duration: str | None) -> Duration | None:
    try:
        return parse_duration(duration) if duration else None
    except (InvalidError, LimitError):
        return None


def _amount(span: Duration, days: str) -> Message:
    hours, minutes = divmod((span.time or timedelta()) // timedelta(minutes=1), 60)
    counts = {
        "years": span.years,
        "months": span.months,
        "weeks": span.weeks,
        days: span.days,
        "hours": hours,
        "minutes": minutes,
    }
    said = [_counted(unit, count) for unit, count in counts.items() if count]
    if not said:
        return message("the same day")
    return said[0] if len(said) == 1 else message("{parts}", parts=said)


def _counted(unit: str, count: int) -> Message:
    one, many = _AMOUNTS[unit]
    return one if count == 1 else Message(many, {"count": count})
