"""The items of a DMN file: decisions, columns and rules; the cells of a rule are facets, named by their column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.compare.item import Item
from casework.compare.xml_items import take_apart
from casework.diagrams import local
from casework.forms.words import words

if TYPE_CHECKING:
    from casework.compare.item import Parts

_OWN = frozenset({"decision", "inputData", "businessKnowledgeModel", "knowledgeSource"})
_COLUMNS = {"input": "inputColumn", "output": "outputColumn"}
_CELLS = {"inputEntry": "input", "outputEntry": "output"}


def dmn_items(root: Any) -> Parts:
    """Take a file of decisions apart. Columns and rules are found again by what they say when their ids are new."""
    return take_apart(root, "decisions", _Dmn())


class _Dmn:
    """Counts siblings once: a table may have thousands of rows."""

    def __init__(self) -> None:
        self._places: dict[Any, dict[Any, int]] = {}
        self._found: dict[tuple[Any, str], list[Any]] = {}

    def item(self, node: Any, owner: Item) -> Item | None:
        word = local(node)
        if word in _OWN and owner.kind == "decisions":
            return Item(node.get("id") or node.get("name") or word, word, words(node.get("name")), owner.key)
        if local(node.getparent()) != "decisionTable":
            return None
        if word in _COLUMNS:
            label = node.get("label") or node.get("name") or _text(node)
            alias = f"{word} {_text(node)} {node.get('name')}"
            return Item(self._column(node), _COLUMNS[word], words(label), owner.key, f"{word}s of {owner.key}", alias)
        if word == "rule":
            alias = " | ".join(_text(cell) for cell in node if local(cell) == "inputEntry")
            key = node.get("id") or f"{owner.key}/{alias}"
            return Item(key, "rule", words(str(self._number(node))), owner.key, f"rules of {owner.key}", alias)
        return None

    def step(self, node: Any) -> str:
        """A cell by its column, so that a new column does not shift the others."""
        word = _CELLS.get(local(node))
        rule = node.getparent()
        if word is None or local(rule) != "rule":
            return ""
        number = self._number(node)
        columns = self._columns(rule.getparent(), word)
        return f"cell[{self._column(columns[number - 1]) if number <= len(columns) else f'{word} {number}'}]"

    def _columns(self, table: Any, word: str) -> list[Any]:
        if (table, word) not in self._found:
            self._found[table, word] = [one for one in table if local(one) == word]
        return self._found[table, word]

    def _column(self, node: Any) -> str:
        return node.get("id") or f"{local(node)} {self._number(node)}"

    def _number(self, node: Any) -> int:
        return self._siblings(node.getparent())[node]

    def _siblings(self, parent: Any) -> dict[Any, int]:
        """The children of a node, each with its number among those of its tag."""
        if parent not in self._places:
            counts: dict[str, int] = {}
            places = self._places[parent] = {}
            for child in parent:
                counts[local(child)] = places[child] = counts.get(local(child), 0) + 1
        return self._places[parent]


def _text(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())
