"""All coordinates of one scope, relative to its own corner."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from casework.layout.columns import assign_columns
from casework.layout.coordinates import set_coordinates
from casework.layout.grid import Grid
from casework.layout.labels import choose_label_sides, place_edge_labels, place_node_labels
from casework.layout.routing import route
from casework.layout.rows import assign_rows
from casework.layout.sizes import spread_boundary

if TYPE_CHECKING:
    from casework.layout.model import Node, Scope

#: Weights of (crossings, rows) to try; a scope with more than `_MANY` nodes takes the first only.
_VARIANTS = ((2.5, 1.6), (1.5, 1.6), (4.0, 0.8))
_MANY = 16
_EMPTY = (100, 60)


def place(scope: Scope) -> None:
    """Place nodes, edges, labels and lanes; what is inside of subprocesses is placed before, and follows."""
    if not scope.nodes:
        scope.width, scope.height = _EMPTY
        scope.height = max(scope.height, sum(scope.lane_heights))
        scope.lanes = _stacked(scope.lane_heights)
        return
    assign_columns(scope)
    variants = _VARIANTS if len(scope.nodes) <= _MANY else _VARIANTS[:1]
    best = variants[0] if len(variants) == 1 else min(variants, key=lambda variant: _try(scope, variant))
    _place_with(scope, best)
    place_edge_labels(scope)


def place_inside(scope: Scope) -> None:
    """Move what is inside of subprocesses to where the subprocess now is."""
    for node in scope.nodes:
        if node.inner:
            node.inner.shift(node.x - node.width / 2, node.y - node.above)
            place_inside(node.inner)


def _stacked(heights: list[float]) -> list[tuple[float, float]]:
    return [(sum(heights[:number]), height) for number, height in enumerate(heights)]


def _try(scope: Scope, variant: tuple[float, float]) -> float:
    _place_with(scope, variant)
    return _badness(scope)


def _place_with(scope: Scope, variant: tuple[float, float]) -> None:
    for edge in scope.edges:
        edge.path, edge.points, edge.label = [], [], None
    assign_rows(scope, *variant)
    for node in scope.nodes:
        node.ports = {}
        _sort_boundary(scope, node)
        spread_boundary(node)
    grid = Grid(scope)
    route(grid)
    sides = choose_label_sides(scope)
    set_coordinates(grid, sides)
    place_node_labels(scope, sides)


def _sort_boundary(scope: Scope, host: Node) -> None:
    """The boundary event with the lowest target stands leftmost: what leaves it then crosses no other."""

    def depth(event: Node) -> tuple[int, int]:
        return max(((e.target.lane, e.target.row) for e in scope.edges if e.source is event), default=(-1, 0))

    host.boundary.sort(key=depth, reverse=True)


def _badness(scope: Scope) -> float:
    """Crossings, bends, length of lines and height of a finished scope."""
    across: list[tuple[float, float, float]] = []
    down: list[tuple[float, float, float]] = []
    bends, length = 0, 0.0
    for edge in scope.edges:
        bends += max(0, len(edge.points) - 2)
        for (x1, y1), (x2, y2) in pairwise(edge.points):
            length += abs(x2 - x1) + abs(y2 - y1)
            if y1 == y2:
                across.append((y1, min(x1, x2), max(x1, x2)))
            else:
                down.append((x1, min(y1, y2), max(y1, y2)))
    crossings = sum(1 for y, left, right in across for x, top, low in down if left < x < right and top < y < low)
    return 100 * crossings + 18 * bends + 0.03 * length + 0.25 * scope.height
