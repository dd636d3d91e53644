"""A file taken apart: items that have a name and a place, each with its facets. What is compared is nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field

from casework.forms.words import Words, words

#: What stands before an item that is the first of its list.
FIRST = ""


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


@dataclass(slots=True)
class Parts:
    """All items of a file by key, in the order of the file, and its picture: what is drawn of each element."""

    items: dict[str, Item] = field(default_factory=dict)
    picture: dict[str, str] = field(default_factory=dict)

    def add(self, item: Item) -> Item:
        """Keep it, under a key of its own where two have the same."""
        item.key = self._free(item.key)
        self.items[item.key] = item
        return item

    def _free(self, key: str) -> str:
        number, free = 1, key
        while free in self.items:
            number += 1
            free = f"{key}#{number}"
        return free


def put(facets: dict[str, str], path: str, value: str) -> None:
    """Keep a value; the second of the same path gets a number, so that nothing is lost."""
    number, free = 1, path
    while free in facets:
        number += 1
        free = f"{path}#{number}"
    facets[free] = value
