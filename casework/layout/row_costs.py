"""What a choice of rows costs: bends, distance, lines in the way, estimated crossings, height.

All numbers are weights found by looking at pictures; 1 is about one row of distance.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from casework.layout.model import Kind
from casework.layout.structure import exception_nodes, split_joins

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casework.layout.model import Edge, Node, Scope

Line = tuple[int, int, int, int, "Node", "Node"]
"""Column, height, column, height, and the nodes at both ends, of a straight line that stands for an edge."""
_LANE_HEIGHT = 20
_NEAR = 4


class Board:
    """Rows of one scope as they stand, and their cost. A cell is (lane, row, column)."""

    def __init__(self, scope: Scope, crossing_weight: float, row_weight: float) -> None:
        self.scope, self.crossing_weight, self.row_weight = scope, crossing_weight, row_weight
        self.nodes = sorted(scope.nodes, key=lambda node: node.column)
        self.cells: dict[tuple[int, int, int], Node] = {}
        self.edges_of: dict[str, list[Edge]] = defaultdict(list)
        self.lanes: dict[int, list[Node]] = defaultdict(list)
        self.partners: dict[str, list[Node]] = defaultdict(list)
        self.exceptions = exception_nodes(scope)
        self.lines: dict[str, Line] = {}
        for edge in scope.edges:
            for ref in {edge.source.anchor.id, edge.target.anchor.id}:
                self.edges_of[ref].append(edge)
            self._draw_line(edge)
        for node in self.nodes:
            self.lanes[node.lane].append(node)
        for split, join in split_joins(scope):
            self.partners[split.id].append(join)
            self.partners[join.id].append(split)
        self.weight = _weights(scope)

    def spots(self, node: Node, row: int) -> list[tuple[int, int, int]]:
        """The cells that `node` would fill in `row`."""
        return [(node.lane, row, column) for column in range(node.column, node.column + node.span)]

    def is_free(self, node: Node, row: int) -> bool:
        """Whether `node` could stand in `row`."""
        return all(self.cells.get(spot) in (None, node) for spot in self.spots(node, row))

    def put(self, node: Node, row: int) -> None:
        """Stand `node` in `row`."""
        node.row = row
        for spot in self.spots(node, row):
            self.cells[spot] = node
        for edge in self.edges_of[node.id]:
            self._draw_line(edge)

    def lift(self, node: Node) -> None:
        """Take `node` off the board."""
        for spot in self.spots(node, node.row):
            self.cells.pop(spot, None)

    def cost_around(self, group: Iterable[Node]) -> float:
        """Cost of all that a move of `group` can change."""
        group = list(group)
        edges = {edge.id: edge for node in group for edge in self.edges_of[node.id]}
        lanes = {node.lane for node in group}
        cost = sum(self._edge(edge) + self.crossing_weight * self._crossings(edge) for edge in edges.values())
        cost += sum(
            self._edge(edge)
            for edge in self.scope.edges
            if edge.id not in edges and (edge.source.anchor.lane in lanes or edge.target.lane in lanes)
        )
        rows = {(lane, row) for lane, row, _ in self.cells if lane in lanes}
        cost += sum(
            1.5 * min(2, abs(node.row - other.row))
            for node in group
            for other in self.partners[node.id]
            if other.lane == node.lane
        )
        cost += sum(self._exception_above(node) for node in group)
        return cost + self.row_weight * len(rows) + sum(0.02 * abs(node.row) for node in group)

    def _exception_above(self, node: Node) -> float:
        """Exceptions hang below the main flow."""
        is_exception = node.id in self.exceptions
        cost = 0.0
        for other in self.lanes[node.lane]:
            if (other.id in self.exceptions) == is_exception or abs(other.column - node.column) >= _NEAR:
                continue
            if Kind.NOTE not in (node.kind, other.kind):
                cost += 1.2 * (node.row < other.row if is_exception else other.row < node.row)
        return cost

    def _edge(self, edge: Edge) -> float:
        source, target = edge.source.anchor, edge.target.anchor
        if edge.is_association:
            return _note_cost(source, target)
        is_same_lane = source.lane == target.lane
        distance = abs(source.row - target.row) if is_same_lane else 0.8 * abs(source.lane - target.lane)
        if edge.is_loop:
            return 0.6 * distance
        first, last = source.column + source.span - 1, target.column
        if edge.source.host:
            blocked = 0 if self._is_clear(target.lane, target.row, first, last) else 2
            return blocked + _boundary_cost(source, target, distance)
        if is_same_lane and source.row == target.row:
            return 0.0 if self._is_clear(source.lane, source.row, first, last) else 7.0
        cost = (2.0 + distance) * self.weight[edge.id] if is_same_lane else distance
        leaves_clear = self._is_clear(source.lane, source.row, first, last + 1)
        if not leaves_clear and not self._is_clear(target.lane, target.row, first - 1, last):
            cost += 2.0
        return cost

    def _is_clear(self, lane: int, row: int, first: int, last: int) -> bool:
        """Whether nothing stands in the row between two columns."""
        return not any((lane, row, column) in self.cells for column in range(first + 1, last))

    def _draw_line(self, edge: Edge) -> None:
        source, target = edge.source.anchor, edge.target.anchor
        self.lines[edge.id] = (
            *(source.column + source.span - 1, source.lane * _LANE_HEIGHT + source.row),
            *(target.column, target.lane * _LANE_HEIGHT + target.row),
            *(source, target),
        )

    def _crossings(self, edge: Edge) -> float:
        """Estimate how many other edges this one crosses, all taken as straight lines."""
        x1, y1, x2, y2, source, target = self.lines[edge.id]
        if x2 <= x1:
            return 0.0
        top, bottom = (y1, y2) if y1 < y2 else (y2, y1)
        slope = (y2 - y1) / (x2 - x1)
        total = 0.0
        for u1, v1, u2, v2, other_source, other_target in self.lines.values():
            if u1 >= x2 or u2 <= x1 or u2 <= u1 or source is other_source or target is other_target:
                continue
            if (v1 <= top and v2 <= top) or (v1 >= bottom and v2 >= bottom):
                continue
            low, high = max(x1, u1), min(x2, u2)
            incline = (v2 - v1) / (u2 - u1)
            at_low = y1 + slope * (low - x1) - v1 - incline * (low - u1)
            at_high = y1 + slope * (high - x1) - v1 - incline * (high - u1)
            total += at_low * at_high < 0
        return total


def _weights(scope: Scope) -> dict[str, float]:
    """A flow that is the only one out of its source, or into its target, should be straight before others are."""
    leaving: dict[str, int] = defaultdict(int)
    entering: dict[str, int] = defaultdict(int)
    for edge in scope.flows:
        leaving[edge.source.id] += edge.source.host is None
        entering[edge.target.id] += 1
    return {
        edge.id: 1.0 + (leaving[edge.source.id] == 1) * 0.6 + (entering[edge.target.id] == 1) * 0.6
        for edge in scope.edges
    }


def _note_cost(note: Node, explained: Node) -> float:
    """A note stands above, or below what has no boundary events."""
    distance = note.row - explained.row
    if distance == -1:
        return 0.0
    return 0.8 if distance == 1 and not explained.boundary else 4.0 + 2 * abs(distance)


def _boundary_cost(host: Node, target: Node, distance: float) -> float:
    """What a boundary event leads to stands below."""
    if host.lane == target.lane:
        return 0.6 + 0.7 * distance if target.row > host.row else 7.0 + distance
    return 0.5 * distance if target.lane > host.lane else 2.5 + distance
