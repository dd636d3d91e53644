"""The items of a form: its fields and their options. What form-js keeps beside them only for its editor is the picture."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from casework.compare.item import Item, Parts
from casework.forms.words import Words, words

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Where a field stands in its row, and what wrote the file.
PICTURE = frozenset({"layout", "exporter", "executionPlatform", "executionPlatformVersion", "schemaVersion"})
_LISTS = ("components", "values")
_LABELS = ("label", "dateLabel", "timeLabel", "text", "title")


def form_items(raw: dict[str, Any]) -> Parts:
    """Take a form (form-js, read from JSON) apart. A field whose id is new is found again by its key."""
    parts = Parts()
    _collect(raw, parts.add(Item("file", "form", _name(raw))), parts)
    return parts


def _collect(raw: dict[str, Any], item: Item, parts: Parts) -> None:
    """Its own facets first: where its fields keep their answers depends on its path."""
    lists = {name: value for name, value in raw.items() if name in _LISTS and isinstance(value, list)}
    for name, value in raw.items():
        if name in PICTURE:
            parts.picture[f"{item.key} {name}"] = json.dumps(value, sort_keys=True)
        elif name not in lists:
            for path, text in _flat(name, value):
                item.put(path, text)
    for name, value in lists.items():
        for number, inner in enumerate(value, 1):
            _inside(name, number, inner, item, parts)


def _inside(name: str, number: int, raw: object, owner: Item, parts: Parts) -> None:
    if not isinstance(raw, dict):
        owner.put(name, json.dumps(raw))
    elif name == "values":
        key = f"{owner.key}={raw.get('value')}"
        option = Item(key, "option", _name(raw), owner.key, f"options of {owner.key}", str(raw.get("label")))
        _collect(raw, parts.add(option), parts)
    else:
        variable = str(raw.get("key") or raw.get("path") or "")
        key = str(raw.get("id") or variable or f"{owner.key}/{number}")
        field = Item(key, str(raw.get("type") or "field"), _name(raw), owner.key, f"fields of {owner.key}", variable)
        field.facets |= {"@group": "" if owner.kind == "form" else owner.key, "@path": _place(owner)}
        _collect(raw, parts.add(field), parts)


def _place(owner: Item) -> str:
    """Where the answer is kept: a group or list with a path keeps those of its fields within it."""
    return ".".join(filter(None, (owner.facets.get("@path"), owner.facets.get("path"))))


def _flat(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _flat(f"{path}.{name}", inner)
    elif isinstance(value, str):
        yield path, value.strip()
    else:
        yield path, json.dumps(value, sort_keys=True, ensure_ascii=False)


def _name(raw: dict[str, Any]) -> Words:
    properties = raw.get("properties")
    own = properties if isinstance(properties, dict) else {}
    danish = next((raw[name] for name in _LABELS if raw.get(name)), "") or own.get("title") or raw.get("key")
    english = raw.get("labelEn") or own.get("labelEn") or own.get("textEn") or own.get("titleEn")
    return words(" ".join(str(danish or "").split())[:80], english)
