"""From bands and tracks to px: columns, rows and channels as wide as what stands in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casework.layout.grid import has_own_column
from casework.layout.model import Kind
from casework.layout.tracks import pieces_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.layout.grid import Grid
    from casework.layout.model import Edge, Node, Point
    from casework.layout.tracks import Channels, Piece

_TRACK = 14
_COLUMN_GAP, _ROW_GAP, _OUTER_GAP = 40, 22, 24
_EMPTY_COLUMN, _EMPTY_ROW = 30.0, 20.0


@dataclass
class _Sizes:
    """How far each column reaches from its middle, and each row from its line."""

    left: list[float]
    right: list[float]
    up: dict[int, float]
    down: dict[int, float]


@dataclass
class _Axes:
    """Middle of each column, start and width of each column channel; line (or start) and height of each row band."""

    columns: list[float] = field(default_factory=list)
    channels: list[float] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    rows: list[float] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)


def set_coordinates(grid: Grid, label_sides: Mapping[str, str]) -> None:
    """Set the places of nodes and lanes, the points of edges, and the size of the scope."""
    pieces, channels = pieces_of(grid)
    sizes = _measure(grid, label_sides)
    axes = _Axes()
    _set_columns(grid, channels, sizes, axes)
    _set_rows(grid, channels, sizes, axes)
    for node in grid.scope.nodes:
        _place_node(node, grid, sizes, axes)
    _set_tracks(channels, axes)
    for edge, parts in pieces.items():
        edge.points = _points(edge, parts, _fixed_coordinates(edge, parts, grid, axes))


def _measure(grid: Grid, label_sides: Mapping[str, str]) -> _Sizes:
    rows = range(len(grid.is_row))
    empty = dict.fromkeys(rows, _EMPTY_ROW)
    sizes = _Sizes([0.0] * grid.column_count, [0.0] * grid.column_count, dict(empty), dict(empty))
    for node in grid.scope.nodes:
        side = label_sides.get(node.id, "")
        width, height = node.label_size if side else (0.0, 0.0)
        y = grid.y[node.id]
        sizes.up[y] = max(sizes.up[y], node.above + (height + 4 if side.startswith("top") else 0))
        sizes.down[y] = max(sizes.down[y], node.below + (height + 4 if side == "bottom" else 0))
        for event in node.boundary:
            sizes.down[y] = max(sizes.down[y], node.below + 18 + event.label_size[1] + 4)
        if node.span == 1:
            left, right = _reach(node, side, width)
            sizes.left[node.column] = max(sizes.left[node.column], left)
            sizes.right[node.column] = max(sizes.right[node.column], right)
    sizes.left = [reach or _EMPTY_COLUMN for reach in sizes.left]
    sizes.right = [reach or _EMPTY_COLUMN for reach in sizes.right]
    return sizes


def _reach(node: Node, side: str, label_width: float) -> tuple[float, float]:
    """How far a node reaches to the left and to the right, with its label and those of its boundary events."""
    left = max(node.width / 2, label_width + 8 if side == "topleft" else label_width / 2)
    right = max(node.width / 2, label_width + 8 if side == "topright" else label_width / 2)
    for number, event in enumerate(node.boundary):
        if number > 0:
            right = max(right, event.offset + 8 + event.label_size[0])
        else:
            left = max(left, -event.offset + 8 + event.label_size[0])
    return left, right


def _set_columns(grid: Grid, channels: Channels, sizes: _Sizes, axes: _Axes) -> None:
    room = _room_for_names(grid)
    for column in range(grid.column_count + 1):
        count = _count(channels.get((False, 2 * column), []))
        gap = _COLUMN_GAP if 0 < column < grid.column_count else _OUTER_GAP
        axes.widths.append(max(gap, count * _TRACK + 22, room[column] + count * _TRACK + 12))
    for node in grid.scope.nodes:
        if node.span > 1:
            _widen(node, sizes, axes)
    x = 0.0
    for column, width in enumerate(axes.widths):
        axes.channels.append(x)
        x += width
        if column < grid.column_count:
            axes.columns.append(x + sizes.left[column])
            x += sizes.left[column] + sizes.right[column]
    grid.scope.width = x


def _widen(node: Node, sizes: _Sizes, axes: _Axes) -> None:
    """Make room for a wide subprocess, the same in each of its columns."""
    columns = range(node.column, node.column + node.span)
    there = sum(sizes.left[c] + sizes.right[c] for c in columns) + sum(axes.widths[c] for c in columns[1:])
    for column in columns:
        more = max(0.0, node.width - there) / 2 / node.span
        sizes.left[column] += more
        sizes.right[column] += more


def _room_for_names(grid: Grid) -> list[float]:
    """Width that the names of flows need in each column channel: beside the first piece that runs to the right."""
    room = [0.0] * (grid.column_count + 1)
    for edge in grid.scope.edges:
        if not edge.name:
            continue
        for number, ((x1, y1), (x2, y2)) in enumerate(zip(edge.path, edge.path[1:], strict=False)):
            if y1 == y2 and x2 > x1:
                channel = x2 // 2 if x2 % 2 == 0 else x1 // 2
                room[channel] = max(room[channel], edge.label_size[0] + (14 if number == 0 else 4))
                break
    return room


def _set_rows(grid: Grid, channels: Channels, sizes: _Sizes, axes: _Axes) -> None:
    for band, is_row in enumerate(grid.is_row):
        count = _count(channels.get((True, band), []))
        channel = max(_ROW_GAP, (count + 1) * _TRACK if count else 0)
        axes.heights.append(sizes.up[band] + sizes.down[band] if is_row else channel)
    axes.rows = [0.0] * len(grid.is_row)
    scope, y = grid.scope, 0.0
    scope.lanes = []
    for lane, least in enumerate(scope.lane_heights):
        bands = [band for band, of_lane in enumerate(grid.lane_of_band) if of_lane == lane]
        total = sum(axes.heights[band] for band in bands)
        padding = max(0.0, least - total) / 2
        scope.lanes.append((y, total + 2 * padding))
        y += padding
        for band in bands:
            axes.rows[band] = y + (sizes.up[band] if grid.is_row[band] else 0)
            y += axes.heights[band]
        y += padding
    scope.height = y


def _place_node(node: Node, grid: Grid, sizes: _Sizes, axes: _Axes) -> None:
    last, y = node.column + node.span - 1, grid.y[node.id]
    node.x = axes.columns[node.column]
    if node.span > 1:
        node.x = (node.x - sizes.left[node.column] + axes.columns[last] + sizes.right[last]) / 2
    node.y = axes.rows[y]
    if node.kind is Kind.NOTE:  # close to what it explains
        is_above = any(e.source is node and grid.y[e.target.anchor.id] > y for e in grid.scope.edges)
        node.y += sizes.down[y] - node.height / 2 if is_above else node.height / 2 - sizes.up[y]
    for event in node.boundary:
        event.x, event.y = node.x + event.offset, node.y + node.below
        if has_own_column(event):
            middle = axes.columns[grid.boundary_x(event) // 2]
            event.x = max(node.x - node.width / 2 + 30, min(middle, node.x + node.width / 2 - 30))


def _set_tracks(channels: Channels, axes: _Axes) -> None:
    """Turn numbers of tracks into coordinates. In column channels exits stand left, arrivals right, names between."""
    for (is_horizontal, band), group in channels.items():
        if is_horizontal:
            start = axes.rows[band] + (axes.heights[band] - (_count(group) - 1) * _TRACK) / 2
            for piece in group:
                piece.track = start + piece.track * _TRACK
        else:
            _set_column_tracks(group, axes.channels[band // 2], axes.widths[band // 2])


def _set_column_tracks(group: list[Piece], x: float, width: float) -> None:
    count = _count(group)
    exits = 0
    while exits < count and any(piece.is_exit for piece in group if piece.track == exits):
        exits += 1
    for piece in group:
        track = piece.track
        if exits == count and width <= _COLUMN_GAP + 4:
            piece.track = x + width / 2 + (track - (count - 1) / 2) * _TRACK
        elif track < exits:
            piece.track = x + 16 + track * _TRACK
        else:
            piece.track = x + width - 20 - (count - 1 - track) * _TRACK


def _count(group: list[Piece]) -> int:
    return int(max((piece.track for piece in group), default=-1)) + 1


def _fixed_coordinates(edge: Edge, parts: list[Piece], grid: Grid, axes: _Axes) -> list[float]:
    """The y of each horizontal piece, the x of each vertical one."""
    fixed = []
    for number, piece in enumerate(parts):
        if not grid.is_middle(piece.band, is_horizontal=piece.is_horizontal):
            fixed.append(piece.track)
        elif piece.is_horizontal:
            fixed.append(axes.rows[piece.band])
        else:
            ends = {len(parts) - 1: edge.target.x, 0: edge.source.x}
            fixed.append(ends.get(number, axes.columns[piece.band // 2]))
    return fixed


def _points(edge: Edge, parts: list[Piece], fixed: list[float]) -> list[Point]:
    corners = [(b, a) if part.is_horizontal else (a, b) for part, a, b in zip(parts, fixed, fixed[1:], strict=False)]
    (x1, y1), (x2, y2) = edge.path[0], edge.path[1]
    (x3, y3), (x4, y4) = edge.path[-2], edge.path[-1]
    start = _border(edge.source, parts[0], fixed[0], is_after=(x2, y2) > (x1, y1))
    end = _border(edge.target, parts[-1], fixed[-1], is_after=(x3, y3) > (x4, y4))
    return [start, *corners, end]


def _border(node: Node, piece: Piece, fixed: float, *, is_after: bool) -> Point:
    """Where a piece meets the border of a node: right or bottom when the edge lies after it, else left or top."""
    if piece.is_horizontal:
        return node.x + (node.width / 2 if is_after else -node.width / 2), fixed
    return fixed, node.y + (node.below if is_after else -node.above)
