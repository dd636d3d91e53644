"""A table as data: every cell is a value of its column's kind, so that each reader can sort, add up and word it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from casework import values
from casework.i18n import Message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

#: None: there is nothing to say, as the median of nothing.
Cell: TypeAlias = str | int | Decimal | date | datetime | Message | None


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"  #: str or Message.
    COUNT = "count"  #: int; a figure that opens into its cases.
    PERCENT = "percent"  #: Decimal, 0 to 100.
    DAYS = "days"  #: Decimal, in days.
    MONEY = "money"  #: Decimal, in kroner.
    DATE = "date"  #: date.
    INSTANT = "instant"  #: aware datetime.


@dataclass(frozen=True)
class Column:
    """`key` is stable and meant for programs."""

    key: str
    title: Message
    kind: Kind = Kind.COUNT

    def to_json(self) -> dict[str, Any]:
        """Give what `from_json` reads."""
        return {"key": self.key, "title": self.title.to_json(), "kind": self.kind.value}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Column:
        """Read what `to_json` gave."""
        return cls(data["key"], Message.from_json(data["title"]), Kind(data["kind"]))


@dataclass(frozen=True)
class Row:
    """Cells in the order of the columns; `cases`: by column key, the cases that a figure counts."""

    key: str
    cells: tuple[Cell, ...]
    cases: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """`note` says how to read it, in one sentence."""

    key: str
    title: Message
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Message | None = None

    def to_json(self) -> dict[str, Any]:
        """Give what `from_json` reads; the cases behind figures are left out."""
        return {
            "key": self.key,
            "title": self.title.to_json(),
            "columns": [column.to_json() for column in self.columns],
            "rows": [{"key": row.key, "cells": [_cell_to_json(cell) for cell in row.cells]} for row in self.rows],
            "note": self.note.to_json() if self.note else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Table:
        """Read what `to_json` gave."""
        rows = tuple(Row(row["key"], tuple(_cell_from_json(cell) for cell in row["cells"])) for row in data["rows"])
        columns = tuple(Column.from_json(column) for column in data["columns"])
        note = Message.from_json(data["note"]) if data["note"] else None
        return cls(data["key"], Message.from_json(data["title"]), columns, rows, note)


def _cell_to_json(cell: Cell) -> Any:
    return {"$words": cell.to_json()} if isinstance(cell, Message) else values.to_json(cell)


def _cell_from_json(cell: Any) -> Cell:
    if isinstance(cell, dict) and "$words" in cell:
        return Message.from_json(cell["$words"])
    found: Cell = values.from_json(cell)
    return found
