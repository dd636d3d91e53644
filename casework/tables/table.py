"""A table as data: every cell is a value of its column's kind, so that each reader can sort, add up and word it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

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


@dataclass(frozen=True)
class Column:
    """`key` is stable and meant for programs."""

    key: str
    title: Message
    kind: Kind = Kind.COUNT


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
