"""Writes a scenario as a process owner would: what `reading` reads back as the same. Values are plain, as JSON has them.

A text that is a day is written as a day, which answers and expectations take for the same. Appending keeps everything that stands
in a file already, comments too.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from casework.scenarios.nodes import is_plain
from casework.scenarios.reading import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Texts that YAML takes for nothing but text, wherever they stand.
_PLAIN = re.compile(r"[A-Za-zÆØÅæøå_][A-Za-zÆØÅæøå0-9_ ().§/-]*")
_LONGEST = 118
_TOP = "scenarier:\n"


def appended(text: str, entries: Mapping[str, Any]) -> str:
    """The file `text` (empty: a new one) with one more scenario at its end; `entries` begin with `navn`."""
    kept = text.rstrip()
    return f"{kept}\n\n{written(entries)}" if kept else _TOP + written(entries)


def without(text: str, name: str, file: str) -> str:
    """The file without the scenario of this name; the same when it holds none. Refuses (ScenarioError) what cannot be read."""
    scenarios = read_text(text, file)
    place = next((at for at, one in enumerate(scenarios) if one.name == name), None)
    if place is None:
        return text
    lines = text.splitlines(keepends=True)
    until = scenarios[place + 1].line - 1 if place + 1 < len(scenarios) else len(lines)
    while until > scenarios[place].line and lines[until - 1].lstrip().startswith("#") and until < len(lines):
        until -= 1  # what is written above the next belongs to it
    kept = "".join(lines[: scenarios[place].line - 1] + lines[until:])
    return kept if len(scenarios) > 1 else f"{kept.rstrip()} []\n"


def written(entries: Mapping[str, Any]) -> str:
    """One item of the list `scenarier`."""
    lines = [line for name, value in entries.items() for line in _entry(name, value)]
    return "".join(f"  {'- ' if place == 0 else '  '}{line}\n" for place, line in enumerate(lines))


def _entry(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, list) and value and name in ("forløb", "forældre"):
        yield f"{name}:"
        for item in value:
            yield from _item(item)
    else:
        yield f"{_scalar(name)}: {flow(value)}"


def _item(item: Any) -> Iterator[str]:
    """On one line, or where that is long each name on its own."""
    whole = flow(item).removeprefix("{").removesuffix("}") if isinstance(item, dict) and len(item) == 1 else ""
    if not isinstance(item, dict) or (whole and len(whole) < _LONGEST - 4):
        yield f"  - {whole or flow(item)}"
        return
    for place, (name, value) in enumerate(item.items()):
        yield from _named(f"  {'- ' if place == 0 else '  '}", name, value)


def _named(indent: str, name: str, value: Any) -> Iterator[str]:
    line = f"{indent}{_scalar(name)}: {flow(value)}"
    if len(line) < _LONGEST or not isinstance(value, dict):
        yield line
        return
    yield f"{indent}{_scalar(name)}:"
    for key, inner in value.items():
        yield f"{' ' * len(indent)}  {_scalar(key)}: {flow(inner)}"


def flow(value: Any) -> str:
    """On one line."""
    match value:
        case dict():
            return "{" + ", ".join(f"{_scalar(name)}: {flow(inner)}" for name, inner in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(flow, value)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    match value:
        case None:
            return "~"
        case bool():
            return "ja" if value else "nej"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case int() | float():
            return str(value)
    text = str(value)
    if _is_day(text):
        return text
    return (
        text
        if _PLAIN.fullmatch(text) and text == text.strip() and is_plain(text)
        else json.dumps(text, ensure_ascii=False)
    )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
