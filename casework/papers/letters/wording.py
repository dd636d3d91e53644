"""The words of a letter: `processes/letters/<template>.toml`, which process owners write, with holes for what differs.

    subject = "Kvittering for din underretning"
    body = '''
    Kære {modtager}

    Vi har {modtagetTid} modtaget din underretning.

    ## Hvad sker der nu?

    - Vi vurderer inden for 24 timer, om barnet har brug for hjælp med det samme.
    '''

An empty line parts paragraphs, `## ` begins a heading, `- ` an item of a list. A hole takes an input of the job by its name, or
one of `casework.queries.letter_particulars`, answers of a form among them. Nothing else is markup: what fills a hole is shown as
it is. `recipient` names somebody outside of the case (`Politiet`). `subject_child` and `body_child` are what a child gets
instead, short and plain; they take the same holes. Letters go out in Danish; `subject_en` and `body_en` are for process owners
who read English.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from casework.config import TIME_ZONE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: Template names come from diagrams: no path may be built with them.
_NAME = re.compile(r"[a-z0-9_]+")
_HOLE = re.compile(r"\{(\w+)\}")
_GREETING = "Venlig hilsen"


class LetterError(Exception):
    """The letter cannot be written until a person has mended something; the text is for whoever mends it, and names no case."""


@dataclass(frozen=True)
class Wording:
    """What a template says; `subject`, `body` and `recipient` (empty: somebody of the case) have holes."""

    subject: str
    body: str
    recipient: str = ""
    greeting: str = _GREETING


def read_wording(folder: Path, template: str, *, for_child: bool = False) -> Wording:
    """Read `<template>.toml` from `folder`; the child's words where it has some and they are asked for.

    A missing or broken template is an incident, as a person must mend it.
    """
    if not _NAME.fullmatch(template):
        raise LetterError(f"{template!r} is no name of a letter template: a-z, 0-9 and _ only")
    try:
        data = tomllib.loads((folder / f"{template}.toml").read_text(encoding="utf-8"))
        subject, body = data["subject"], data["body"]
        if for_child:
            subject, body = data.get("subject_child", subject), data.get("body_child", body)
        return Wording(subject, body, data.get("recipient", ""), data.get("greeting", _GREETING))
    except FileNotFoundError:
        raise LetterError(f"there is no letter template {template!r}") from None
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise LetterError(f"the letter template {template!r} is broken: {error}") from None


def filled(text: str, values: Mapping[str, Any]) -> str:
    """Put `values` into the holes of `text`, worded in Danish. A hole that nothing fills is refused by its name."""
    missing = sorted(set(_HOLE.findall(text)) - values.keys())
    if missing:
        raise LetterError(f"the letter asks for what is not known: {', '.join(missing)}")
    return _HOLE.sub(lambda hole: worded(values[hole[1]]), text)


def worded(value: Any) -> str:
    """Say a value in Danish: `23. november 2026`, `23. november 2026 kl. 09.00`, `ja`, `1,5`, `den ene, den anden`."""
    match value:
        case bool():
            return "ja" if value else "nej"
        case datetime():
            return format_datetime(value.astimezone(TIME_ZONE), "d. MMMM y 'kl.' HH.mm", locale="da")
        case date():
            return format_date(value, "long", locale="da")
        case int() | float() | Decimal():
            return format_decimal(value, locale="da")
        case timedelta():
            return f"{value.days} dage"
        case list() | tuple():
            return ", ".join(worded(one) for one in value)
        case None:
            return ""
    return str(value)


def blocks(body: str) -> list[dict[str, Any]]:
    """Part a body into what the template draws: `text` with `lines`, `heading` with `text`, `list` with `items`."""
    return [_block(lines) for paragraph in re.split(r"\n\s*\n", body.strip()) if (lines := paragraph.splitlines())]


def _block(lines: list[str]) -> dict[str, Any]:
    stripped = [line.strip() for line in lines]
    if all(line.startswith("- ") for line in stripped):
        return {"kind": "list", "items": [line[2:] for line in stripped]}
    if len(stripped) == 1 and stripped[0].startswith("## "):
        return {"kind": "heading", "text": stripped[0][3:]}
    return {"kind": "text", "lines": stripped}
