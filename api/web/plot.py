"""Pictures of what runs through time, month by month: columns on top of each other, and a line."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from api.web.chart import (
    LINE,
    WHOLE,
    Chart,
    Label,
    Piece,
    Series,
    Stroke,
    drawn,
    is_number,
    legend_of,
    number,
    rows_of,
    told_sum,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.web.chart import Drawn, Name, Say
    from casework.tables import Cell, Row, Table

#: Down: the plot, the room above it and that of the names below. Across: the room of the numbers on its left.
PLOT, HEAD, FOOT = 150, 18, 44
LEFT = 8
#: So many months are named at the most.
MOST_NAMES = 12
#: How much of a month's room its column takes.
FILLED = 0.7
HEIGHT = HEAD + PLOT + FOOT
#: The lines across a plot of per cents.
PERCENTS = (0, 50, WHOLE)


def months(table: Table, series: Sequence[Series], say: Say, name: Name) -> Chart:
    """A column for each row but the sum; `name` says a month in a few letters, its lines parted by a new line."""
    columns, rows = drawn(table, series), rows_of(table)
    step, top = _steps(max((told_sum(row, columns) or 0 for row in rows), default=0))
    pieces = [piece for place in range(len(rows)) for piece in _column(table, columns, say, (place, PLOT / top))]
    labels, grid = _frame(rows, name, range(0, top + 1, step))
    return Chart(HEIGHT, tuple(pieces), labels, legend_of(columns), grid)


def line(table: Table, column_key: str, say: Say, name: Name) -> Chart:
    """A line through a column of per cents, broken where a row has none."""
    ((place, column, _),) = drawn(table, (Series(column_key, ""),))
    rows = rows_of(table)
    points = [_point(row.cells[place], _middle(rows, at)) for at, row in enumerate(rows)]
    strokes = tuple(Stroke(*one, *other) for one, other in pairwise(points) if one and other)
    dots = tuple(
        Label(*point, f"{say(row.cells[0], table.columns[0])}: {say(row.cells[place], column)}")
        for point, row in zip(points, rows, strict=True)
        if point
    )
    labels, grid = _frame(rows, name, PERCENTS)
    return Chart(HEIGHT, (), labels, (), grid, strokes, dots)


def _column(table: Table, columns: Drawn, say: Say, scale: tuple[int, float]) -> list[Piece]:
    at, pixels = scale
    rows = rows_of(table)
    row, x, width = rows[at], round(LEFT + at * _room(rows), 3), round(_room(rows) * FILLED, 3)
    found: list[Piece] = []
    height = 0.0
    for place, column, tone in columns if told_sum(row, columns) is not None else ():
        tall = number(row.cells[place]) * pixels
        height += tall
        if tall:
            words = (
                f"{say(row.cells[0], table.columns[0])}, {say(column.title, column)}: {say(row.cells[place], column)}"
            )
            found.append(Piece(x, width, round(HEAD + PLOT - height, 2), round(tall, 2), tone, words))
    return found


def _point(cell: Cell, x: float) -> tuple[float, float] | None:
    return (x, round(HEAD + PLOT - PLOT * number(cell) / WHOLE, 2)) if is_number(cell) else None


def _steps(most: float) -> tuple[int, int]:
    """The distance of lines across a plot, and the topmost: at most four above the lowest, at round numbers."""
    step = next(size * 10**power for power in range(12) for size in (1, 2, 5) if size * 10**power * 4 >= most)
    return step, max(step, -(-int(most) // step) * step)


def _frame(rows: Sequence[Row], name: Name, steps: Sequence[int]) -> tuple[tuple[Label, ...], tuple[Stroke, ...]]:
    """Lines across with their numbers, and the names of the months below."""
    heights = [(step, HEAD + PLOT - PLOT * step / steps[-1]) for step in steps]
    numbers = [Label(LEFT - 2, y + 4, str(step), "end") for step, y in heights]
    each = -(-len(rows) // MOST_NAMES) or 1
    names = [
        Label(_middle(rows, place), HEAD + PLOT + LINE * floor, part, "middle")
        for place, row in enumerate(rows)
        if place % each == 0
        for floor, part in enumerate(name(row).split("\n"), start=1)
    ]
    return (*numbers, *names), tuple(Stroke(LEFT, y, WHOLE, y) for _, y in heights)


def _room(rows: Sequence[Row]) -> float:
    return (WHOLE - LEFT) / max(1, len(rows))


def _middle(rows: Sequence[Row], place: int) -> float:
    return round(LEFT + _room(rows) * (place + FILLED / 2), 3)
