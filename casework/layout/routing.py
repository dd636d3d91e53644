"""Paths of the edges over the grid: A* for each, with a price on length, bends and crossings (all in px of line)."""

from __future__ import annotations

import heapq
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from casework.layout.grid import are_kin
from casework.layout.ports import DOWN, STEPS, UP, entry_cost, exits, set_ports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.layout.grid import Grid
    from casework.layout.model import Cell, Edge

    Place = tuple[int, int, int]  # column band, row band, direction (plus _ARRIVED inside of the target)

_BEND, _CROSSING = 55.0, 120.0
_FOREIGN_LINE, _FOREIGN_CHANNEL = 3000.0, 4.0
_FOREIGN_LANE, _SHARED_TRUNK = 1.4, 0.1
_ALONG_A_COLUMN = 4
_EAGERNESS = 0.85
_ARRIVED = 4
_SMALL_FAN, _LARGE_FAN = 2, 6


def route(grid: Grid) -> None:
    """Set `path` of every edge: short and straight ones first, loops last; then each once more, then fans together."""
    router = _Router(grid)
    order = sorted(grid.scope.edges, key=router.difficulty)
    for edge in order:
        router.add(edge)
    for edge in order:
        router.remove(edge)
        router.add(edge)
    for node in grid.scope.nodes:
        router.untangle([edge for edge in order if edge.source is node and not edge.is_association])
        router.untangle([edge for edge in order if edge.target is node and not edge.is_association])


class _Router:
    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.fan_out = Counter(edge.source.id for edge in grid.scope.edges)
        self.left_of = [0.0, *accumulate(grid.width_of)]
        self.top_of = [0.0, *accumulate(grid.height_of)]

    def difficulty(self, edge: Edge) -> tuple[bool, bool, bool, int]:
        """Sort key: notes, then flows; loops last; straight before bent, near before far."""
        source, target = edge.source.anchor, edge.target.anchor
        height = self._height(edge)
        length = abs(target.column - source.column) * 2 + abs(height)
        return not edge.is_association, edge.is_loop, height != 0, length

    def add(self, edge: Edge) -> float:
        """Route an edge with all others as they are; give its cost."""
        cost, edge.path = self._find(edge)
        self.grid.occupancy.enter(edge)
        set_ports(self.grid.scope)
        return cost

    def remove(self, edge: Edge) -> None:
        """Take an edge out again."""
        self.grid.occupancy.leave(edge)
        edge.path = []
        set_ports(self.grid.scope)

    def untangle(self, fan: list[Edge]) -> None:
        """Route the edges of one split or join again together, in several orders, and keep the cheapest."""
        if not _SMALL_FAN <= len(fan) <= _LARGE_FAN:
            return
        for edge in fan:
            self.remove(edge)
        downwards = sorted(fan, key=lambda edge: (self._height(edge), edge.id))
        farthest = sorted(fan, key=lambda edge: -abs(self._height(edge)))
        best = min((fan, downwards, downwards[::-1], farthest), key=self._try)
        for edge in best:
            self.add(edge)

    def _try(self, order: list[Edge]) -> float:
        cost = sum([self.add(edge) for edge in order])
        for edge in order:
            self.remove(edge)
        return round(cost, 6)

    def _height(self, edge: Edge) -> int:
        return self.grid.y[edge.target.anchor.id] - self.grid.y[edge.source.anchor.id]

    def _find(self, edge: Edge) -> tuple[float, list[Cell]]:
        """Give the cheapest path: its cost and its positions, both cells included."""
        heap: list[tuple[float, float, int, Place]] = []
        came: dict[Place, Place | None] = {}
        best: dict[Place, float] = {}
        for cost, x, y, direction in exits(self.grid, edge):
            best[x, y, direction], came[x, y, direction] = cost, None
            heapq.heappush(heap, (cost + self._rest(edge, x, y), cost, len(best), (x, y, direction)))
        pushed = len(best)
        while heap:
            _, cost, _, place = heapq.heappop(heap)
            if cost > best[place]:
                continue
            if place[2] >= _ARRIVED:
                return cost, _path(place, came)
            for step, new in self._steps(edge, place, is_start=came[place] is None):
                total = cost + step
                if total < best.get(new, float("inf")):
                    best[new], came[new] = total, place
                    pushed += 1
                    heapq.heappush(heap, (total + self._rest(edge, new[0], new[1]), total, pushed, new))
        raise AssertionError(f"no route for {edge.id}")  # the channels around the grid lead everywhere

    def _rest(self, edge: Edge, x: int, y: int) -> float:
        """Estimate what is left to go, never too much."""
        target = edge.target.anchor
        first, last, band = self.grid.x[target.id], self.grid.last_x(target), self.grid.y[target.id]
        across = max(self.left_of[first] - self.left_of[x], self.left_of[x] - self.left_of[last], 0)
        return _EAGERNESS * (across + abs(self.top_of[band] - self.top_of[y]))

    def _steps(self, edge: Edge, place: Place, *, is_start: bool) -> Iterator[tuple[float, Place]]:
        x, y, direction = place
        for turned in [direction] if is_start else [d for d in range(4) if (d + 2) % 4 != direction]:
            new_x, new_y = x + STEPS[turned][0], y + STEPS[turned][1]
            if not self.grid.holds(new_x, new_y):
                continue
            owner = self.grid.owner.get((new_x, new_y))
            if owner is None:
                entry: float | None = 0.0
            elif owner is edge.target.anchor:
                entry = entry_cost(edge, turned, self.fan_out[owner.id])
            else:
                continue
            if entry is not None:
                cost = self._move_cost(edge, place, turned) + self._crossing_cost(edge, place, turned) + entry
                yield cost, (new_x, new_y, turned + (_ARRIVED if owner else 0))

    def _move_cost(self, edge: Edge, place: Place, direction: int) -> float:
        grid, (x, y, _), (dx, dy) = self.grid, place, STEPS[direction]
        if dx:
            cost, others = (grid.width_of[x + dx] + grid.width_of[x]) / 2, grid.occupancy.across[min(x, x + dx), y]
            is_line = grid.is_row[y]
            if grid.lane_of_band[y] not in (edge.source.anchor.lane, edge.target.anchor.lane):
                cost *= _FOREIGN_LANE
        else:
            cost, others = (grid.height_of[y + dy] + grid.height_of[y]) / 2, grid.occupancy.down[x, min(y, y + dy)]
            is_line = x % 2 == 1
            cost += _ALONG_A_COLUMN * is_line
        for other in others:
            if dy and is_line and grid.are_side_by_side(edge, other, x):
                continue
            if are_kin(edge, other):
                cost -= _SHARED_TRUNK * cost
            else:
                cost += _FOREIGN_LINE if is_line else _FOREIGN_CHANNEL
        return cost

    def _crossing_cost(self, edge: Edge, place: Place, direction: int) -> float:
        """Price a bend here, and the edges that run through."""
        x, y, before = place
        across, down = self.grid.occupancy.through_across[x, y], self.grid.occupancy.through_down[x, y]
        if direction == before:
            return _CROSSING * len(across if direction in (DOWN, UP) else down)
        strangers = sum(1 for other in across + down if not are_kin(edge, other))
        return _BEND + _CROSSING * 0.6 * strangers


def _path(place: Place, came: dict[Place, Place | None]) -> list[Cell]:
    path: list[Cell] = []
    current: Place | None = place
    while current:
        path.append(current[:2])
        current = came[current]
    return path[::-1]
