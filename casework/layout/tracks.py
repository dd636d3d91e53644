"""Tracks: parallel pieces of edges beside each other in the channels, ordered so that they cross seldom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from casework.layout.grid import are_kin

if TYPE_CHECKING:
    from casework.layout.grid import Grid
    from casework.layout.model import Cell, Edge

#: Positions along a band are counted so finely that the offset of a boundary event fits in between.
_FINE = 1000
_CROSSING, _ON_ONE_LINE, _TOUCH, _NEAR_TOUCH = 1.0, 20.0, 0.6, 0.4
_ENOUGH = 1e-9


@dataclass(eq=False)
class Piece:
    """A straight piece of an edge in one band, or of several kin edges that share it."""

    edges: list[Edge]
    is_horizontal: bool
    band: int
    first: float
    last: float
    #: Where it bends, and to which side the edge goes on: 1 to smaller numbers, -1 to larger.
    bends: set[tuple[float, int]]
    #: One of the first two pieces of its edge.
    is_exit: bool
    #: Number of the track in its channel; later its coordinate.
    track: float = 0


Channels = dict[tuple[bool, int], list[Piece]]
"""(is horizontal, band) -> its pieces in order."""


def pieces_of(grid: Grid) -> tuple[dict[Edge, list[Piece]], Channels]:
    """Cut every path into straight pieces, and give those in channels their tracks."""
    pieces = {edge: _cut(edge) for edge in grid.scope.edges}
    channels: Channels = defaultdict(list)
    for parts in pieces.values():
        for number, piece in enumerate(parts):
            if not grid.is_middle(piece.band, is_horizontal=piece.is_horizontal):
                parts[number] = _merge(piece, channels[piece.is_horizontal, piece.band])
    for (is_horizontal, _), group in channels.items():
        _order(group, grid, is_horizontal=is_horizontal)
    return pieces, channels


def _cut(edge: Edge) -> list[Piece]:
    corners = _corners(edge.path)
    positions = [_fine_position(edge, number, corner) for number, corner in enumerate(corners)]
    parts = []
    for number, (start, end) in enumerate(pairwise(corners)):
        is_horizontal = start[1] == end[1]
        along, across = (0, 1) if is_horizontal else (1, 0)
        first, last = positions[number][along], positions[number + 1][along]
        bends = set()
        if number > 0:
            bends.add((first, 1 if corners[number - 1][across] > start[across] else -1))
        if number + 2 < len(corners):
            bends.add((last, 1 if corners[number + 2][across] > end[across] else -1))
        parts.append(
            Piece([edge], is_horizontal, start[across], min(first, last), max(first, last), bends, is_exit=number <= 1)
        )
    return parts


def _corners(path: list[Cell]) -> list[Cell]:
    inner = [b for a, b, c in zip(path, path[1:], path[2:], strict=False) if (a[0] == b[0]) != (b[0] == c[0])]
    return [path[0], *inner, path[-1]]


def _fine_position(edge: Edge, number: int, corner: Cell) -> Cell | tuple[float, float]:
    offset = edge.source.offset if edge.source.host and number <= 1 else 0
    return corner[0] * _FINE + offset, corner[1] * _FINE


def _merge(piece: Piece, group: list[Piece]) -> Piece:
    """Let kin edges that bend at the same place share one trunk; give the piece to use."""
    twin = next((other for other in group if _may_share(other, piece)), None)
    if twin is None:
        group.append(piece)
        return piece
    twin.edges += piece.edges
    twin.first, twin.last = min(twin.first, piece.first), max(twin.last, piece.last)
    twin.bends |= piece.bends
    twin.is_exit |= piece.is_exit
    return twin


def _may_share(one: Piece, other: Piece) -> bool:
    if not one.bends & other.bends:
        return False
    pairs = [(a, b) for a in one.edges for b in other.edges]
    if not all(are_kin(a, b) for a, b in pairs):
        return False
    return all(a.source is b.source for a, b in pairs) or all(a.target is b.target for a, b in pairs)


def _order(group: list[Piece], grid: Grid, *, is_horizontal: bool) -> None:
    """Find an order with few crossings by moving one piece at a time, then pack it into as few tracks as possible."""
    group.sort(key=lambda piece: (not piece.is_exit, piece.first + piece.last))
    cost = {
        (i, j): _cost_of_order(a, b, grid, is_horizontal=is_horizontal)
        for i, a in enumerate(group)
        for j, b in enumerate(group)
        if i != j
    }
    order = list(range(len(group)))
    current, has_improved = _total(order, cost), len(group) > 1
    while has_improved:
        has_improved = False
        for i in range(len(order)):
            for j in range(len(order)):
                trial = order[:i] + order[i + 1 :]
                trial.insert(j, order[i])
                if (total := _total(trial, cost)) < current - _ENOUGH:
                    order, current, has_improved = trial, total, True
    group[:] = [group[i] for i in order]
    for number, piece in enumerate(group):
        beside = [o.track + 1 for o in group[:number] if o.first <= piece.last and piece.first <= o.last]
        piece.track = max(beside, default=0)


def _total(order: list[int], cost: dict[tuple[int, int], float]) -> float:
    return sum(cost[pair] for pair in combinations(order, 2))


def _cost_of_order(low: Piece, high: Piece, grid: Grid, *, is_horizontal: bool) -> float:
    """Crossings and touches when `low` stands left of `high`, or above it."""
    cost = 0.0
    for one, other, side in ((low, high, 1), (high, low, -1)):
        for position, bend in one.bends:
            if bend != side:
                continue
            if other.first < position < other.last:
                cost += _CROSSING
            elif position in (other.first, other.last):
                is_exact = grid.is_middle(int(position // _FINE), is_horizontal=not is_horizontal)
                if (position, -side) in other.bends:
                    cost += _ON_ONE_LINE if is_exact else _TOUCH
                elif not is_exact:
                    cost += _NEAR_TOUCH
    return cost
