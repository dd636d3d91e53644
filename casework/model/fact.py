"""What is said of a fact of the case: its words, its kind, and which of them a person may correct.

Facts that no process has named here can be corrected too, by their name and within the kind that they have; what forms keep as
rows (persons, possible cases) is corrected where it was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from casework.errors import InvalidError
from casework.i18n import Message, message

LONGEST = 500


class FactKind(StrEnum):
    """What its value is."""

    DAY = "day"  #: A date.
    INSTANT = "instant"  #: A moment.
    YES_NO = "yes_no"
    NUMBER = "number"
    TEXT = "text"
    ROWS = "rows"  #: A list or more, kept by forms; nobody corrects it here.


@dataclass(frozen=True)
class Fact:
    """One fact that every case may have; `options` are all that it may be."""

    name: str
    kind: FactKind
    words: Message
    options: tuple[str, ...] = ()


FACTS = {
    fact.name: fact
    for fact in (
        Fact("foedselsdato", FactKind.DAY, message("Birth date")),
        Fact("kendskabsDato", FactKind.DAY, message("The municipality has known since")),
        Fact("afgoerelsesDato", FactKind.DAY, message("Date of the decision")),
        Fact("anbringelsesDato", FactKind.DAY, message("Date of the placement")),
        Fact("anbringelsesGrundlag", FactKind.TEXT, message("Ground of the placement"), ("46", "47", "48")),
        Fact("genbehandlingsDato", FactKind.DAY, message("To be decided anew on")),
        Fact("bfuFaerdigDato", FactKind.DAY, message("Assessment finished on")),
        Fact("planlagtOphoer", FactKind.DAY, message("Planned end")),
        Fact("hjemgivelsesDato", FactKind.DAY, message("Return home on")),
        Fact("hjemgivelsesperiodeSlut", FactKind.DAY, message("End of the return period")),
        Fact("ophoerDato", FactKind.DAY, message("Ended on")),
        Fact("aktivIndsats", FactKind.YES_NO, message("Help is running")),
        Fact("handicapSpor", FactKind.YES_NO, message("Disability track")),
        Fact("erAnbragt", FactKind.YES_NO, message("Is placed")),
        Fact("beskyttetAdresse", FactKind.YES_NO, message("Protected address")),
    )
}


def fact_words(name: str) -> Message:
    """Say which fact it is; one that has no words is called by its name."""
    return FACTS[name].words if name in FACTS else Message("{name}", {"name": name})


def fact_value(value: Any) -> Message:
    """Say what it is; of rows only that there are some."""
    match _kind(value):
        case FactKind.DAY:
            return message("{day:digits_year}", day=value)
        case FactKind.INSTANT:
            return message("{at:digits_time}", at=value)
        case FactKind.YES_NO:
            return message("Yes") if value else message("No")
        case FactKind.ROWS:
            return message("a list")
    return Message("{value}", {"value": str(value)})


def kind_of(name: str, value: Any) -> FactKind:
    """Give the kind of a fact that the case has, or may have."""
    return FACTS[name].kind if name in FACTS else _kind(value)


def _kind(value: Any) -> FactKind:
    match value:
        case bool():
            return FactKind.YES_NO
        case datetime():
            return FactKind.INSTANT
        case date():
            return FactKind.DAY
        case int() | float() | Decimal():
            return FactKind.NUMBER
        case str():
            return FactKind.TEXT
    return FactKind.ROWS


def check_fact(name: str, known: Any, value: Any) -> None:
    """Refuse (InvalidError) a value of another kind than the fact's, and facts that are corrected elsewhere."""
    kind = kind_of(name, value if known is None else known)
    if kind is FactKind.ROWS:
        wrong = message("This is corrected where it was written.")
        raise InvalidError(wrong, {"name": [wrong]})
    if _kind(value) is not kind or (kind is FactKind.TEXT and len(value) > LONGEST):
        raise _wrong(message("The value must be of the same kind as before."))
    options = FACTS[name].options if name in FACTS else ()
    if options and value not in options:
        raise _wrong(message("It must be one of: {options}.", options=", ".join(options)))


def _wrong(sentence: Message) -> InvalidError:
    return InvalidError(sentence, {"value": [sentence]})
