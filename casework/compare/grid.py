"""A decision table of two versions laid over each other: each column, row and cell with what has happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.compare.change import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casework.compare.item import Item, Parts
    from casework.i18n import Message

MOST_CELLS = 20_000


@dataclass(frozen=True)
class Column:
    """`is_input`: a condition; else a result."""

    name: Message
    is_input: bool
    kind: Kind | None


@dataclass(frozen=True)
class Cell:
    """`before` and `after` are None where there is no such cell."""

    before: str | None
    after: str | None

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than before."""
        return self.before != self.after


@dataclass(frozen=True)
class Row:
    """`number` is that of the new version or, of a row that is no more, of the old one."""

    number: Message
    kind: Kind | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """One table; rows that were removed stand last."""

    file: str
    name: Message
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def grids(file: str, old: Parts, new: Parts, same: Mapping[str, str]) -> Iterator[Grid]:
    """Those tables of which a column, a row or a cell differs."""
    both = _Both(old, new, same, {after: before for before, after in same.items()})
    for key in [*new.items, *(key for key in old.items if key not in same)]:
        item = new.items.get(key) or old.items[key]
        if item.kind == "decision" and both.is_readable(item):
            grid = both.grid(file, item)
            if any(column.kind for column in grid.columns) or any(row.kind for row in grid.rows):
                yield grid


@dataclass(frozen=True)
class _Both:
    old: Parts
    new: Parts
    same: Mapping[str, str]
    back: Mapping[str, str]

    def is_readable(self, decision: Item) -> bool:
        """Nobody reads a larger one; its cells are listed."""
        columns = sum(len(self._keys(word, decision)) for word in ("inputColumn", "outputColumn"))
        return columns * len(self._keys("rule", decision)) <= MOST_CELLS

    def grid(self, file: str, decision: Item) -> Grid:
        keys = [key for word in ("inputColumn", "outputColumn") for key in self._keys(word, decision)]
        columns = tuple(self._column(key) for key in keys)
        rows = tuple(self._row(key, keys) for key in self._keys("rule", decision))
        return Grid(file, decision.name, columns, rows)

    def _keys(self, kind: str, decision: Item) -> list[str]:
        """Of the new version, then what is no more."""
        now = [i.key for i in self.new.items.values() if i.kind == kind and i.parent == decision.key]
        gone = [i for i in self.old.items.values() if i.kind == kind and i.key not in self.same]
        return now + [i.key for i in gone if self.same.get(i.parent, i.parent) == decision.key]

    def _column(self, key: str) -> Column:
        item = self.new.items.get(key) or self.old.items[key]
        return Column(item.name, item.kind == "inputColumn", self._whole(key))

    def _row(self, key: str, columns: list[str]) -> Row:
        item = self.new.items.get(key) or self.old.items[key]
        cells = tuple(self._cell(key, column) for column in columns)
        kind = self._whole(key) or (Kind.CHANGED if any(cell.is_changed for cell in cells) else None)
        return Row(item.name, kind, cells)

    def _cell(self, rule: str, column: str) -> Cell:
        was, now = self.old.items.get(self._before(rule)), self.new.items.get(rule)
        before = None if was is None else was.facets.get(f"cell[{self._before(column)}]/text")
        return Cell(before, None if now is None else now.facets.get(f"cell[{column}]/text"))

    def _before(self, key: str) -> str:
        return self.back.get(key, key)

    def _whole(self, key: str) -> Kind | None:
        if key not in self.new.items:
            return Kind.REMOVED
        return None if key in self.back else Kind.ADDED
