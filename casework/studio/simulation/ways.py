"""Which ways a token takes: as often as they were taken before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casework.engine.drawing import Flow, Node, Scope
    from casework.studio.simulation.assumed import Assumed
    from casework.studio.simulation.model import Model


@dataclass(frozen=True)
class Ways:
    """Asked at each gateway of a run."""

    model: Model
    assumed: Assumed

    def chosen(self, node: Node) -> list[Flow]:
        """The flows by which a token leaves."""
        if node.type == "parallelGateway" or len(node.outgoing) < 2:  # noqa: PLR2004  there is nothing to choose
            return node.outgoing
        shares = [self._share(node, flow) for flow in node.outgoing]
        if node.type != "inclusiveGateway":
            return [self.assumed.one_of(node, node.outgoing, shares)]
        whole = self.assumed.history.get(node.element.key)
        passed = whole.passed if whole else 0
        if not passed:
            self.assumed.choices.add(node.element.key)
        taken = [
            flow
            for flow, share in zip(node.outgoing, shares, strict=True)
            if self.assumed.rng.random() < (share / passed if passed else 0.5)
        ]
        return taken or [self.assumed.one_of(node, node.outgoing, shares)]

    def _share(self, node: Node, flow: Flow) -> float:
        """How often the flow was taken: as often as its target was passed, of which other flows into it have a part."""
        seen = self.assumed.history.get((node.element.process_id, flow.target))
        scope = self._scope_of(node)
        into = len(scope.nodes[flow.target].incoming) if scope and flow.target in scope.nodes else 1
        return seen.passed / max(1, into) if seen else 0.0

    def _scope_of(self, node: Node) -> Scope | None:
        element = node.element
        return self.model.scopes.get((element.process_id, element.scope or element.process_id))
