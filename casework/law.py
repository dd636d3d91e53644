"""The legal basis of deadlines and steps: `processes/law.toml`, which the municipality's lawyer can read and correct.

[bl136]
paragraph = "§ 136"
act = "Barnets lov"
act_en = "Act on the Child"
confidence = "C"            # C, C-old: read; I, M: not confirmed, shown without number; P: local practice, not law
read = "2026-11-03"
source = "Ministry page on the municipality's duty"
address = "https://..."
owner = "Process owner, Children and Families"
text_da = "Vurder inden for 24 timer, om barnet har brug for hjælp med det samme."
text_en = "Assess within 24 hours whether the child needs help at once."
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from casework.config import settings
from casework.errors import InvalidError, NotFoundError
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Confidence(StrEnum):
    """How sure we are of a rule (domain reference, confidence marks)."""

    CONFIRMED = "C"  #: The rule was read on a public page.
    CONFIRMED_OLD = "C-old"  #: Read on a page about the older law; believed to continue.
    INFERRED = "I"  #: Inferred from confirmed pages. Its number is not shown.
    FROM_MEMORY = "M"  #: To be checked by a lawyer. Its number is not shown.
    PRACTICE = "P"  #: Local practice or our proposal, not law.


_WITH_NUMBER = {Confidence.CONFIRMED, Confidence.CONFIRMED_OLD}


@dataclass(frozen=True)
class Law:
    """One rule. `source` is what was read on the day `read`, `address` where, `owner` who answers for it being right."""

    key: str
    act: str
    act_en: str
    confidence: Confidence
    text_da: str
    text_en: str
    paragraph: str = ""
    source: str = ""
    address: str = ""
    read: date | None = None
    owner: str = ""

    @property
    def is_confirmed(self) -> bool:
        """Whether it may be shown as law with its number."""
        return self.confidence in _WITH_NUMBER

    def citation(self, language: str) -> str:
        """Say where it stands: "Barnets lov § 136", or only the act when the number is not confirmed."""
        act = self.act if language == "da" else self.act_en
        return f"{act} {self.paragraph}".strip() if self.is_confirmed else act

    def text(self, language: str) -> str:
        """Say the rule in a sentence."""
        return self.text_da if language == "da" else self.text_en


def law(key: str) -> Law:
    """Give the rule kept under `key`; refuses an unknown key by name."""
    try:
        return laws()[key]
    except KeyError:
        raise NotFoundError(message('There is no law "{key}" in {file}.', key=key, file=_file().name)) from None


def laws() -> Mapping[str, Law]:
    """Give all rules by key, as the file was at the first use."""
    return _read(_file())


def _file() -> Path:
    return settings().processes / "law.toml"


@cache
def _read(path: Path) -> Mapping[str, Law]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise InvalidError(message("The file {file} cannot be read.", file=str(path))) from None
    except ValueError as error:
        raise InvalidError(message("{file} is not TOML: {reason}", file=path.name, reason=str(error))) from None
    return MappingProxyType({key: _law(key, table) for key, table in tables.items()})


def _law(key: str, table: Any) -> Law:
    try:
        values = dict(table)
        if wrong := [name for name, value in values.items() if not isinstance(value, str | date)]:
            raise TypeError(f"{wrong[0]} is not text")  # noqa: TRY301  said in the same sentence as the rest
        values["confidence"] = Confidence(values["confidence"])
        values["read"] = _day(values.get("read"))
        return Law(key, **values)
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidError(
            message('The law "{key}" is not written as it should be: {reason}', key=key, reason=str(error))
        ) from None


def _day(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
