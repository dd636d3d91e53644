"""A file as lint looks at it: scopes (a process, or an embedded subprocess) with their nodes and flows."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from casework.diagrams import DiagramError, bpmn, local, read
from casework.engine.finding import Finding, Severity
from casework.engine.vocabulary import ACTIVITIES, FLOW_NODES, SCOPES, read_elements, read_processes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.engine.elements import Element, Key, Process
    from casework.i18n import Message


#: Of larger files only the last two are kept: nobody draws them, and they would fill the memory.
_KEPT_BYTES = 200_000


@dataclass(frozen=True, eq=False)
class Flow:
    """A sequence flow; `condition` is None where there is none."""

    id: str
    source: str
    target: str
    condition: str | None


@dataclass(eq=False)
class Node:
    """A flow node with the flows that it has in its scope."""

    element: Element
    xml: Any
    incoming: list[Flow] = field(default_factory=list)
    outgoing: list[Flow] = field(default_factory=list)
    boundaries: list[Node] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The element's id."""
        return self.element.id

    @property
    def type(self) -> str:
        """The element's BPMN tag."""
        return self.element.type

    @property
    def is_activity(self) -> bool:
        """Tasks, subprocesses, calls."""
        return self.type in ACTIVITIES

    @property
    def default(self) -> str:
        """The id of the default flow."""
        return self.xml.get("default") or ""

    def exits(self) -> list[Flow]:
        """The flows by which a token may leave: its own, and those of the events at its boundary."""
        return [*self.outgoing, *(flow for boundary in self.boundaries for flow in boundary.outgoing)]


@dataclass(eq=False)
class Scope:
    """A process, or an embedded subprocess (then `id` is its element)."""

    process_id: str
    id: str
    xml: Any
    nodes: dict[str, Node]
    flows: list[Flow]

    @property
    def is_process(self) -> bool:
        """Not embedded in another."""
        return self.id == self.process_id

    def starts(self) -> list[Node]:
        """Its start events."""
        return [node for node in self.nodes.values() if node.type == "startEvent"]


class Drawing:
    """One parsed file."""

    def __init__(self, name: str, root: Any) -> None:
        self.name, self.root = name, root
        self.elements: dict[Key, Element] = read_elements(root)
        self.processes: dict[str, Process] = read_processes(root)

    @cached_property
    def scopes(self) -> list[Scope]:
        """All of them, outermost first."""
        return [scope for process in self.root.iter(bpmn("process")) for scope in self._scopes(process, process)]

    def _scopes(self, node: Any, process: Any) -> Iterator[Scope]:
        nodes = {
            child.get("id"): Node(self.elements[process.get("id", ""), child.get("id")], child)
            for child in node
            if local(child) in FLOW_NODES and child.get("id")
        }
        flows = [
            Flow(f.get("id", ""), f.get("sourceRef", ""), f.get("targetRef", ""), _condition(f))
            for f in node.findall(bpmn("sequenceFlow"))
        ]
        for flow in flows:
            if flow.source in nodes and flow.target in nodes:
                nodes[flow.source].outgoing.append(flow)
                nodes[flow.target].incoming.append(flow)
        for boundary in nodes.values():
            if boundary.element.attached_to in nodes:
                nodes[boundary.element.attached_to].boundaries.append(boundary)
        yield Scope(process.get("id", ""), node.get("id", ""), node, nodes, flows)
        for child in node:
            if local(child) in SCOPES and child.get("id"):
                yield from self._scopes(child, process)

    def nodes(self) -> Iterator[tuple[Scope, Node]]:
        """Every flow node of the file with its scope."""
        for scope in self.scopes:
            for node in scope.nodes.values():
                yield scope, node

    def finding(self, element: str, rule: str, severity: Severity, *, message: Message, mend: Message) -> Finding:
        """A finding in this file."""
        return Finding(self.name, element, rule, severity, message, mend)

    def error(self, element: str, rule: str, message: Message, mend: Message) -> Finding:
        """What keeps the diagram from being deployed."""
        return self.finding(element, rule, "error", message=message, mend=mend)

    def warning(self, element: str, rule: str, message: Message, mend: Message) -> Finding:
        """What a person should look at."""
        return self.finding(element, rule, "warning", message=message, mend=mend)


def drawn(name: str, data: bytes) -> Drawing:
    """The file, read once however often it is looked at: of many diagrams, one changes. Refuses what `read` refuses."""
    return _drawn(name, data) if len(data) <= _KEPT_BYTES else _drawn_large(name, data)


def executable_in(name: str, data: bytes) -> tuple[str, ...]:
    """The ids of the processes of a file that can be carried out; none of a file that cannot be read."""
    try:
        processes = drawn(name, data).processes.values()
    except DiagramError:
        return ()
    return tuple(process.id for process in processes if process.is_executable and process.id)


@lru_cache(maxsize=160)
def _drawn(name: str, data: bytes) -> Drawing:
    return Drawing(name, read(data))


@lru_cache(maxsize=2)
def _drawn_large(name: str, data: bytes) -> Drawing:
    return Drawing(name, read(data))


def _condition(flow: Any) -> str | None:
    node = flow.find(bpmn("conditionExpression"))
    return None if node is None else (node.text or "").strip()
