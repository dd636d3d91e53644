"""Nodes and flows of one scope, read from its parsed spec: for judging where tokens may stand, long after the file was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.engine.drawing import Flow, Node, Scope
from casework.engine.joins import element_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_OWN_OF_ENGINE = (".BoundaryEventJoin", ".EndJoin")


def structure_of(spec: Any) -> Scope:
    """The scope of a process or embedded subprocess; kept with the spec, which never changes."""
    known: Scope | None = spec.__dict__.get("_structure")
    if known is None:
        known = spec.__dict__["_structure"] = _read(spec)
    return known


def entry_of(spec: Any, node: Node) -> Any:
    """The task spec by which a token enters a node: where it has boundary events, the engine's split before it."""
    name = spec_name(node)
    return spec.task_specs.get(f"{name}.BoundaryEventSplit") or spec.task_specs[name]


def spec_name(node: Node) -> str:
    """What the engine calls it."""
    return f"{node.element.process_id}:{node.id}"


def _read(spec: Any) -> Scope:
    specs = {s.element.id: s for s in spec.task_specs.values() if s.element is not None and s.name == _plain_name(s)}
    nodes = {name: Node(s.element, None) for name, s in specs.items()}
    flows = [
        Flow(f"{name} {target}", name, target, None)
        for name, s in specs.items()
        for target in _targets(s)
        if target in nodes
    ]
    for flow in flows:
        nodes[flow.source].outgoing.append(flow)
        nodes[flow.target].incoming.append(flow)
    for node in nodes.values():
        if node.element.attached_to in nodes:
            nodes[node.element.attached_to].boundaries.append(node)
    process_id = next(iter(nodes.values())).element.process_id if nodes else ""
    return Scope(process_id, spec.name, None, nodes, flows)


def _plain_name(spec: Any) -> str:
    """Instances of a loop have a spec of their own beside that of the loop, which is the node."""
    return f"{spec.element.process_id}:{spec.element.id}"


def _targets(spec: Any) -> Iterator[str]:
    for name in spec._outputs:
        if ":" in name and not name.endswith(_OWN_OF_ENGINE):
            yield element_of(name)
