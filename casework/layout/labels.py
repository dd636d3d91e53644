"""Where names stand that have no room inside of their shape: of events, gateways and flows."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from casework.layout.model import EVENT_SIZE, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.layout.model import Box, Edge, Node, Point, Scope

_FARTHEST = 300
_TOO_SHORT = 150
_PER_PIECE, _ON_SHARED_LINE, _ON_LINE, _PER_AREA = 30, 120, 400, 20
_SHARED_AREA = 24


def choose_label_sides(scope: Scope) -> dict[str, str]:
    """Choose top, bottom or a corner for each name: a side where no edge is."""
    sides: dict[str, str] = {}
    for node in scope.nodes:
        if node.name and node.kind in (Kind.EVENT, Kind.GATEWAY):
            order = ("top", "bottom") if node.kind is Kind.GATEWAY else ("bottom", "top")
            free = [side for side in order if side not in node.ports]
            sides[node.id] = free[0] if free else "topleft" if "left" in node.ports else "topright"
    return sides


def place_node_labels(scope: Scope, sides: dict[str, str]) -> None:
    """Set the labels of events, gateways and boundary events."""
    for node in scope.nodes:
        if node.id in sides:
            node.label = _beside(node, sides[node.id])
        for number, event in enumerate(node.boundary):
            width, height = event.label_size
            if event.name:
                x = event.x + 6 if number > 0 else event.x - 6 - width
                event.label = (x, event.y + EVENT_SIZE / 2 + 2, width, height)


def _beside(node: Node, side: str) -> Box:
    width, height = node.label_size
    top, bottom = node.y - node.height / 2, node.y + node.height / 2
    match side:
        case "bottom":
            return node.x - width / 2, bottom + 4, width, height
        case "topleft":
            return node.x - 6 - width, top - height + 1, width, height
        case "topright":
            return node.x + 6, top - height + 1, width, height
    return node.x - width / 2, top - 4 - height, width, height


def place_edge_labels(scope: Scope) -> None:
    """Put the name of each flow beside its own line, near to its source, where nothing else is."""
    shapes = [shape for node in scope.nodes for shape in (node, *node.boundary)]
    solid = [box for shape in shapes for box in (shape.box, shape.label) if box]
    lines = [(edge, _line_box(p, q, 1)) for edge in scope.edges for p, q in pairwise(edge.points)]
    for edge in scope.edges:
        if edge.name:
            edge.label = _best_place(edge, solid, lines)
            solid.append(edge.label)


def _best_place(edge: Edge, solid: list[Box], lines: list[tuple[Edge, Box]]) -> Box:
    places: list[tuple[float, Box]] = []
    width, height = edge.label_size
    for number, (p, q) in enumerate(pairwise(edge.points)):
        piece = _line_box(p, q, 0)
        is_shared = any(
            other is not edge and other.source is edge.source and overlap(piece, line, 1) > _SHARED_AREA
            for other, line in lines
        )
        x, y, length_x, length_y = piece
        around = (x - width - 8, y - height - 8, length_x + 2 * width + 16, length_y + 2 * height + 16)
        near = [box for box in solid if overlap(around, box)], [line for _, line in lines if overlap(around, line)]
        for cost, box in _candidates(p, q, width, height):
            places.append((cost + _PER_PIECE * number + _ON_SHARED_LINE * is_shared + _collisions(box, *near), box))
    return min(places, key=lambda place: place[0])[1]


def _collisions(box: Box, solid: list[Box], lines: list[Box]) -> float:
    cost = _PER_AREA * sum(overlap(box, other, 1) for other in solid)
    for line in lines:
        area = overlap(box, line, 1)
        cost += _ON_LINE + _PER_AREA * area if area else 0
    return cost


def _candidates(p: Point, q: Point, width: float, height: float) -> Iterator[tuple[float, Box]]:
    """Give places along the piece from `p` to `q`, each with how little it is liked."""
    (x1, y1), (x2, y2) = p, q
    length = abs(x2 - x1) + abs(y2 - y1)
    if y1 == y2:
        distance = 5.0
        while distance + width <= min(max(length - 6, width + 6), _FARTHEST):
            x = x1 + distance if x2 > x1 else x1 - distance - width
            cost = distance * 0.3 + (0 if distance + width <= length - 6 else _TOO_SHORT)
            yield cost, (x, y1 - height - 3, width, height)
            yield cost + 12, (x, y1 + 3, width, height)
            distance += 8
    else:
        distance = 6.0
        while distance + height <= min(max(length - 4, height + 8), _FARTHEST):
            y = y1 + distance if y2 > y1 else y1 - distance - height
            cost = distance * 0.5 + (0 if distance + height <= length - 4 else _TOO_SHORT)
            yield cost + 8, (x1 + 5, y, width, height)
            yield cost + 14, (x1 - 5 - width, y, width, height)
            distance += 6


def _line_box(p: Point, q: Point, margin: float) -> Box:
    x, y = min(p[0], q[0]) - margin, min(p[1], q[1]) - margin
    return x, y, abs(p[0] - q[0]) + 2 * margin, abs(p[1] - q[1]) + 2 * margin


def overlap(a: Box, b: Box, margin: float = 0) -> float:
    """Area that two boxes share, the first grown by `margin` on each side."""
    width = min(a[0] + a[2] + margin, b[0] + b[2]) - max(a[0] - margin, b[0])
    height = min(a[1] + a[3] + margin, b[1] + b[3]) - max(a[1] - margin, b[1])
    return width * height if width > 0 and height > 0 else 0.0
