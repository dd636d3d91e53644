"""Words that a process owner wrote in the form itself, in both languages; sentences of the program are in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from casework.forms.written import date_said, instant_said, number_said
from casework.i18n import DEFAULT_LANGUAGE, Message

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True)
class Words(Message):
    """A message whose Danish stands beside its English (`id`); where the English is missing the Danish is said."""

    danish: str = ""

    def text(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Say it as it was written: braces are no holes here."""
        return self.id if language == "en" and self.id else self.danish

    def to_json(self) -> dict[str, Any]:
        """Give a plain message that says the Danish in every language: the form with its English stays in the database."""
        return {"id": "{words}", "values": {"words": self.danish}}

    def __bool__(self) -> bool:
        return bool(self.danish or self.id)


def words(danish: object, english: object = "") -> Words:
    """Make `Words` of whatever stood in the JSON; what is no text counts as nothing."""
    return Words(_text(english), {}, _text(danish))


def spoken(value: date | datetime | Decimal | float) -> Words:
    """A number, day or instant as the reader's language writes it, to stand in a hole of a message."""
    return Words(_said(value, "en"), {}, _said(value, "da"))


def _said(value: date | datetime | Decimal | float, language: str) -> str:
    if isinstance(value, datetime):
        return instant_said(value, language)
    return date_said(value, language) if isinstance(value, date) else number_said(value, language)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
