"""Compares two versions of a process with everything that they use."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casework.compare.bpmn_items import bpmn_items
from casework.compare.change import Change, Comparison, Files, Kind, Part
from casework.compare.dmn_items import dmn_items
from casework.compare.form_items import form_items
from casework.compare.grid import Grid, grids
from casework.compare.item_words import KINDS
from casework.compare.pairing import differences, drawn_anew, pairs
from casework.compare.sentences import Telling
from casework.diagrams import read
from casework.forms.reading import read as read_form
from casework.forms.words import words
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casework.compare.item import Parts
    from casework.i18n import Message

_FILES = {Part.DIAGRAM: KINDS["diagram"], Part.FORM: KINDS["form"], Part.DECISION: KINDS["decisions"]}


def compare(old: Files, new: Files) -> Comparison:
    """Say everything that differs. Refuses what cannot be read (`InvalidError`, `LimitError`).

    Costs some milliseconds for each file that is not byte for byte the same.
    """
    found = _Found()
    for part in Part:
        for before, after in _paired(old.of(part), new.of(part)):
            _compare_file(part, (before, old.of(part)), (after, new.of(part)), found)
    return Comparison(tuple(found.changes), found.layout, tuple(found.grids), found.names)


@dataclass
class _Found:
    changes: list[Change] = field(default_factory=list)
    layout: int = 0
    grids: list[Grid] = field(default_factory=list)
    names: dict[tuple[Part, str], Message] = field(default_factory=dict)


def _paired(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[tuple[str | None, str | None]]:
    """Files of the same key, and the last one of each side with the other: then it has only been renamed."""
    gone, come = [key for key in old if key not in new], [key for key in new if key not in old]
    yield from ((key, key) for key in new if key in old)
    if len(gone) == len(come) == 1:
        yield gone[0], come[0]
        return
    yield from ((None, key) for key in come)
    yield from ((key, None) for key in gone)


def _compare_file(
    part: Part, old: tuple[str | None, Mapping[str, bytes]], new: tuple[str | None, Mapping[str, bytes]], found: _Found
) -> None:
    before, after = (files[key] if key is not None else None for key, files in (old, new))
    if before == after:
        return
    file = str(new[0] or old[0])
    if before is None or after is None:
        parts = _taken_apart(part, before or after or b"")
        found.names[part, file] = _name(parts, file)
        kind = Kind.ADDED if before is None else Kind.REMOVED
        found.changes.append(_whole(part, file, kind, _name(parts, file)))
        return
    was, now = _taken_apart(part, before), _taken_apart(part, after)
    found.names[part, file] = _name(now, file)
    found.layout += drawn_anew(was, now)
    telling = Telling(part, file, was, now)
    found.changes += [telling.change(one) for one in differences(was, now)]
    if part is Part.DECISION:
        found.grids += grids(file, was, now, pairs(was, now))


def _taken_apart(part: Part, content: bytes) -> Parts:
    if part is Part.DIAGRAM:
        return bpmn_items(read(content))
    if part is Part.DECISION:
        return dmn_items(read(content))
    read_form(content)  # refuses what is too large, too deep or no form
    raw: dict[str, Any] = json.loads(content)
    return form_items(raw)


def _name(parts: Parts, file: str) -> Message:
    named = (item.name for item in parts.items.values() if item.kind in ("process", "form", "decision") and item.name)
    return next(named, words(file, file))


def _whole(part: Part, file: str, kind: Kind, name: Message) -> Change:
    what = message("{kind} »{name}«", kind=_FILES[part], name=name)
    sentence = message("{what}: added", what=what) if kind is Kind.ADDED else message("{what}: removed", what=what)
    return Change(part, file, kind, "", what, None, None, None, sentence, affects_execution=True, is_whole=True)
