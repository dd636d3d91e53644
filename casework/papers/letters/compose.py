"""From the words of a letter to its PDF, by typst: tagged PDF/UA-1, because public letters must be accessible."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casework.papers.letters.wording import LetterError, blocks, filled, worded
from casework.papers.typeset import TypesetError, typeset

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from casework.papers.letters.wording import Wording

TEMPLATE = Path(__file__).parent / "letter.typ"


@dataclass(frozen=True)
class Letterhead:
    """Who writes: `processes/letters/letterhead.toml`."""

    name: str
    department: str
    phone: str
    email: str


@dataclass(frozen=True)
class Letter:
    """One finished letter. `subject` tells its kind and no case text; `content` is the PDF."""

    subject: str
    recipient: str
    content: bytes


def read_letterhead(folder: Path) -> Letterhead:
    """Read whose letters these are."""
    try:
        return Letterhead(**tomllib.loads((folder / "letterhead.toml").read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, TypeError) as error:
        raise LetterError(f"letterhead.toml is missing or broken: {error}") from None


def compose(wording: Wording, head: Letterhead, values: Mapping[str, Any], at: datetime) -> Letter:
    """Make the letter of `wording` dated `at`. `values` fill its holes and must have those of `letter_particulars`."""
    data = letter_data(wording, head, values, at)
    return Letter(data["subject"], data["recipient"][0], typeset_letter(data, at))


def letter_data(wording: Wording, head: Letterhead, values: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """All that stands in it, as JSON has it."""
    every = {"kommune": head.name, "dato": at.date(), **values}
    return {
        "language": "da",
        "head": asdict(head),
        "subject": filled(wording.subject, every),
        "reference": f"Sag {every['sagsnummer']}",
        "recipient": [every["modtager"]],
        "particulars": _particulars(head, every),
        "blocks": blocks(filled(wording.body, every)),
        "greeting": wording.greeting,
        "sender": [line for line in (every["sagsbehandler"], every["stilling"], every["enhed"], head.name) if line],
        "words": {"page": "Side", "of": "af"},
    }


def _particulars(head: Letterhead, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    every = [
        ("Dato", worded(values["dato"])),
        ("Sagsnummer", values["sagsnummer"]),
        ("Kontakt", values["sagsbehandler"] or values["enhed"]),
        ("Telefon", values["telefon"] or head.phone),
        ("E-post", values["epost"] or head.email),
    ]
    return [(name, value) for name, value in every if value]


def typeset_letter(data: Mapping[str, Any], at: datetime) -> bytes:
    """The PDF of `letter_data`."""
    try:
        return typeset(TEMPLATE, data, at)
    except TypesetError as error:
        raise LetterError(f"the letter could not be typeset: {error}") from None
