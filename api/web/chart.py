"""Pictures of tables as geometry, which `reports/chart.html` draws as SVG; bars here, what runs through time in `plot`.

Lengths across are per cents of the width, so that a picture fits a phone and a wide screen alike and its words keep their
size; lengths down are pixels. What is drawn are the table's own cells. A row with a cell that is not told (`fewer than 5`) has
its words but no bar: half a bar would be a wrong bar.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casework.tables import Cell, Column, Row, Table

    #: Says a cell of a column.
    Say: TypeAlias = Callable[[Cell, Column], str]
    #: Says what a row is about.
    Name: TypeAlias = Callable[[Row], str]
    #: The columns that are drawn: place in a row, column, tone.
    Drawn: TypeAlias = Sequence[tuple[int, Column, str]]

WHOLE = 100
#: Across: the longest line of a label, in letters. Down: a line of a label, a bar, the room below it.
LABEL, LABEL_LINES = 40, 2
LINE, BAR, GAP = 18, 14, 14
#: So many rows are drawn, the largest.
MOST_BARS = 15
#: The row of a sum, which is no bar among the others.
TOTAL = "total"


@dataclass(frozen=True)
class Series:
    """A column of the table that is drawn, in one of the tones of the style sheet (`f-…`)."""

    column: str
    tone: str


@dataclass(frozen=True)
class Piece:
    """A coloured rectangle; `words` say what it shows."""

    x: float
    width: float
    y: float
    height: float
    tone: str
    words: str


@dataclass(frozen=True)
class Label:
    """Words at a place; `anchor` as in SVG."""

    x: float
    y: float
    words: str
    anchor: str = "start"


@dataclass(frozen=True)
class Stroke:
    """A line between two points."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Chart:
    """All that is drawn. `legend`: tone and column of each series, where there are several. `dots` are points with words."""

    height: float
    pieces: tuple[Piece, ...] = ()
    labels: tuple[Label, ...] = ()
    legend: tuple[tuple[str, Column], ...] = ()
    grid: tuple[Stroke, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    dots: tuple[Label, ...] = ()


def bars(table: Table, series: Sequence[Series], say: Say, name: Name, *, of: int | None = None) -> Chart:
    """A bar for each row but the sum, its series one after the other; `of`: what is drawn as a full bar's ground."""
    columns = drawn(table, series)
    rows = _largest(rows_of(table), columns)
    whole = max(of or 0, *(told_sum(row, columns) or 0 for row in rows)) or 1
    pieces: list[Piece] = []
    labels: list[Label] = []
    top = 0
    for row in rows:
        lines = wrap(name(row), LABEL, max_lines=LABEL_LINES, placeholder=" …") or [""]
        labels += [Label(0, top + LINE * place - 4, words) for place, words in enumerate(lines, start=1)]
        told = " · ".join(say(row.cells[place], column) for place, column, _ in columns)
        labels.append(Label(WHOLE, top + LINE - 4, told, "end"))
        top += LINE * len(lines)
        if of:
            pieces.append(Piece(0, round(WHOLE * of / whole, 3), top, BAR, "base", ""))
        pieces += _bar(row, columns, say, (top, whole))
        top += BAR + GAP
    return Chart(max(0, top - GAP), tuple(pieces), tuple(labels), legend_of(columns))


def can_draw(table: Table, series: Sequence[Series]) -> bool:
    """Whether the table has these columns (what was kept in another year may not), and enough in them that is told."""
    keys = {column.key for column in table.columns}
    if not all(one.column in keys for one in series):
        return False
    columns, rows = drawn(table, series), rows_of(table)
    told = [found for row in rows if (found := told_sum(row, columns)) is not None]
    return any(told) and 2 * len(told) >= len(rows)


def drawn(table: Table, series: Sequence[Series]) -> Drawn:
    """The columns of the series."""
    places = {column.key: place for place, column in enumerate(table.columns)}
    return [(places[one.column], table.columns[places[one.column]], one.tone) for one in series]


def rows_of(table: Table) -> list[Row]:
    """All but the sum."""
    return [row for row in table.rows if row.key != TOTAL]


def told_sum(row: Row, columns: Drawn) -> float | None:
    """What the series make together; None where there is nothing to tell, or a part of it is not told."""
    found = [cell for place, _, _ in columns if (cell := row.cells[place]) is not None]
    return sum(map(number, found)) if found and all(map(is_number, found)) else None


def number(cell: Cell) -> float:
    """The length of a cell; what is no number has none."""
    return float(cell) if isinstance(cell, int | Decimal) else 0.0


def is_number(cell: Cell) -> bool:
    """Whether the cell is told as a number."""
    return isinstance(cell, int | Decimal)


def legend_of(columns: Drawn) -> tuple[tuple[str, Column], ...]:
    """Tone and column of each; one series alone needs no legend."""
    return tuple((tone, column) for _, column, tone in columns) if len(columns) > 1 else ()


def _largest(rows: list[Row], columns: Drawn) -> list[Row]:
    """At most `MOST_BARS`, in the table's order."""
    ranked = sorted(range(len(rows)), key=lambda place: -(told_sum(rows[place], columns) or 0))
    return [rows[place] for place in sorted(ranked[:MOST_BARS])]


def _bar(row: Row, columns: Drawn, say: Say, scale: tuple[float, float]) -> list[Piece]:
    top, whole = scale
    found: list[Piece] = []
    left = 0.0
    for place, column, tone in columns if told_sum(row, columns) is not None else ():
        width = WHOLE * number(row.cells[place]) / whole
        if width:
            words = f"{say(column.title, column)}: {say(row.cells[place], column)}"
            found.append(Piece(round(left, 3), round(width, 3), top, BAR, tone, words))
        left += width
    return found
