"""Which ways a token takes: as often as they were taken before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casework.engine.drawing import Flow, Node, Scope
    from casework.studio.simulation.assumed import Assumed
    from casework.studio.simulation.model import Model

_PARALLEL = "parallelGateway"


def is_for_several(node: Node) -> bool:
    """A multi-instance activity."""
    return node.element.loop is not None and node.element.loop.kind != "standard"


@dataclass(frozen=True)
class Ways:
    """Asked at each gateway of a run."""

    model: Model
    assumed: Assumed

    def start(self, scope: Scope, *, any_start: bool) -> Node | None:
        """Where it begins: as often as it began there, or (for what another process calls) where nothing is awaited."""
        starts = scope.starts()
        if not any_start:
            plain = [one for one in starts if not one.element.event]
            return plain[0] if plain else starts[0] if len(starts) == 1 else None
        weights = [self._passed(one) or 0.0 for one in starts]
        if not starts or not sum(weights):
            return self.assumed.rng.choice(starts) if starts else None
        return self.assumed.rng.choices(starts, weights=weights)[0]

    def chosen(self, node: Node) -> list[Flow]:
        """The flows by which a token leaves."""
        if node.type == _PARALLEL or len(node.outgoing) < 2:  # noqa: PLR2004  there is nothing to choose
            return node.outgoing
        kept = self.assumed.shares
        for flow in node.outgoing:
            if flow not in kept:
                kept[flow] = self._share(node, flow)
        shares = [kept[flow] for flow in node.outgoing]
        if node.type != "inclusiveGateway":
            return [self.assumed.one_of(node, node.outgoing, shares)]
        whole = self.assumed.seen(node.element.key)
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
        scope = self.model.scope_of(node)
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
        return (self._begun(target) or 0.0) / max(1, len(target.incoming))

    def _of_other(self, scope: Scope, flow: Flow) -> float | None:
        target = scope.nodes.get(flow.target)
        if target is None:
            return None
        alone = self._alone(target, flow)
        return self._rest_of_target(scope, target, flow) if alone is None else alone

    def _alone(self, target: Node, flow: Flow) -> float | None:
        """A parallel join takes a token of each flow, so each was taken as often as it was passed."""
        is_alone = target.incoming == [flow] or target.type == _PARALLEL
        return self._begun(target) or 0.0 if is_alone else None

    def _rest_of_target(self, scope: Scope, target: Node, flow: Flow) -> float | None:
        """None where another flow into it leaves an element that has several."""
        rest = self._begun(target)
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

    def times(self, node: Node) -> int:
        """How often an activity is done that is done for several: what was seen of it, over how often it was begun."""
        seen, whole = self.assumed.seen(node.element.key), self._whole(node)
        # The engine notes each of them, and all of them together once more.
        usual = max(0.0, seen.passed - whole) / whole if seen and whole else None
        return self.assumed.times(node.element.key, usual)

    def _passed(self, node: Node) -> float | None:
        if is_for_several(node):
            return self._whole(node)
        seen = self.assumed.seen(node.element.key)
        return float(seen.passed) if seen else None

    def _begun(self, node: Node) -> float | None:
        """How often it was come to, done or not: by what was begun inside of it, or by tasks that stand."""
        passed, seen = self._passed(node), self.assumed.seen(node.element.key)
        inside = None if is_for_several(node) else self.model.inside_only(node)
        starts = [self._passed(one) or 0.0 for one in inside.starts()] if inside else []
        known = [passed, sum(starts), None if seen is None or is_for_several(node) else float(seen.begun)]
        return max((one for one in known if one), default=passed)

    def _whole(self, node: Node) -> float | None:
        """How often all of them were done: as often as what comes after it and nowhere else, or else before it."""
        scope = self.model.scope_of(node)
        for flows, end, back in ((node.outgoing, "target", "incoming"), (node.incoming, "source", "outgoing")):
            beside = scope.nodes.get(getattr(flows[0], end)) if scope and len(flows) == 1 else None
            if beside is None or is_for_several(beside):
                continue
            seen = self.assumed.seen(beside.element.key)
            if seen and (len(getattr(beside, back)) == 1 or beside.type == _PARALLEL):
                return float(seen.passed)
        return None
