"""Danish and English: sentences are written in English in the code and translated in `casework/locale/da/*.po`.

A `Message` travels as data (in the database, in errors) and becomes words when its reader is known. The catalogues are
read as they are (no compiled files); `make check` fails when a sentence lacks its translation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("da", "en")
DEFAULT_LANGUAGE = "da"

#: Instants are said as the clocks of the municipality show them (the same zone as `casework.config.TIME_ZONE`).
_ZONE = ZoneInfo("Europe/Copenhagen")
#: Danish usage, and British: day before month.
_REGIONS = {"da": "da_DK", "en": "en_GB"}
#: Format word in a hole -> CLDR pattern of a day. `{day}` is the long form, `{day:short}` leaves out weekday and year;
#: `brief` and `digits` are for lists and tables.
_DAYS = {
    "da": {
        "": "EEEE 'den' d. MMMM y",
        "short": "'den' d. MMMM",
        "month": "MMMM y",
        "month_brief": "MMM",
        "brief": "EEE d.M.",
        "brief_year": "EEE d.M.y",
        "digits": "d.M.",
        "digits_year": "d.M.y",
    },
    "en": {
        "": "EEEE d MMMM y",
        "short": "d MMMM",
        "month": "MMMM y",
        "month_brief": "MMM",
        "brief": "EEE d MMM",
        "brief_year": "EEE d MMM y",
        "digits": "d MMM",
        "digits_year": "d MMM y",
    },
}
#: The same for an instant; `{instant:time}` is the time of day alone.
_INSTANTS = {
    "da": _DAYS["da"]
    | {
        "": "EEEE 'den' d. MMMM y 'kl'. HH.mm",
        "short": "d. MMMM 'kl'. HH.mm",
        "time": "HH.mm",
        "brief_time": "EEE HH.mm",
        "digits_time": "d.M. HH.mm",
    },
    "en": _DAYS["en"]
    | {
        "": "EEEE d MMMM y 'at' HH:mm",
        "short": "d MMMM 'at' HH:mm",
        "time": "HH:mm",
        "brief_time": "EEE HH:mm",
        "digits_time": "d MMM HH:mm",
    },
}
#: Every format word that a hole may ask for.
FORMS = frozenset(_INSTANTS["en"])


@dataclass(frozen=True)
class Message:
    """A sentence with holes: `id` is the English text with `{name}` for each of `values`.

    A value is a string, a number, a `Message`, a `date`, an aware `datetime`, or a list of these, which is said as
    "a, b and c". Days and instants are worded in the reader's language; `{day:short}`, `{day:month}` and
    `{instant:time}` say less of them.
    """

    id: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Say it in `language` (`da` or `en`); a value that is a `Message` is said in the same language."""
        values = {name: _said(value, language) for name, value in self.values.items()}
        return translated(self.id, language).format(**values) if values else translated(self.id, language)

    def to_json(self) -> dict[str, Any]:
        """Give what `from_json` reads."""
        return {"id": self.id, "values": {name: _value_to_json(value) for name, value in self.values.items()}}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Message:
        """Read what `to_json` gave."""
        return cls(data["id"], {name: _value_from_json(value) for name, value in data["values"].items()})


def message(id: str, /, **values: Any) -> Message:  # noqa: A002  the word that gettext tools look for is the function's name
    """Make a `Message`. The catalogue's extraction looks for calls of this name."""
    return Message(id, values)


def translated(text: str, language: str) -> str:
    """Give the English `text` in `language`; the English itself where no translation is known."""
    return text if language == "en" else _catalogue(language).get(text, text)


@cache
def _catalogue(language: str) -> dict[str, str]:
    entries: dict[str, str] = {}
    for path in sorted((LOCALE / language).glob("*.po")):
        with path.open("rb") as file:
            entries.update({str(m.id): str(m.string) for m in read_po(file) if m.id and m.string})
    return entries


def _said(value: object, language: str) -> object:
    match value:
        case Message():
            return value.text(language)
        case date():
            return _Moment(value, language)
        case list() | tuple():
            return format_list([str(_said(inner, language)) for inner in value], locale=_REGIONS[language])
    return value


@dataclass(frozen=True)
class _Moment:
    """A day or an instant on its way into a hole, which says how much of it is wanted."""

    value: date
    language: str

    def __str__(self) -> str:
        return format(self, "")

    def __format__(self, wanted: str) -> str:
        return _worded(self.value, wanted, self.language)


@lru_cache(maxsize=16_384, typed=True)
def _worded(value: date, wanted: str, language: str) -> str:
    """A day or an instant; a page says the same ones again and again, and each costs more than a query's row."""
    region = _REGIONS[language]
    if isinstance(value, datetime):
        return format_datetime(value.astimezone(_ZONE), _INSTANTS[language][wanted], locale=region)
    return format_date(value, _DAYS[language][wanted], locale=region)


def _value_to_json(value: Any) -> Any:
    match value:
        case Message():
            return value.to_json()
        case datetime():
            return {"$instant": value.isoformat()}
        case date():
            return {"$date": value.isoformat()}
        case list() | tuple():
            return [_value_to_json(inner) for inner in value]
    return value


def _value_from_json(value: Any) -> Any:
    match value:
        case {"id": str(), "values": dict()}:
            return Message.from_json(value)
        case {"$instant": str(instant)}:
            return datetime.fromisoformat(instant)
        case {"$date": str(day)}:
            return date.fromisoformat(day)
        case list():
            return [_value_from_json(inner) for inner in value]
    return value
