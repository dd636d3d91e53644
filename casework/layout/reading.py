"""From BPMN to scopes: nodes, edges, lanes and sizes of a process, subprocesses first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.diagrams import bpmn, local
from casework.layout.model import EVENT_SIZE, GATEWAY_SIZE, Edge, Kind, Node, Scope
from casework.layout.placing import place
from casework.layout.sizes import (
    BOUNDARY_LABEL_WIDTH,
    LABEL_WIDTH,
    NOTE_WIDTH,
    TASK_HEIGHT,
    enclose,
    lane_height,
    note_height,
    spread_boundary,
    task_width,
)
from casework.layout.text import label_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TASKS = {
    *("task", "userTask", "serviceTask", "sendTask", "receiveTask", "businessRuleTask", "scriptTask", "manualTask"),
    "callActivity",
}
_KINDS = {
    **dict.fromkeys(["startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent"], Kind.EVENT),
    "boundaryEvent": Kind.EVENT,
    **dict.fromkeys(["exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"], Kind.GATEWAY),
    "complexGateway": Kind.GATEWAY,
    **dict.fromkeys(["subProcess", "adHocSubProcess", "transaction"], Kind.SUBPROCESS),
    **dict.fromkeys(TASKS, Kind.TASK),
    "textAnnotation": Kind.NOTE,
}


def width_of_tasks(root: Any) -> float:
    """The width of every task of a file."""
    hosts = {event.get("attachedToRef") for event in root.iter(bpmn("boundaryEvent"))}
    return task_width(list(root.iter(*map(bpmn, sorted(TASKS)))), hosts)


def leaf_lanes(process: Any) -> list[Any]:
    """The innermost lanes of a process, from top to bottom."""
    lanes = process.iterfind(f"{bpmn('laneSet')}//{bpmn('lane')}")
    return [lane for lane in lanes if inner_lanes(lane) is None]


def inner_lanes(lane: Any) -> Any | None:
    """The set of lanes inside of a lane; None where there are none."""
    inner = lane.find(bpmn("childLaneSet"))
    return None if inner is None or inner.find(bpmn("lane")) is None else inner


def read_scope(container: Any, width: float, lanes: Sequence[Any] = ()) -> Scope:
    """Read a process or a subprocess; what is inside of its subprocesses is placed already. Tasks are `width` wide."""
    lane_of = {
        (reference.text or "").strip(): number
        for number, lane in enumerate(lanes)
        for reference in lane.findall(bpmn("flowNodeRef"))
    }
    nodes = {node.id: node for node in _nodes(container, width, lane_of)}
    _attach(container, nodes)
    edges = list(_edges(container, nodes))
    for edge in edges:
        if edge.is_association:
            edge.source.lane = edge.target.anchor.lane
    scope = Scope([node for node in nodes.values() if node.host is None], edges)
    scope.lane_heights = [lane_height(lane.get("name") or "") for lane in lanes] or [0.0]
    for node in scope.nodes:
        spread_boundary(node)
    return scope


def _nodes(container: Any, width: float, lane_of: dict[str, int]) -> Iterable[Node]:
    for element in container:
        kind, ref = _KINDS.get(local(element)), element.get("id", "")
        if kind and ref:
            yield _node(element, Node(ref, kind, _name(element), lane_of.get(ref, 0)), width)


def _node(element: Any, node: Node, width: float) -> Node:
    match node.kind:
        case Kind.EVENT | Kind.GATEWAY:
            _size_with_label(element, node)
        case Kind.TASK:
            node.width, node.height = width, TASK_HEIGHT
        case Kind.NOTE:
            node.name = _words(element.findtext(bpmn("text")))
            node.width, node.height = NOTE_WIDTH, note_height(node.name)
        case Kind.SUBPROCESS:
            node.is_event_subprocess = element.get("triggeredByEvent") == "true"
            inner = read_scope(element, width)
            place(inner)
            enclose(node, inner)
    node.above = node.above or node.height / 2
    return node


def _size_with_label(element: Any, node: Node) -> None:
    is_boundary = local(element) == "boundaryEvent"
    node.is_exclusive = local(element) == "exclusiveGateway"
    node.width = node.height = EVENT_SIZE if node.kind is Kind.EVENT else GATEWAY_SIZE
    node.label_size = label_size(node.name, BOUNDARY_LABEL_WIDTH if is_boundary else LABEL_WIDTH)


def _attach(container: Any, nodes: dict[str, Node]) -> None:
    """Tie boundary events to their hosts; one whose host is not there stays a node by itself."""
    for element in container.iterfind(bpmn("boundaryEvent")):
        event, host = nodes.get(element.get("id", "")), nodes.get(element.get("attachedToRef", ""))
        if event and host and host.kind in (Kind.TASK, Kind.SUBPROCESS):
            event.host = host
            host.boundary.append(event)


def _edges(container: Any, nodes: dict[str, Node]) -> Iterable[Edge]:
    for element in container:
        ref, tag = element.get("id", ""), local(element)
        source, target = nodes.get(element.get("sourceRef", "")), nodes.get(element.get("targetRef", ""))
        if not (ref and source and target):
            continue
        if tag == "sequenceFlow" and target.host is None and Kind.NOTE not in (source.kind, target.kind):
            yield Edge(ref, source, target, _name(element))
        elif tag == "association" and (source.kind is Kind.NOTE) != (target.kind is Kind.NOTE):
            note, other = (source, target) if source.kind is Kind.NOTE else (target, source)
            yield Edge(ref, note, other, is_association=True)


def _name(element: Any) -> str:
    return _words(element.get("name"))


def _words(text: str | None) -> str:
    return " ".join((text or "").split())
