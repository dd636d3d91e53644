"""Objective measures of a picture, whoever drew it: what is plainly wrong, and how calm it is to look at."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from casework.diagrams import bpmn, local, read
from casework.i18n import Message, message
from casework.layout.drawn import Drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.layout.drawn import Piece
    from casework.layout.model import Box

_ON_ONE_LINE = 4

NO_PLACE = message("{ids} has no place in the picture.")
OVERLAP = message("{ids} overlap.")
SLANTED = message("{ids} is slanted.")
THROUGH = message("{ids}: the line runs through the shape.")
ONE_LINE = message("{ids} run on one line.")
COVERED = message("{ids}: the name is covered.")
OUTSIDE_LANE = message("{ids}: the element stands outside of its lane.")
OFF_EDGE = message("{ids}: the event is off the bottom edge of its activity.")


@dataclass(frozen=True)
class Fault:
    """One thing that is plainly wrong, with the ids that it is about."""

    sentence: Message
    ids: tuple[str, ...]

    @property
    def message(self) -> Message:
        """Say it."""
        return Message(self.sentence.id, {"ids": list(self.ids)})


@dataclass(frozen=True)
class Measures:
    """`straight` lines have no bend; width and height are of the whole picture in px."""

    nodes: int
    edges: int
    crossings: int
    bends: int
    straight: int
    width: int
    height: int
    faults: tuple[Fault, ...]


def measure(bpmn_xml: bytes) -> Measures:
    """Measure the diagram part of a file as it stands."""
    drawn = Drawn.of(read(bpmn_xml))
    bends = [max(0, len(points) - 2) for points in drawn.lines.values()]
    boxes = list(drawn.shapes.values())
    return Measures(
        nodes=len(drawn.nodes),
        edges=len(drawn.lines),
        crossings=sum(_cross(one, other) for one, other in combinations(drawn.pieces, 2)),
        bends=sum(bends),
        straight=bends.count(0),
        width=round(max((x + w for x, _, w, _ in boxes), default=0) - min((x for x, *_ in boxes), default=0)),
        height=round(max((y + h for _, y, _, h in boxes), default=0) - min((y for _, y, *_ in boxes), default=0)),
        faults=tuple(_faults(drawn)),
    )


def _faults(drawn: Drawn) -> Iterator[Fault]:
    for ref in drawn.elements:
        if ref not in drawn.shapes and ref not in drawn.lines:
            yield Fault(NO_PLACE, (ref,))
    yield from _overlaps(drawn)
    yield from _bad_lines(drawn)
    yield from _shared_lines(drawn)
    yield from _covered_names(drawn)
    yield from _outside_lanes(drawn)
    yield from _off_edges(drawn)


def _overlaps(drawn: Drawn) -> Iterator[Fault]:
    nodes = drawn.nodes
    for one, other in combinations(nodes, 2):
        family = drawn.around(one) | drawn.around(other) | {drawn.host(one), drawn.host(other)}
        if one not in family and other not in family and _touch(nodes[one], nodes[other], 0.5):
            yield Fault(OVERLAP, (one, other))


def _bad_lines(drawn: Drawn) -> Iterator[Fault]:
    nodes = drawn.nodes
    for piece in drawn.pieces:
        if piece.is_slanted:
            yield Fault(SLANTED, (piece.ref,))
        source, target = drawn.ends(piece.ref)
        spared = drawn.around(piece.ref) | {drawn.host(source)}
        for ref, (x, y, width, height) in nodes.items():
            inset = 2 if ref in (source, target) else 0
            core = (x + inset, y + inset, width - 2 * inset, height - 2 * inset)
            if ref not in spared and _touch(core, piece.box(1), 1):
                yield Fault(THROUGH, (piece.ref, ref))


def _shared_lines(drawn: Drawn) -> Iterator[Fault]:
    for one, other in combinations(drawn.pieces, 2):
        (source, target), (other_source, other_target) = drawn.ends(one.ref), drawn.ends(other.ref)
        if one.ref != other.ref and source != other_source and target != other_target and _on_one_line(one, other):
            yield Fault(ONE_LINE, (one.ref, other.ref))


def _on_one_line(one: Piece, other: Piece) -> bool:
    for across, along in ((0, 1), (1, 0)):
        is_parallel = one.start[across] == one.end[across] and other.start[across] == other.end[across]
        if is_parallel and abs(one.start[across] - other.start[across]) < _ON_ONE_LINE:
            low = max(min(one.start[along], one.end[along]), min(other.start[along], other.end[along]))
            high = min(max(one.start[along], one.end[along]), max(other.start[along], other.end[along]))
            return high - low > 1
    return False


def _covered_names(drawn: Drawn) -> Iterator[Fault]:
    for ref, label in drawn.labels.items():
        for node, box in drawn.nodes.items():
            if not _may_lie_on(drawn, ref, node, label) and _touch(label, box, 1):
                yield Fault(COVERED, (ref, node))
        for other, box in drawn.labels.items():
            if ref < other and _touch(label, box, 1):
                yield Fault(COVERED, (ref, other))
        for piece in drawn.pieces:
            if _touch(label, piece.box(0.5), 0.6):
                yield Fault(COVERED, (ref, piece.ref))


def _may_lie_on(drawn: Drawn, ref: str, node: str, label: Box) -> bool:
    """A name inside of a subprocess lies on it; that of its boundary event may touch its edge."""
    if node in drawn.around(ref):
        return True
    if local(drawn.elements[node]) != "subProcess":
        return False
    if drawn.host(ref) == node:
        return not _touch(label, drawn.shapes[node], 2)
    return _is_inside(label, drawn.shapes[node])


def _outside_lanes(drawn: Drawn) -> Iterator[Fault]:
    for lane, element in drawn.elements.items():
        if local(element) != "lane" or lane not in drawn.shapes:
            continue
        for reference in element.findall(bpmn("flowNodeRef")):
            ref = (reference.text or "").strip()
            if ref in drawn.shapes and not _is_inside(drawn.shapes[ref], drawn.shapes[lane]):
                yield Fault(OUTSIDE_LANE, (ref, lane))


def _off_edges(drawn: Drawn) -> Iterator[Fault]:
    for ref, (x, y, width, height) in drawn.nodes.items():
        host = drawn.shapes.get(drawn.host(ref) or "")
        if host is not None:
            is_within = host[0] - 1 <= x and x + width <= host[0] + host[2] + 1
            if abs(y + height / 2 - host[1] - host[3]) > 1 or not is_within:
                yield Fault(OFF_EDGE, (ref,))


def _cross(one: Piece, other: Piece) -> bool:
    if one.ref == other.ref or one.is_slanted or other.is_slanted:
        return False
    upright, level = (one, other) if one.start[0] == one.end[0] else (other, one)
    if upright.start[0] != upright.end[0] or level.start[1] != level.end[1]:
        return False
    x, y = upright.start[0], level.start[1]
    left, right = sorted((level.start[0], level.end[0]))
    top, bottom = sorted((upright.start[1], upright.end[1]))
    return left < x < right and top < y < bottom


def _touch(a: Box, b: Box, tolerance: float) -> bool:
    """Whether two boxes overlap by more than `tolerance` px both ways."""
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return width > tolerance and height > tolerance


def _is_inside(a: Box, b: Box) -> bool:
    is_across = a[0] >= b[0] - 1 and a[0] + a[2] <= b[0] + b[2] + 1
    return is_across and a[1] >= b[1] - 1 and a[1] + a[3] <= b[1] + b[3] + 1
