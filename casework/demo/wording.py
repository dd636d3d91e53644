"""What people write: wordings from `texts.toml` and from the kind of concern, with the child's name in their holes."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casework.demo.children import place_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from casework.demo.children import Child
    from casework.demo.concerns import Concern

_EVERY, _SAME_AS = "every", "same_as"
_SCHOOL_AGE = 6


class Wording:
    """The words of one story; the same field is worded differently each time, as long as there are other wordings."""

    def __init__(self, rng: Random, child: Child, age: int, concern: Concern) -> None:
        self._rng = rng
        self._concern = concern
        self._holes = _holes(child, age, concern)
        self._given: dict[int, int] = {}

    def text(self, form: str, field: str, answers: Iterable[str] = ()) -> str | None:
        """What stands in `field` of `form`, where `answers` are what was chosen in the same form. None: nothing is known."""
        wordings = self._wordings(form, field, answers)
        if not wordings:
            same = _bank().get(_SAME_AS, {}).get(field)
            return self.text(form, same, answers) if same else None
        return self.fill(self._next(wordings))

    def anything(self) -> str:
        """A sentence for a field that nobody has thought of."""
        return self.fill(self._next(_bank()[_EVERY]["andet"]))

    def fill(self, text: str) -> str:
        """Put the child into the holes of `text`."""
        return text.format_map(self._holes)

    def _wordings(self, form: str, field: str, answers: Iterable[str]) -> list[str] | None:
        own: dict[str, list[str]] = _bank().get(form, {})
        every: dict[str, list[str]] = _bank()[_EVERY]
        for answer in answers:
            if found := own.get(f"{field}.{answer}"):
                return found
        return own.get(field) or self._concern.texts.get(field) or every.get(field)

    def _next(self, wordings: list[str]) -> str:
        turn = self._given.get(id(wordings), self._rng.randrange(len(wordings)))
        self._given[id(wordings)] = turn + 1
        return wordings[turn % len(wordings)]


def _holes(child: Child, age: int, concern: Concern) -> dict[str, str]:
    han, ham, hans = ("hun", "hende", "hendes") if child.is_girl else ("han", "ham", "hans")
    place = place_of(age)
    return {
        "barn": child.first_name,
        "han": han,
        "Han": han.capitalize(),
        "ham": ham,
        "hans": hans,
        "Hans": hans.capitalize(),
        "skolen": place,
        "Skolen": place.capitalize(),
        "voksen": "lærer" if age >= _SCHOOL_AGE else "pædagog",
        "kort": concern.short,
    }


@cache
def _bank() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))
