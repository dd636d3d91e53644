"""Which sequence flows tokens have taken, read from what each step passed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casework.diagrams import bpmn, read
from casework.engine.drawing import Drawing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casework.engine import Step
    from casework.engine.drawing import Flow, Node, Scope
    from casework.engine.elements import Key
    from casework.engine.steps import Passed, Weighed

#: Process id and flow id.
FlowKey = tuple[str, str]
_ONE = "exclusiveGateway"
_SPLITS = frozenset({_ONE, "inclusiveGateway"})


@dataclass
class Flows:
    """`all` are those of the given diagrams; `taken` those that steps have taken since."""

    all: frozenset[FlowKey]
    names: dict[FlowKey, tuple[str, str]]  #: source and target of each, as they are called in the diagram
    taken: set[FlowKey] = field(default_factory=set)
    _nodes: dict[Key, Node] = field(default_factory=dict)

    @classmethod
    def of(cls, diagrams: Iterable[bytes]) -> Flows:
        """None taken yet."""
        scopes = [scope for content in diagrams for scope in Drawing("", read(content)).scopes]
        nodes = {(scope.process_id, name): node for scope in scopes for name, node in scope.nodes.items()}
        names = {(scope.process_id, flow.id): _names(scope, flow) for scope in scopes for flow in scope.flows}
        return cls(frozenset(names), names, set(), nodes)

    def begun(self) -> Flows:
        """The same flows, with none taken: for another scenario."""
        return Flows(self.all, self.names, set(), self._nodes)

    def see(self, step: Step) -> None:
        """Note what one step took: what was completed left by its flows; a gateway that chooses, by those that it chose."""
        weighed = {one.task_id: one for one in step.weighed}
        for passed in step.passed:
            node = self._nodes.get((passed.process_id, passed.element_id))
            if node is None or passed.how != "completed" or (node.element.loop and passed.type != "loop"):
                continue  # one instance of a loop is not yet its end
            chooses = node.type in _SPLITS and len(node.outgoing) > 1
            flows = _chosen(node, passed, weighed.get(passed.task_id)) if chooses else node.outgoing
            self.taken |= {(passed.process_id, flow.id) for flow in flows}

    def see_error_end(self, process_id: str, element_id: str) -> None:
        """An error end that nobody around catches stops the step; the flow to it was taken all the same."""
        node = self._nodes.get((process_id, element_id))
        if node is not None and node.type == "endEvent":
            self.taken |= {(process_id, flow.id) for flow in node.incoming}


def _chosen(node: Node, passed: Passed, weighed: Weighed | None) -> list[Flow]:
    """By what the conditions were: several flows may lead to the same element."""
    asked = [flow for flow in node.outgoing if flow.condition and flow.id != node.default]
    if weighed is None or len(weighed.flows) != len(asked):
        return [flow for flow in node.outgoing if flow.target in passed.chosen]
    true = [flow for flow, (_, _, value) in zip(asked, weighed.flows, strict=True) if value is True]
    otherwise = [flow for flow in node.outgoing if flow not in asked]
    chosen = true or otherwise
    return chosen[:1] if node.type == _ONE else chosen


def _names(scope: Scope, flow: Flow) -> tuple[str, str]:
    """Where several flows lead to the same element, what the flow itself is called tells them apart."""
    drawn = next((one for one in scope.xml.findall(bpmn("sequenceFlow")) if one.get("id") == flow.id), None)
    called = (drawn.get("name") or "").strip() if drawn is not None else ""
    target = _said(scope.nodes.get(flow.target))
    return _said(scope.nodes.get(flow.source)), f"{target} ({called})" if called else target


def _said(node: Node | None) -> str:
    return (node.element.name or node.id) if node else "?"
