"""Rules in words: "24 timer, Barnets lov § 136". A law that nobody has read is shown without its number (`casework.law`)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casework.calendar.durations import parse_duration
from casework.errors import InvalidError, LimitError
from casework.forms.words import words
from casework.i18n import Message, message
from casework.law import Confidence, laws

if TYPE_CHECKING:
    from casework.calendar.durations import Duration
    from casework.law import Law

_AMOUNTS = {
    "years": (message("1 year"), "{count} years"),
    "months": (message("1 month"), "{count} months"),
    "weeks": (message("1 week"), "{count} weeks"),
    "days": (message("1 day"), "{count} days"),
    "working days": (message("1 working day"), "{count} working days"),
    "hours": (message("1 hour"), "{count} hours"),
    "minutes": (message("1 minute"), "{count} minutes"),
}


def rule_words(duration: str | None, calendar: str | None, law: str | None) -> Message | None:
    """Say a rule from its ISO duration, its calendar and its law; None when there is nothing to say.

    A duration that is an expression ("=opfoelgningInterval") is different for each case, so it is left out.
    """
    found = known_law(law)
    # The class beside it (LOKAL, INTERN) says already that it is our own goal.
    is_own = found is not None and found.confidence is Confidence.PRACTICE
    parts = [part for part in (duration_words(duration, calendar), None if is_own else citation(law)) if part]
    if len(parts) == 2:  # noqa: PLR2004  both
        return message("{amount}, {law}", amount=parts[0], law=parts[1])
    return parts[0] if parts else None


def duration_words(duration: str | None, calendar: str | None) -> Message | None:
    """Say a duration: "6 hverdage", "4 måneder", "6 måneder før"; None for an expression."""
    span = _read(duration)
    if span is None:
        return None
    amount = _amount(span, "working days" if calendar == "working-days" else "days")
    if calendar == "calendar-with-start":
        return message("{amount} with the first day", amount=amount)
    return message("{amount} before", amount=amount) if span.is_negative else amount


def citation(law: str | None) -> Message | None:
    """Say where a rule stands: "Barnets lov § 136", or the act alone; None when the key is unknown."""
    found = known_law(law)
    return words(found.citation("da"), found.citation("en")) if found else None


def known_law(law: str | None) -> Law | None:
    """Give the law kept under a key, or None: a page is shown also when `law.toml` has lost an entry."""
    if not law:
        return None
    try:
        return laws().get(law)
    except InvalidError:
        return None


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
