"""A whole BPMN file: its diagram part taken off and drawn anew, everything else left as it was written."""

from __future__ import annotations

from typing import Any

from lxml import etree

from casework.diagrams import BPMNDI, bpmn, local, read
from casework.errors import InvalidError, LimitError
from casework.i18n import message
from casework.layout.picture import Picture
from casework.layout.pools import draw_pools, draw_process
from casework.layout.reading import width_of_tasks

#: Flow elements of one file. Time grows with the square; a picture of so many is read by nobody.
MOST_DRAWN = 400
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_PICTURED = (
    *("sequenceFlow", "messageFlow", "association", "dataInputAssociation", "dataOutputAssociation"),
    *("dataObjectReference", "dataStoreReference", "group", "textAnnotation", "participant", "lane"),
)
_FLOW_NODE_ENDINGS = ("Event", "Gateway", "Task", "task", "subProcess", "SubProcess", "transaction", "callActivity")


def layout(bpmn_xml: bytes) -> bytes:
    """Give the same document with a complete, newly computed diagram part, in UTF-8.

    Refuses what is no XML or no BPMN with a process, ids that are used twice, and more than `MOST_DRAWN` elements.
    """
    root = _read(bpmn_xml)
    for old in root.findall(f"{{{BPMNDI}}}BPMNDiagram"):
        _take_off(old)
    _draw(root)
    return _DECLARATION + etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False) + b"\n"


def not_drawn(bpmn_xml: bytes) -> list[str]:
    """Give the ids of elements that have a place in pictures but get none from `layout`, in document order."""
    root = _read(layout(bpmn_xml))
    drawn = {shape.get("bpmnElement") for shape in root.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge")}
    return [ref for element in pictured(root) if (ref := element.get("id")) and ref not in drawn]


def pictured(root: Any) -> list[Any]:
    """Give the elements of a document that have a place in pictures."""
    names = {bpmn(name) for name in _PICTURED}
    return [
        element for element in root.iter(bpmn("*")) if element.tag in names or element.tag.endswith(_FLOW_NODE_ENDINGS)
    ]


def _read(bpmn_xml: bytes) -> Any:
    read(bpmn_xml)  # refuses what is dangerous; the second reading keeps the comments
    root = etree.fromstring(bpmn_xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    if root.tag != bpmn("definitions") or root.find(bpmn("process")) is None:
        raise InvalidError(message("The file has no BPMN process that could be drawn."))
    elements = pictured(root)
    if len(elements) > MOST_DRAWN:
        raise LimitError(
            message(
                "The file has {count} elements to draw, more than {most}. Draw reusable parts as processes of their own.",
                count=len(elements),
                most=MOST_DRAWN,
            )
        )
    _refuse_ids([*root.findall(bpmn("collaboration")), *elements])
    return root


def _refuse_ids(elements: list[Any]) -> None:
    seen: set[str] = set()
    for element in elements:
        ref = element.get("id")
        if not ref:
            raise InvalidError(message("An element ({tag}) has no id.", tag=local(element)))
        if ref in seen:
            raise InvalidError(message('The id "{id}" is used twice.', id=ref))
        seen.add(ref)


def _take_off(diagram: Any) -> None:
    """Remove an element with the line break before it."""
    before = diagram.getprevious()
    if before is not None:
        before.tail = diagram.tail
    diagram.getparent().remove(diagram)


def _draw(root: Any) -> None:
    """Draw all pools in one picture, and each process that no pool holds in one of its own."""
    width = width_of_tasks(root)
    processes = {process.get("id", ""): process for process in root.findall(bpmn("process"))}
    for collaboration in root.findall(bpmn("collaboration")):
        pools = collaboration.findall(bpmn("participant"))
        if pools:
            picture = Picture(root, collaboration.get("id"))
            draw_pools(picture, pools, processes, width)
            picture.finish()
    held = {pool.get("processRef") for pool in root.iter(bpmn("participant"))}
    for ref, process in processes.items():
        if ref not in held:
            picture = Picture(root, ref)
            draw_process(picture, process, width)
            picture.finish()
