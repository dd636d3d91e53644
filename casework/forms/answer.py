"""Answers as they are kept: JSON-safe, one way of writing for each kind. Typed answers come from `clean`, values go back here."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import isodate

from casework.config import TIME_ZONE
from casework.forms.written import plain_number

#: Beyond this a text is refused anyhow, so no time is spent on it.
MAX_TIDIED = 200_000

#: Control characters (databases refuse NUL), halves of surrogate pairs, and marks that turn text around.
_NEVER = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def as_answer(value: Any) -> Any:
    """Give a Python value as an answer: ISO text for dates and times, local offset for instants, plain numbers."""
    match value:
        case datetime():
            return value.astimezone(TIME_ZONE).isoformat() if value.tzinfo else None
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("auto" if value.second else "minutes")
        case Decimal():
            return plain_number(value) if value.is_finite() else None
        case timedelta() | isodate.Duration():
            return isodate.duration_isoformat(value)
        case dict():
            return {str(name): as_answer(inner) for name, inner in value.items()}
        case list() | tuple():
            return [as_answer(inner) for inner in value]
        case None | bool() | int() | float() | str():
            return value
    return None


def tidy(text: str) -> str:
    """The text in composed letters with plain line breaks, without blanks around it or characters nobody can see."""
    if len(text) > MAX_TIDIED:
        return _NEVER.sub("", text)
    with_breaks = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _NEVER.sub("", with_breaks)).strip()
