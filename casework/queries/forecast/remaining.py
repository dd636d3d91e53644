"""How long the remaining way through the diagrams may take, from where something stands to what it must reach.

1. Inside of a process or subprocess: along the flows. Where several ways go on at once, the longest counts; where one is
   chosen, the way that most cases took; where nobody knows, the shortest.
2. What is called takes as long as the way through it.
3. At the end of what was called it goes on after the call; called from several places, the nearest counts.

A way that comes back to where it was is gone once. What machines do takes no time. A loop over several things is one of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casework.queries.forecast.spread import NO_TIME, Spread, from_deciles, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import timedelta

    from casework.queries.forecast.ways import Node, Place, Ways

#: What is seen to take time; of these nothing seen is known to be nothing known.
_BY_PEOPLE = frozenset({"userTask", "manualTask", "task"})
_AWAITED = frozenset({"intermediateCatchEvent", "receiveTask"})
_HOLDS = frozenset({"subProcess", "transaction"})
_CHOOSES = frozenset({"exclusiveGateway", "eventBasedGateway", "complexGateway"})
_UNKNOWN = Spread(NO_TIME.typical, NO_TIME.slow, 0)


@dataclass(frozen=True)
class Seen:
    """What `ElementHistory` knows of one element."""

    passed: int
    measured: int
    deciles: Sequence[float]


@dataclass
class Remaining:
    """Asked for many cases of one version: ways that were gone once are kept."""

    ways: Ways
    history: Mapping[Place, Seen]
    _kept: dict[tuple[Place, Place], Spread | None] = field(default_factory=dict)
    _through: dict[Place, Spread] = field(default_factory=dict)

    def standing(self, place: Place, elapsed: timedelta) -> Spread:
        """What is left of a step that has stood for `elapsed`."""
        seen = self.history.get(place)
        return from_deciles(seen.deciles, seen.measured, elapsed) if seen and seen.deciles else _UNKNOWN

    def beyond(self, place: Place, target: Place) -> Spread | None:
        """What comes after `place` until `target` is done; `(process, "")` is the end of it. None: it does not lead there."""
        key = (place, target)
        if key not in self._kept:
            self._kept[key] = self._beyond(place, target, frozenset())
        return self._kept[key]

    def _beyond(self, place: Place, target: Place, seen: frozenset[Place]) -> Spread | None:
        node = self.ways.nodes.get(place)
        if node is None or place in seen or node.is_aside:
            return None
        if place == target:
            return NO_TIME
        goal = self.ways.nodes.get(target)
        if goal is not None and goal.around == node.around:
            return _Walk(self, target).after(node)
        inside = _Walk(self, None).after(node) or NO_TIME
        if node.around == target:
            return inside
        holders = (node.around,) if node.around[1] else self.ways.holders.get(node.around[0], ())
        further = [self._beyond(one, target, seen | {place}) for one in holders]
        nearest = min((one for one in further if one is not None), key=_typical, default=None)
        return None if nearest is None else inside + nearest

    def own(self, node: Node) -> Spread:
        """What a step takes by itself, from its beginning."""
        seen = self.history.get(node.place)
        if node.type in _BY_PEOPLE or node.type in _AWAITED:
            return from_deciles(seen.deciles, seen.measured) if seen and seen.deciles else _UNKNOWN
        if node.type in _HOLDS:
            return self._inside(node.place)
        if node.called:
            return self._inside((node.called, ""))
        return NO_TIME

    def _inside(self, around: Place) -> Spread:
        if around not in self._through:
            self._through[around] = NO_TIME  # what calls itself ends somewhere
            walk, nodes = _Walk(self, None), self.ways.inside.get(around, ())
            reached = {place for node in nodes for place in node.after}
            starts = [node for node in nodes if node.place not in reached and not node.is_aside]
            found = [spread for node in starts if (spread := walk.to(node)) is not None]
            self._through[around] = together(found) if found else NO_TIME
        return self._through[around]


@dataclass
class _Walk:
    """One walk inside of one process or subprocess, to a target in it or (None) to its end."""

    remaining: Remaining
    target: Place | None
    _known: dict[Place, Spread | None] = field(default_factory=dict)
    _under_way: set[Place] = field(default_factory=set)

    def to(self, node: Node) -> Spread | None:
        """From where `node` begins. None: it does not lead there."""
        if node.place in self._under_way:
            return None
        if node.place not in self._known:
            self._under_way.add(node.place)
            self._known[node.place] = self._from(node)
            self._under_way.discard(node.place)
        return self._known[node.place]

    def after(self, node: Node) -> Spread | None:
        """From where `node` is done."""
        following = [self.remaining.ways.nodes[place] for place in node.after if place in self.remaining.ways.nodes]
        if not following:
            return NO_TIME if self.target is None else None
        leading = [(one, spread) for one in following if (spread := self.to(one)) is not None]
        if not leading:
            return None
        return self._usual(node, leading) if node.type in _CHOOSES else self._all(node, leading)

    def _from(self, node: Node) -> Spread | None:
        own = self.remaining.own(node)
        if node.place == self.target:
            return own
        further = self.after(node)
        return None if further is None else own + further

    def _usual(self, node: Node, leading: Sequence[tuple[Node, Spread]]) -> Spread:
        gone = {one.place: self._gone(node, one) for one, _ in leading}
        most = max(gone.values())
        return min((spread for one, spread in leading if gone[one.place] == most), key=_typical)

    def _all(self, node: Node, leading: Sequence[tuple[Node, Spread]]) -> Spread:
        """An inclusive gateway goes on along some of its ways: those that are gone at least half as often as the most usual."""
        if node.type != "inclusiveGateway":
            return together([spread for _, spread in leading])
        gone = {one.place: self._gone(node, one) for one, _ in leading}
        most = max(gone.values())
        return together([spread for one, spread in leading if 2 * gone[one.place] >= most])

    def _gone(self, node: Node, to: Node) -> int:
        """How often the way from a gateway to `to` was gone. Where others meet it there, it has what its neighbours leave."""
        if self._is_only_way(to.place):
            return self._passed(to.place)
        others = sum(self._passed(place) for place in node.after if place != to.place and self._is_only_way(place))
        return max(0, self._passed(node.place) - others)

    def _is_only_way(self, place: Place) -> bool:
        return self.remaining.ways.entries.get(place, 0) <= 1

    def _passed(self, place: Place) -> int:
        seen = self.remaining.history.get(place)
        return seen.passed if seen else 0


def longest(spreads: Iterable[Spread]) -> Spread | None:
    """The one that holds up most; None of nothing."""
    return max(spreads, key=lambda one: (one.typical, one.slow), default=None)


def _typical(spread: Spread) -> timedelta:
    return spread.typical
