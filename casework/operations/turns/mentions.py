"""Whom a note means by `@Lars Bo Kjeldsen`, or `@Lars` where only one who may be meant is called so."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

#: At the beginning of a word, so that an e-mail address mentions nobody, and before a letter.
_AT = re.compile(r"(?<![\w.@-])@(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_][\w'-]*")


@dataclass
class Mentions:
    """`ids` of who is meant, each once; `unknown` and `ambiguous` are words as they were written."""

    ids: list[UUID] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    ambiguous: list[str] = field(default_factory=list)


def mentions_in(text: str, names: Mapping[UUID, str]) -> Mentions:
    """Read them; the longest whole name counts, then a first name. `names` are those of everybody who may be meant."""
    found, longest = Mentions(), sorted(names, key=lambda one: -len(names[one]))
    for at in _AT.finditer(text):
        rest = text[at.end() :]
        whole = next((one for one in longest if _begins_with(rest, names[one])), None)
        word = _WORD.match(rest)
        if whole is not None:
            _add(found.ids, whole)
        elif word:
            _by_first_name(word[0], names, found)
    return found


def _by_first_name(word: str, names: Mapping[UUID, str], found: Mentions) -> None:
    called = [one for one, name in names.items() if name.partition(" ")[0].casefold() == word.casefold()]
    if len(called) == 1:
        _add(found.ids, called[0])
    else:
        (found.ambiguous if called else found.unknown).append(word)


def _begins_with(text: str, name: str) -> bool:
    following = text[len(name) : len(name) + 1]
    return text[: len(name)].casefold() == name.casefold() and not following.isalnum()


def _add(ids: list[UUID], one: UUID) -> None:
    if one not in ids:
        ids.append(one)
