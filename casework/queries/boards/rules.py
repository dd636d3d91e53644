"""What a row is called that counts a deadline: its name with its duration."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from casework.calendar.duration_words import duration_words
from casework.forms.words import words
from casework.i18n import message

if TYPE_CHECKING:
    from casework.i18n import Message


@lru_cache(maxsize=1_024)
def rule_name(name: str, name_en: str, duration: str, calendar: str) -> Message:
    """Reading a duration takes longer than all the rest of a line, and there are only so many rules."""
    said, amount = words(name, name_en), duration_words(duration, calendar)
    return message("{name}, {amount}", name=said, amount=amount) if amount else said
