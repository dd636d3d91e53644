"""Days and moments that people write on the pages of the workshop: `31.12.2026 kl. 9.00` as in forms, or as in scenarios."""

from __future__ import annotations

from datetime import date, datetime

from flask import request

from casework.config import TIME_ZONE
from casework.errors import InvalidError
from casework.forms.written import date_read, instant_read
from casework.i18n import message
from casework.scenarios.words import moment_of


def day_written(text: str) -> date | None:
    """A day; None when it is none."""
    found = date_read(text)
    return date.fromisoformat(found) if found else None


def moment_written(text: str) -> datetime | None:
    """A moment; of a day alone its morning at nine. None when it is neither."""
    day = day_written(text)
    if day is not None:
        return moment_of(day.isoformat())
    found = instant_read(text)
    return datetime.fromisoformat(found).astimezone(TIME_ZONE) if found else moment_of(text.strip())


def day_asked(name: str) -> date | None:
    """The day in a field of the form; None of an empty one. Refuses (InvalidError, at the field) what is none."""
    text = request.form.get(name, "").strip()
    day = day_written(text)
    if text and day is None:
        wrong = message("Write a day, as 26.11.2026.")
        raise InvalidError(wrong, {name: [wrong]})
    return day
