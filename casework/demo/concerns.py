"""Kinds of concern: one file each in `concerns/`, with the words that people use about it. A new kind is a new file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = Path(__file__).parent / "concerns"


@dataclass(frozen=True)
class Concern:
    """`short` goes into a sentence ("vi er bekymrede for …"); `tracks` are those of `casework.demo.tracks` that fit it.

    `signs` and `notifiers` are answers of form F01. `texts` are by field of a form, each with some wordings.
    """

    key: str
    short: str
    ages: tuple[int, int]
    notifiers: tuple[str, ...]
    tracks: tuple[str, ...]
    signs: tuple[str, ...]
    texts: Mapping[str, list[str]]


@cache
def concerns() -> dict[str, Concern]:
    """All kinds, by the name of their file."""
    return {file.stem: read_concern(file) for file in sorted(_FOLDER.glob("*.toml"))}


def read_concern(file: Path) -> Concern:
    """One kind, from its file."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    youngest, oldest = data["ages"]
    return Concern(
        key=file.stem,
        short=data["kort"],
        ages=(youngest, oldest),
        notifiers=tuple(data["notifiers"]),
        tracks=tuple(data["tracks"]),
        signs=tuple(data["tegn"]),
        texts=data["texts"],
    )
