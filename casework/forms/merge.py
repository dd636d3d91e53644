"""Two people in one form: fields only one of them changed come together silently, the rest is shown to the later one.

1. A field is compared with what both began with (`base`).
2. Changed by one: that answer. Changed by both to the same: that answer. Changed by both to different: a `Clash`; what was
   saved first (`theirs`) stays saved until the later person has chosen, and the page still shows what that person wrote.
3. Rows are compared row by row while nobody added or removed any; otherwise the list is one field.
"""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from re import findall, sub
from typing import TYPE_CHECKING, Any

from casework.forms.paths import get, has, joined, put

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.forms.component import Component, Form
    from casework.forms.words import Words

#: Beyond so many words two texts are put one after the other instead of being woven together.
MAX_WOVEN = 4_000


_NOTHING: tuple[Any, ...] = (None, "", [])


@dataclass(frozen=True)
class Clash:
    """One field that two people changed to different answers. `can_combine`: both texts can be kept together."""

    path: str
    label: Words
    base: Any
    mine: Any
    theirs: Any
    can_combine: bool = False


@dataclass(frozen=True)
class Merged:
    """`answers` can be saved: where the two clash they hold `theirs`, which is saved already."""

    answers: dict[str, Any]
    clashes: tuple[Clash, ...]


def merge(form: Form, base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """Bring two versions of typed answers together. Fields that were not posted at all in `mine` count as untouched.

    So what a person never had on the page cannot undo what another wrote.
    """
    answers = deepcopy(dict(theirs))
    clashes: list[Clash] = []
    versions = (base, mine, theirs)
    _merge(form.components, "", versions, (answers, clashes))
    return Merged(answers, tuple(clashes))


def _merge(
    components: tuple[Component, ...],
    prefix: str,
    versions: tuple[Mapping[str, Any], ...],
    into: tuple[dict[str, Any], list[Clash]],
) -> None:
    for component in components:
        path = joined(prefix, component.key)
        if component.is_list and _same_rows(path, versions):
            for index in range(len(get(versions[0], path))):
                _merge(component.components, f"{path}.{index}", versions, into)
        elif component.components and not component.is_list:
            _merge(component.components, path, versions, into)
        elif component.key and has(versions[1], path):
            _merge_field(component, path, versions, into)


def _same_rows(path: str, versions: tuple[Mapping[str, Any], ...]) -> bool:
    rows = [get(version, path) for version in versions]
    are_rows = all(isinstance(r, list) and all(isinstance(row, dict) for row in r) for r in rows)
    return are_rows and len({len(r) for r in rows}) == 1


def _merge_field(
    component: Component,
    path: str,
    versions: tuple[Mapping[str, Any], ...],
    into: tuple[dict[str, Any], list[Clash]],
) -> None:
    (answers, clashes), (base, mine, theirs) = into, (get(version, path) for version in versions)
    if _same(mine, base) and has(versions[2], path):
        return
    if _same(mine, theirs) or _same(theirs, base):
        put(answers, path, deepcopy(mine))
    else:
        clashes.append(_clash(component, path, (base, mine, theirs)))


def clashes_of(form: Form, changed: Mapping[str, Mapping[str, Any]]) -> tuple[Clash, ...]:
    """The clashes of a refused save, from both answers by path (`{"theirs": …, "yours": …}`); what they began with is lost."""
    components = dict(form.fields)
    known = ((path, components.get(_pattern(path)), both) for path, both in changed.items())
    return tuple(_clash(found, path, (None, both["yours"], both["theirs"])) for path, found, both in known if found)


def _clash(component: Component, path: str, versions: tuple[Any, Any, Any]) -> Clash:
    base, mine, theirs = versions
    can_combine = component.type == "textarea" and isinstance(mine, str) and isinstance(theirs, str)
    return Clash(path, component.label, base, mine, theirs, can_combine)


def _same(one: object, other: object) -> bool:
    """Equal, or both nothing; True is not 1 here, and an empty row is something: somebody is about to write in it."""
    return (one in _NOTHING and other in _NOTHING) or (
        one == other and isinstance(one, bool) == isinstance(other, bool)
    )


def choose(
    form: Form, mine: Mapping[str, Any], theirs: Mapping[str, Any], posted: Mapping[str, str]
) -> dict[str, Any] | None:
    """Give `mine` after a button of a clash was pressed (`choose:<path>` = mine, theirs or both); None when none was.

    `posted` also holds `base:<path>`, the JSON of what both began with, as the page was given it.
    """
    name = next((name for name in posted if name.startswith("choose:")), "")
    path = name.removeprefix("choose:")
    if not any(_pattern(path) == known for known, _ in form.fields):
        return None
    own, other = get(mine, path), get(theirs, path)
    chosen = deepcopy(dict(mine))
    if posted[name] == "theirs":
        put(chosen, path, deepcopy(other))
    elif posted[name] == "both" and isinstance(own, str) and isinstance(other, str):
        put(chosen, path, combined(_from_json(posted.get(f"base:{path}", "")), own, other))
    return chosen


def undecided(
    form: Form, mine: Mapping[str, Any], theirs: Mapping[str, Any], posted: Mapping[str, str]
) -> tuple[Clash, ...]:
    """The clashes that the page showed (`base:<path>`) and whose buttons were not pressed: they stay open."""
    components = dict(form.fields)
    shown = [name.removeprefix("base:") for name in posted if name.startswith("base:")]
    return tuple(
        _clash(
            components[_pattern(path)], path, (_from_json(posted[f"base:{path}"]), get(mine, path), get(theirs, path))
        )
        for path in shown
        if f"choose:{path}" not in posted
        and _pattern(path) in components
        and not _same(get(mine, path), get(theirs, path))
    )


def _pattern(path: str) -> str:
    return sub(r"\.\d+(?=\.|$)", ".*", path)


def _from_json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def combined(base: Any, mine: str, theirs: str) -> str:
    """Both texts in one: whatever either of them added is there, whatever either took out of `base` is gone.

    Where both added at the same place theirs comes first. Where nobody knows `base` (no text) nothing of either is left out.
    """
    before, own, other = _words(base if isinstance(base, str) else ""), _words(mine), _words(theirs)
    if max(len(before), len(own), len(other)) > MAX_WOVEN:
        return f"{theirs}\n\n{mine}"
    return _woven(before, own, other) if isinstance(base, str) else _united(own, other)


def _united(own: list[str], other: list[str]) -> str:
    """Woven where they are mostly the same; one after the other where they are not: woven, nobody could read them."""
    matcher = SequenceMatcher(None, other, own, autojunk=False)
    same = sum(not word.isspace() for at, _, size in matcher.get_matching_blocks() for word in other[at : at + size])
    if 2 * same < min(sum(not word.isspace() for word in words) for words in (own, other)):
        return f"{''.join(other)}\n\n{''.join(own)}"
    united: list[str] = []
    for kind, start, end, own_start, own_end in matcher.get_opcodes():
        united += other[start:end] if kind == "equal" else _parted(other[start:end], own[own_start:own_end])
    return _joined(united)


def _woven(before: list[str], own: list[str], other: list[str]) -> str:
    (their_added, their_kept), (my_added, my_kept) = _edits(before, other), _edits(before, own)
    woven: list[str] = []
    for place in range(len(before) + 1):
        theirs_here, mine_here = their_added.get(place, []), my_added.get(place, [])
        woven += theirs_here if theirs_here == mine_here else _parted(theirs_here, mine_here)
        woven += before[place : place + 1] if place in their_kept & my_kept else []
    return _joined(woven)


def _parted(first: list[str], second: list[str]) -> list[str]:
    needs_space = bool(first and second) and not first[-1][-1:].isspace() and not second[0][:1].isspace()
    return [*first, *([" "] if needs_space else []), *second]


def _joined(words: list[str]) -> str:
    """The text of the words; two that came from different sides do not grow together."""
    spaced = [
        f" {word}" if before[-1:].isalnum() and word[:1].isalnum() else word for before, word in pairwise(["", *words])
    ]
    return "".join(spaced).strip()


def _edits(before: list[str], after: list[str]) -> tuple[dict[int, list[str]], set[int]]:
    """What was added before which word of `before`, and which of its words were kept."""
    added: dict[int, list[str]] = {}
    kept: set[int] = set()
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            kept.update(range(start, end))
        elif new_end > new_start:
            added[start] = after[new_start:new_end]
    return added, kept


def pieces(base: Any, text: str) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, each with whether it is new against `base`."""
    before, after = _words(base if isinstance(base, str) else ""), _words(text)
    if max(len(before), len(after)) > MAX_WOVEN or not before:
        return ((text, False),)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found = [("".join(after[start:end]), kind != "equal") for kind, _, _, start, end in matcher.get_opcodes()]
    return tuple(
        bare for piece, is_new in found for bare in (_without_blanks(piece) if is_new else [(piece, False)]) if bare[0]
    )


def _without_blanks(piece: str) -> list[tuple[str, bool]]:
    """A new piece of text whose blanks at both ends are not marked as new."""
    inner = piece.strip()
    before, _, after = piece.partition(inner) if inner else (piece, "", "")
    return [(before, False), (inner, True), (after, False)]


def _words(text: str) -> list[str]:
    return findall(r"\s+|\w+|[^\w\s]", text)
