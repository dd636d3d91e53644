"""A file taken apart: items that have a name and a place, each with its facets. What is compared is nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field

from casework.forms.words import Words, words


@dataclass(slots=True)
class Item:
    """An element, a flow, a deadline, a field, a rule, …; `facets` maps a path within it to the text that stands there.

    `siblings` is the list in which its order counts, empty where it counts nowhere. `alias` finds it again when another
    tool has given it a new id.
    """

    key: str
    kind: str
    name: Words = field(default_factory=lambda: words(""))
    parent: str = ""
    siblings: str = ""
    alias: str = ""
    facets: dict[str, str] = field(default_factory=dict)
    _seen: dict[str, int] = field(default_factory=dict)

    def put(self, path: str, value: str) -> None:
        """Keep a value; the second of the same path gets a number, so that nothing is lost."""
        self.facets[_numbered(path, self._seen)] = value


@dataclass(slots=True)
class Parts:
    """All items of a file by key, in the order of the file, and its picture: what is drawn of each element."""

    items: dict[str, Item] = field(default_factory=dict)
    picture: dict[str, str] = field(default_factory=dict)
    _keys: dict[str, int] = field(default_factory=dict)
    _drawn: dict[str, int] = field(default_factory=dict)

    def add(self, item: Item) -> Item:
        """Keep it, under a key of its own where two have the same."""
        item.key = _numbered(item.key, self._keys)
        self.items[item.key] = item
        return item

    def draw(self, key: str, drawing: str) -> None:
        """Keep how something is drawn."""
        self.picture[_numbered(key, self._drawn)] = drawing


def _numbered(name: str, seen: dict[str, int]) -> str:
    """The name itself, then `name#2` and so on, also where somebody has called something else so."""
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else _numbered(f"{name}#{seen[name]}", seen)
