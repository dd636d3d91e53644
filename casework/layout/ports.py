"""On which side an edge may leave its source and enter its target, and what that costs (px of line)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.layout.model import Kind

if TYPE_CHECKING:
    from casework.layout.grid import Grid
    from casework.layout.model import Edge, Scope

RIGHT, DOWN, LEFT, UP = range(4)
STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))
_SIDE_LEFT_BY = {RIGHT: "right", DOWN: "bottom", UP: "top"}
_SIDE_ENTERED_BY = {RIGHT: "left", DOWN: "top", UP: "bottom", LEFT: "right"}
_ENTRY_FROM_ABOVE = {Kind.GATEWAY: 8.0, Kind.TASK: 45.0}
_OTHER_ENTRY, _SPLIT_ENTRY = 60.0, 75.0
_AGAINST_THE_OTHER_WAY, _SHARED_EXIT = 400.0, 90.0


def exits(grid: Grid, edge: Edge) -> list[tuple[float, int, int, int]]:
    """Possible starts: cost, column band, row band, direction."""
    source = edge.source
    node = source.anchor
    x, y, last = grid.x[node.id], grid.y[node.id], grid.last_x(node)
    if source.host:
        return [(0.0, grid.boundary_x(source), y, DOWN)]
    if edge.is_association:
        return [(0.0, x, y, DOWN), (10.0, x, y, UP), (40.0, last, y, RIGHT)]
    found = [(0.0, last, y, RIGHT)]
    if node.span == 1:
        cost = 6.0 if node.kind is Kind.GATEWAY else 260.0
        found.append((cost, x, y, UP))
        if not node.boundary:
            found.append((cost, x, y, DOWN))
    busy = {"in": _AGAINST_THE_OTHER_WAY, "out": _SHARED_EXIT}
    return [(cost + busy.get(node.ports.get(_SIDE_LEFT_BY[d], ""), 0), px, py, d) for cost, px, py, d in found]


def entry_cost(edge: Edge, direction: int, fan_out: int) -> float | None:
    """Cost of entering the target, out of which `fan_out` edges lead; None where that is not allowed."""
    node = edge.target.anchor
    if edge.is_association:
        return 0.0 if direction in (DOWN, UP) else 30.0
    extra = _AGAINST_THE_OTHER_WAY if node.ports.get(_SIDE_ENTERED_BY[direction]) == "out" else 0.0
    if direction == RIGHT:
        return extra + (30.0 if edge.is_loop else 0.0)
    if direction == LEFT:
        return extra + 500.0
    if node.span > 1 or (direction == UP and node.boundary):
        return None
    is_split = node.kind is Kind.GATEWAY and fan_out > 1  # it needs its corners for its own exits
    base = _SPLIT_ENTRY if is_split else _ENTRY_FROM_ABOVE.get(node.kind, _OTHER_ENTRY)
    return extra + (base * 0.5 if edge.is_loop else base)


def set_ports(scope: Scope) -> None:
    """Note which sides of the nodes the paths use."""
    for node in scope.nodes:
        node.ports = {}
    for edge in scope.flows:
        if edge.path:
            (x1, y1), (x2, y2), (x3, y3), (x4, y4) = *edge.path[:2], *edge.path[-2:]
            if not edge.source.host:
                edge.source.ports[_SIDE_LEFT_BY[_direction(x2 - x1, y2 - y1)]] = "out"
            edge.target.ports[_SIDE_ENTERED_BY[_direction(x4 - x3, y4 - y3)]] = "in"


def _direction(dx: int, dy: int) -> int:
    if dx:
        return RIGHT if dx > 0 else LEFT
    return DOWN if dy > 0 else UP
