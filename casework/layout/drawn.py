"""A picture as it stands in a file, read for measuring: boxes, labels and lines by element id."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from math import isfinite
from typing import TYPE_CHECKING, Any

from casework.diagrams import BPMNDI, DC, DI, local
from casework.layout.document import pictured

if TYPE_CHECKING:
    from casework.layout.model import Box, Point

_NO_NODES = {
    *("sequenceFlow", "messageFlow", "association", "dataInputAssociation", "dataOutputAssociation"),
    *("participant", "lane", "group"),
}


@dataclass(frozen=True)
class Piece:
    """A straight piece of a line."""

    ref: str
    start: Point
    end: Point

    def box(self, margin: float) -> Box:
        """The piece as a box, grown by `margin`."""
        x, y = min(self.start[0], self.end[0]), min(self.start[1], self.end[1])
        width, height = abs(self.start[0] - self.end[0]), abs(self.start[1] - self.end[1])
        return x - margin, y - margin, width + 2 * margin, height + 2 * margin

    @property
    def is_slanted(self) -> bool:
        """Neither level nor upright."""
        return self.start[0] != self.end[0] and self.start[1] != self.end[1]


@dataclass
class Drawn:
    """What is drawn where. `elements` are all that have a place in pictures, by id."""

    elements: dict[str, Any]
    shapes: dict[str, Box] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)
    lines: dict[str, list[Point]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Any) -> Drawn:
        """Read all diagrams of a document as one."""
        drawn = cls({ref: element for element in pictured(root) if (ref := element.get("id"))})
        for shape in root.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge"):
            ref = shape.get("bpmnElement")
            if ref in drawn.elements:
                drawn.note(ref, shape)
        return drawn

    def note(self, ref: str, shape: Any) -> None:
        """Note what one shape or edge says; what it says badly counts as not drawn."""
        if box := _bounds(shape):
            self.shapes[ref] = box
        if label := _bounds(shape.find(f"{{{BPMNDI}}}BPMNLabel")):
            self.labels[ref] = label
        points = [_numbers(point, "x", "y") for point in shape.iterfind(f"{{{DI}}}waypoint")]
        if len(points) > 1 and all(points):
            self.lines[ref] = [(point[0], point[1]) for point in points]

    @property
    def nodes(self) -> dict[str, Box]:
        """Flow nodes and notes."""
        return {ref: box for ref, box in self.shapes.items() if local(self.elements[ref]) not in _NO_NODES}

    @property
    def pieces(self) -> list[Piece]:
        """All lines, cut at their corners."""
        return [Piece(ref, start, end) for ref, points in self.lines.items() for start, end in pairwise(points)]

    def around(self, ref: str) -> set[str]:
        """Ids of what the element is inside of."""
        return {outer.get("id", "") for outer in self.elements[ref].iterancestors()}

    def host(self, ref: str | None) -> str | None:
        """The activity that a boundary event sits on."""
        element = self.elements.get(ref or "")
        host: str | None = None if element is None else element.get("attachedToRef")
        return host

    def ends(self, ref: str) -> tuple[str | None, str | None]:
        """Source and target of a flow."""
        return self.elements[ref].get("sourceRef"), self.elements[ref].get("targetRef")


def _bounds(shape: Any) -> Box | None:
    bounds = None if shape is None else shape.find(f"{{{DC}}}Bounds")
    numbers = () if bounds is None else _numbers(bounds, "x", "y", "width", "height")
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if numbers else None


def _numbers(element: Any, *names: str) -> tuple[float, ...]:
    """Read some attributes as numbers; nothing if one is missing or none."""
    try:
        numbers = tuple(float(element.get(name, "nan")) for name in names)
    except ValueError:
        return ()
    return numbers if all(map(isfinite, numbers)) else ()
