"""Pools and lanes around the processes of one picture, from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.diagrams import bpmn
from casework.layout.placing import place, place_inside
from casework.layout.reading import inner_lanes, leaf_lanes, read_scope

if TYPE_CHECKING:
    from casework.layout.model import Box
    from casework.layout.picture import Picture

_LEFT, _TOP, _HEADER = 160.0, 80.0, 30.0
_BETWEEN_POOLS = 60
_CLOSED_POOL_WIDTH, _CLOSED_POOL_HEIGHT = 600, 60


def draw_process(picture: Picture, process: Any, task_width: float) -> None:
    """Draw a process that no pool holds."""
    _draw(picture, None, process, task_width, _TOP)


def draw_pools(picture: Picture, pools: list[Any], processes: dict[str, Any], task_width: float) -> None:
    """Draw pools one below the other; those without a process of their own come last, as empty bands."""
    y, width = _TOP, 0.0
    closed = []
    for pool in pools:
        process = processes.get(pool.get("processRef", ""))
        if process is None:
            closed.append(pool)
            continue
        _, _, drawn_width, height = _draw(picture, pool, process, task_width, y)
        width = max(width, drawn_width)
        y += height + _BETWEEN_POOLS
    for pool in closed:
        box = (_LEFT, y, width or _CLOSED_POOL_WIDTH, _CLOSED_POOL_HEIGHT)
        picture.shape(pool.get("id"), box, isHorizontal="true")
        y += _CLOSED_POOL_HEIGHT + _BETWEEN_POOLS


def _draw(picture: Picture, pool: Any | None, process: Any, task_width: float, y: float) -> Box:
    lanes = leaf_lanes(process)
    scope = read_scope(process, task_width, lanes)
    place(scope)
    depth = max((_depth(lane) for lane in lanes), default=0)
    left = _LEFT if pool is None else _LEFT + _HEADER
    x = left + depth * _HEADER
    scope.shift(x, y)
    place_inside(scope)
    box = (_LEFT, y, x + scope.width - _LEFT, scope.height)
    if pool is not None:
        picture.shape(pool.get("id"), box, isHorizontal="true")
    leaves = {lane.get("id"): (y + top, height) for lane, (top, height) in zip(lanes, scope.lanes, strict=False)}
    for lane_set in process.findall(bpmn("laneSet")):
        for ref, lane_box in _lane_boxes(lane_set, leaves, left, x + scope.width):
            picture.shape(ref, lane_box, isHorizontal="true")
    picture.scope(scope)
    return box


def _depth(lane: Any) -> int:
    return sum(1 for _ in lane.iterancestors(bpmn("lane"))) + 1


def _lane_boxes(lane_set: Any, leaves: dict[str, tuple[float, float]], x: float, right: float) -> list[tuple[str, Box]]:
    """Give each lane its box, outer lanes first and nested ones indented by their own header."""
    boxes: list[tuple[str, Box]] = []
    for lane in lane_set.findall(bpmn("lane")):
        nested = inner_lanes(lane)
        if nested is None:
            top, height = leaves[lane.get("id")]
            inner = []
        else:
            inner = _lane_boxes(nested, leaves, x + _HEADER, right)
            top = min(box[1] for _, box in inner)
            height = max(box[1] + box[3] for _, box in inner) - top
        boxes += [(lane.get("id"), (x, top, right - x, height)), *inner]
    return boxes
