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
    def item(self, node: Any, owner: Item) -> Item | None:
        word = local(node)
        if word in _OWN and owner.kind == "decisions":
            return Item(node.get("id") or node.get("name") or word, word, words(node.get("name")), owner.key)
        if local(node.getparent()) != "decisionTable":
            return None
        if word in _COLUMNS:
            label = node.get("label") or node.get("name") or _text(node)
            alias = f"{word} {_text(node)} {node.get('name')}"
            return Item(_column(node), _COLUMNS[word], words(label), owner.key, f"{word}s of {owner.key}", alias)
        if word == "rule":
            alias = " | ".join(_text(cell) for cell in node if local(cell) == "inputEntry")
            key = node.get("id") or f"{owner.key}/{alias}"
            return Item(key, "rule", words(str(_number(node))), owner.key, f"rules of {owner.key}", alias)
        return None

    def step(self, node: Any) -> str:
        """A cell by its column, so that a new column does not shift the others."""
        word = _CELLS.get(local(node))
        if word is None or local(node.getparent()) != "rule":
            return ""
        number = _number(node)
        columns = [one for one in node.getparent().getparent() if local(one) == word]
        return f"cell[{_column(columns[number - 1]) if number <= len(columns) else f'{word} {number}'}]"


def _column(node: Any) -> str:
    return node.get("id") or f"{local(node)} {_number(node)}"


def _number(node: Any) -> int:
    return 1 + sum(local(one) == local(node) for one in node.itersiblings(preceding=True))


def _text(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())
