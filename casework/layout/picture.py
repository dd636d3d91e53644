"""The diagram part of a BPMN file (BPMN DI): shapes, edges and labels with their coordinates."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from lxml import etree

from casework.diagrams import BPMNDI, DC, DI
from casework.layout.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casework.layout.model import Box, Node, Point, Scope

_INDENT = "  "


class Picture:
    """Writes one BPMNDiagram at the end of the document; what is written later lies on top."""

    def __init__(self, root: Any, plane_of: str) -> None:
        """`plane_of` is the id of the collaboration or process that the picture shows."""
        self._taken = {element.get("id") for element in root.iter()}
        names = {"bpmndi": BPMNDI, "dc": DC, "di": DI}
        self._before = root[-1]
        self._diagram = etree.SubElement(
            root, f"{{{BPMNDI}}}BPMNDiagram", nsmap=names, id=self._free(f"{plane_of}_picture")
        )
        self._plane = etree.SubElement(
            self._diagram, f"{{{BPMNDI}}}BPMNPlane", id=self._free(f"{plane_of}_plane"), bpmnElement=plane_of
        )

    def shape(self, ref: str, box: Box, label: Box | None = None, **attributes: str) -> None:
        """Add a shape."""
        names = {"id": self._free(f"{ref}_di"), "bpmnElement": ref, **attributes}
        shape = etree.SubElement(self._plane, f"{{{BPMNDI}}}BPMNShape", names)
        _bounds(shape, box)
        _label(shape, label)

    def edge(self, ref: str, points: Iterable[Point], label: Box | None = None) -> None:
        """Add an edge."""
        edge = etree.SubElement(self._plane, f"{{{BPMNDI}}}BPMNEdge", id=self._free(f"{ref}_di"), bpmnElement=ref)
        for x, y in points:
            etree.SubElement(edge, f"{{{DI}}}waypoint", x=str(round(x)), y=str(round(y)))
        _label(edge, label)

    def scope(self, scope: Scope) -> None:
        """Add all that a scope holds: hosts before their boundary events, edges last."""
        for node in scope.nodes:
            self.shape(node.id, node.box, node.label, **_attributes(node))
        for node in scope.nodes:
            if node.inner:
                self.scope(node.inner)
            for event in node.boundary:
                self.shape(event.id, event.box, event.label)
        for edge in scope.edges:
            self.edge(edge.id, edge.points, edge.label)

    def finish(self) -> None:
        """Indent what was written, and nothing else of the document."""
        etree.indent(self._diagram, _INDENT, level=1)
        self._before.tail = "\n" + _INDENT
        self._diagram.tail = "\n"

    def _free(self, wanted: str) -> str:
        """Give an id that nothing else in the document has."""
        names = (wanted if number == 1 else f"{wanted}_{number}" for number in count(1))
        free = next(name for name in names if name not in self._taken)
        self._taken.add(free)
        return free


def _attributes(node: Node) -> dict[str, str]:
    if node.kind is Kind.SUBPROCESS:
        return {"isExpanded": "true"}
    return {"isMarkerVisible": "true"} if node.is_exclusive else {}


def _label(parent: Any, box: Box | None) -> None:
    if box:
        _bounds(etree.SubElement(parent, f"{{{BPMNDI}}}BPMNLabel"), box)


def _bounds(parent: Any, box: Box) -> None:
    x, y, width, height = (str(round(value)) for value in box)
    etree.SubElement(parent, f"{{{DC}}}Bounds", x=x, y=y, width=width, height=height)
