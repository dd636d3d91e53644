"""The grid that shapes stand in and edges run through, and who runs where.

Across: channel, column, channel, column, ... channel. Down, for each lane: channel, row, channel, row, ... channel.
A node fills one cell (column, row), an expanded subprocess several columns of one row; edges run in the channels or through
empty cells, so that none can cross a shape. Bands are numbered from 0; odd column bands are columns.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casework.layout.model import Cell, Edge, Node, Scope

#: About how wide and high bands are, in px, before they have their size.
_COLUMN, _COLUMN_CHANNEL, _ROW, _ROW_CHANNEL = 110.0, 45.0, 85.0, 28.0
_SIDE_BY_SIDE = 9


def are_kin(one: Edge, other: Edge) -> bool:
    """Whether two edges may share a piece of line: they have a common source or a common target."""
    is_common = one.source is other.source or one.target is other.target
    return one.is_association == other.is_association and is_common


class Grid:
    """Bands, the cells that nodes fill, and the edges that run through each cell."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.column_count = max(node.column + node.span for node in scope.nodes)
        self.lane_of_band: list[int] = []
        self.is_row: list[bool] = []
        first = []
        for lane in range(len(scope.lane_heights)):
            rows = max((node.row + 1 for node in scope.nodes if node.lane == lane), default=1)
            first.append(len(self.lane_of_band) + 1)
            self.lane_of_band += [lane] * (2 * rows + 1)
            self.is_row += [number % 2 == 1 for number in range(2 * rows + 1)]
        self.x = {node.id: 2 * node.column + 1 for node in scope.nodes}
        self.y = {node.id: first[node.lane] + 2 * node.row for node in scope.nodes}
        self.owner: dict[Cell, Node] = {
            (x, self.y[node.id]): node for node in scope.nodes for x in range(self.x[node.id], self.last_x(node) + 1)
        }
        self.width_of = [_COLUMN if x % 2 else _COLUMN_CHANNEL for x in range(2 * self.column_count + 1)]
        self.height_of = [_ROW if is_row else _ROW_CHANNEL for is_row in self.is_row]
        self.occupancy = Occupancy()

    def last_x(self, node: Node) -> int:
        """The last column band that `node` fills."""
        return self.x[node.id] + 2 * node.span - 2

    def holds(self, x: int, y: int) -> bool:
        """Whether the position lies on the grid."""
        return 0 <= x < len(self.width_of) and 0 <= y < len(self.height_of)

    def is_middle(self, band: int, *, is_horizontal: bool) -> bool:
        """Whether a line in this band runs along the middle of a row or a column, and not in a channel."""
        return self.is_row[band] if is_horizontal else band % 2 == 1

    def boundary_x(self, event: Node) -> int:
        """Column band below a boundary event."""
        host = event.anchor
        if host.span == 1:
            return self.x[host.id]
        return self.x[host.id] + 2 * max(0, host.span - len(host.boundary) + host.boundary.index(event))

    def are_side_by_side(self, one: Edge, other: Edge, x: int) -> bool:
        """Whether both run down from boundary events far enough apart in column band `x`."""
        return abs(self._offset(one, x) - self._offset(other, x)) > _SIDE_BY_SIDE

    def _offset(self, edge: Edge, x: int) -> float:
        event = edge.source
        return event.offset if event.host and not has_own_column(event) and self.boundary_x(event) == x else 0.0


def has_own_column(event: Node) -> bool:
    """Whether a boundary event of a wide subprocess has a column to itself."""
    return event.host is not None and 1 < event.host.span >= len(event.host.boundary)


class Occupancy:
    """Which edges run where: from one position to the next, and straight through a position."""

    def __init__(self) -> None:
        self.across: dict[Cell, list[Edge]] = defaultdict(list)
        self.down: dict[Cell, list[Edge]] = defaultdict(list)
        self.through_across: dict[Cell, list[Edge]] = defaultdict(list)
        self.through_down: dict[Cell, list[Edge]] = defaultdict(list)

    def enter(self, edge: Edge) -> None:
        """Note the path of `edge`."""
        for edges in self._places(edge):
            edges.append(edge)

    def leave(self, edge: Edge) -> None:
        """Forget the path of `edge`."""
        for edges in self._places(edge):
            edges.remove(edge)

    def _places(self, edge: Edge) -> list[list[Edge]]:
        places = []
        for (x1, y1), (x2, y2) in pairwise(edge.path):
            places.append(self.across[min(x1, x2), y1] if y1 == y2 else self.down[x1, min(y1, y2)])
        for (x0, y0), (x1, y1), (x2, y2) in zip(edge.path, edge.path[1:], edge.path[2:], strict=False):
            if y0 == y1 == y2:
                places.append(self.through_across[x1, y1])
            elif x0 == x1 == x2:
                places.append(self.through_down[x1, y1])
        return places
