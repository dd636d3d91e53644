"""Which ways a token takes: as often as they were taken before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casework.engine.drawing import Flow, Node, Scope
    from casework.studio.simulation.assumed import Assumed
    from casework.studio.simulation.model import Model

_PARALLEL = "parallelGateway"


@dataclass(frozen=True)
class Ways:
    """Asked at each gateway of a run."""

    model: Model
    assumed: Assumed

    def chosen(self, node: Node) -> list[Flow]:
        """The flows by which a token leaves."""
        if node.type == _PARALLEL or len(node.outgoing) < 2:  # noqa: PLR2004  there is nothing to choose
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
        """How often the flow was taken before, by what passed at its ends.

        1. As often as its target was passed, when nothing else leads there.
        2. What is left of the target's passages after those of its other flows, or of the gateway's after its other flows.
        3. Where that cannot be said, an even part of the target's.
        """
        element = node.element
        scope = self.model.scopes.get((element.process_id, element.scope or element.process_id))
        target = scope.nodes.get(flow.target) if scope else None
        if scope is None or target is None:
            return 0.0
        for known in (self._alone(target, flow), self._rest_of_target(scope, target, flow)):
            if known is not None:
                return known
        others = [self._of_other(scope, one) for one in node.outgoing if one is not flow]
        whole = self._passed(node)
        if whole is not None and all(one is not None for one in others):
            return max(0.0, whole - sum(one or 0.0 for one in others))
        return (self._passed(target) or 0.0) / max(1, len(target.incoming))

    def _of_other(self, scope: Scope, flow: Flow) -> float | None:
        target = scope.nodes.get(flow.target)
        if target is None:
            return None
        alone = self._alone(target, flow)
        return self._rest_of_target(scope, target, flow) if alone is None else alone

    def _alone(self, target: Node, flow: Flow) -> float | None:
        """A parallel join takes a token of each flow, so each was taken as often as it was passed."""
        is_alone = target.incoming == [flow] or target.type == _PARALLEL
        return self._passed(target) or 0.0 if is_alone else None

    def _rest_of_target(self, scope: Scope, target: Node, flow: Flow) -> float | None:
        """None where another flow into it leaves an element that has several."""
        rest = self._passed(target)
        for other in target.incoming:
            source = scope.nodes.get(other.source)
            if other is flow:
                continue
            came = self._passed(source) if source else None
            if rest is None or source is None or came is None:
                return None
            if len(source.outgoing) > 1 and source.type != _PARALLEL:
                return None
            rest -= came
        return None if rest is None else max(0.0, rest)

    def _passed(self, node: Node) -> float | None:
        seen = self.assumed.history.get(node.element.key)
        return float(seen.passed) if seen else None
