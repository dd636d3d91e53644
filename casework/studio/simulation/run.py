"""One run: tokens move from one thing that happens to the next, until the process ends or its time is up.

1. A token that comes to a task or a wait stands there for as long as is drawn for it; everything else is passed at once.
2. Parallel joins wait for a token of each flow, inclusive ones for every token that can still come.
3. Events at the boundary of what stands come by the clock, or as often as they were seen; those that interrupt end what stands.
"""

from __future__ import annotations

import heapq
from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from casework.studio.simulation.clocks import Clocks
from casework.studio.simulation.tokens import Inside, Token
from casework.studio.simulation.ways import Ways

if TYPE_CHECKING:
    from collections.abc import Callable

    from casework.engine.drawing import Flow, Node
    from casework.studio.simulation.assumed import Assumed
    from casework.studio.simulation.model import Model

#: What a person does; what waits in the flow; what holds others.
TASKS = frozenset({"userTask", "manualTask"})
WAITS = frozenset({"intermediateCatchEvent", "receiveTask"})
HOLDS = frozenset({"subProcess", "callActivity", "transaction"})
_ENDS_ALL = "terminate"
_THROWN, _COMES = frozenset({"error", "escalation"}), frozenset({"message", "signal", "conditional"})
#: A run is given up after so many happenings, so much time, or so deep in what calls itself.
MOST_EVENTS, LONGEST, _DEEPEST = 4000, timedelta(days=3 * 365), 30


class Run:
    """`load` counts tasks by lane, `clocks` the deadlines; `ended_at` is None when it did not come to an end."""

    def __init__(self, model: Model, assumed: Assumed, began: datetime) -> None:
        self.model, self.assumed, self.now, self.began = model, assumed, began, began
        self.load: Counter[str] = Counter()
        self.clocks, self.ways = Clocks(model, assumed, began), Ways(model, assumed)
        self.ended_at: datetime | None = None
        self._heap: list[tuple[datetime, int, Callable[[], None]]] = []
        self._numbers = count()

    def play(self) -> Run:
        """Until it ends or is given up."""
        top = self.model.scopes.get((self.model.process_id, self.model.process_id))
        if top is None:
            return self
        root = Inside(top)
        self.clocks.begin_process(top.process_id, None, self.now)
        self._begin(root, any_start=True)
        happened = 0
        while self._heap and self.ended_at is None and happened < MOST_EVENTS:
            at, _, happen = heapq.heappop(self._heap)
            if at - self.began > LONGEST:
                break
            self.now = max(self.now, at)
            happen()
            happened += 1
        self.clocks.close(self.now)
        return self

    def _begin(self, inside: Inside, *, any_start: bool = False) -> None:
        starts = inside.scope.starts()
        plain = [one for one in starts if not one.element.event] or (starts if any_start or len(starts) == 1 else [])
        if not plain:
            self._over(inside)
            return
        start = plain[0] if not any_start else self.assumed.rng.choice(plain)
        self._leave(Token(inside, start), start.outgoing)

    def _arrive(self, inside: Inside, flow: Flow) -> None:
        node = inside.scope.nodes.get(flow.target)
        if node is None:
            return
        token = Token(inside, node, flow=flow.id)
        inside.tokens.append(token)
        kind = node.type
        if kind in TASKS:
            self._stand_task(token)
        elif kind in HOLDS:
            self._hold(token)
        elif kind in WAITS:
            self._wait(token)
        elif kind == "endEvent":
            self._end(token)
        elif kind == "eventBasedGateway":
            self._first(token)
        elif "Gateway" in kind:
            self._gateway(token)
        else:
            self._done(token)

    def _stand_task(self, token: Token) -> None:
        element = token.node.element
        self.load[element.lane or ""] += 1
        self.clocks.begin(token.node, token, self.now)
        self._at(self.now + self.assumed.duration(element.key, is_task=True), token, partial(self._done, token))
        self._boundaries(token)

    def _hold(self, token: Token) -> None:
        scope = self.model.inside(token.node)
        if scope is None or token.inside.depth > _DEEPEST:
            self._done(token)
            return
        self.clocks.begin(token.node, token, self.now)
        token.child = Inside(scope, token)
        if scope.is_process:
            self.clocks.begin_process(scope.process_id, token, self.now)
        self._boundaries(token)
        self._begin(token.child)

    def _wait(self, token: Token) -> None:
        self._at(self._moment(token.node), token, partial(self._done, token))

    def _moment(self, node: Node) -> datetime:
        if node.element.event == "timer":
            return self.assumed.timer(node, self.now)
        return self.now + self.assumed.duration(node.element.key, is_task=False)

    def _first(self, token: Token) -> None:
        """Of the events behind the gateway the first that comes."""
        targets = [token.inside.scope.nodes[flow.target] for flow in token.node.outgoing]
        at, place = min((self._moment(target), place) for place, target in enumerate(targets))
        target = targets[place]
        self._at(at, token, partial(self._leave, token, target.outgoing))

    def _gateway(self, token: Token) -> None:
        node, inside = token.node, token.inside
        if len(node.incoming) > 1 and node.type in ("parallelGateway", "inclusiveGateway"):
            self._join(inside, node)
        else:
            self._leave(token, self.ways.chosen(node))

    def _join(self, inside: Inside, node: Node) -> None:
        arrived = [one for one in inside.tokens if one.node is node and one.lives]
        flows = {one.flow for one in arrived}
        if node.type == "parallelGateway":
            if flows < {flow.id for flow in node.incoming}:
                return
        elif any(
            self.model.leads_to(inside.scope, one.node.id, node.id)
            for one in inside.tokens
            if one.lives and one.node is not node
        ):
            return
        firsts = [next(one for one in arrived if one.flow == flow) for flow in sorted(flows)]
        for one in firsts[1:]:
            self._take(one)
        self._leave(firsts[0], self.ways.chosen(node))

    def _end(self, token: Token) -> None:
        element, inside = token.node.element, token.inside
        self.clocks.passed(token.node, self.now)
        if element.event in _THROWN and self._throw(inside, element.event, element.code):
            return
        if element.event == _ENDS_ALL:
            for one in list(inside.tokens):
                self._take(one)
        self._take(token)
        self._look(inside)

    def _throw(self, inside: Inside, event: str, code: str | None) -> bool:
        """Outward to who catches it. True: what threw it was ended by that."""
        host = inside.host
        while host is not None:
            for boundary in host.node.boundaries:
                if boundary.element.event == event and boundary.element.code in (None, "", code):
                    self._fire(host, boundary)
                    return boundary.element.interrupting
            host = host.inside.host
        return False

    def _boundaries(self, token: Token) -> None:
        for boundary in token.node.boundaries:
            element = boundary.element
            if element.event == "timer":
                at = self.assumed.timer(boundary, self.now)
            elif element.event in _COMES and self.assumed.happens(element.key, token.node.element.key):
                at = self.now + self.assumed.duration(element.key, is_task=False) * self.assumed.rng.random()
            else:
                continue
            self._at(at, token, partial(self._fire, token, boundary))

    def _fire(self, host: Token, boundary: Node) -> None:
        if boundary.element.interrupting:
            self._take(host)
        self._leave(Token(host.inside, boundary), boundary.outgoing)

    def _done(self, token: Token) -> None:
        self.clocks.met(token, self.now)
        self._leave(token, token.node.outgoing)

    def _leave(self, token: Token, flows: list[Flow]) -> None:
        """Moves on in the next happening, so that a ring of gateways cannot go round without end."""
        self.clocks.passed(token.node, self.now)
        self._take(token)
        inside = token.inside
        for flow in flows:
            ghost = Token(inside, inside.scope.nodes.get(flow.target, token.node))
            inside.tokens.append(ghost)
            self._at(self.now, ghost, partial(self._move, ghost, flow))
        if not flows:
            self._look(inside)
        else:
            self._look_at_joins(inside)

    def _move(self, ghost: Token, flow: Flow) -> None:
        self._take(ghost)
        self._arrive(ghost.inside, flow)

    def _take(self, token: Token) -> None:
        """It is no longer there, nor is what it holds."""
        token.lives = False
        if token in token.inside.tokens:
            token.inside.tokens.remove(token)
        if token.child is not None:
            child, token.child = token.child, None
            for one in list(child.tokens):
                self._take(one)
        self.clocks.forget(token)

    def _look(self, inside: Inside) -> None:
        if not inside.tokens:
            self._over(inside)
        else:
            self._look_at_joins(inside)

    def _look_at_joins(self, inside: Inside) -> None:
        for node in dict.fromkeys(
            one.node for one in inside.tokens if one.flow and one.node.type == "inclusiveGateway"
        ):
            if len(node.incoming) > 1 and any(one.node is node and one.flow for one in inside.tokens):
                self._join(inside, node)

    def _over(self, inside: Inside) -> None:
        if inside.host is None:
            self.ended_at = self.now
        elif inside.host.lives:
            inside.host.child = None
            self._done(inside.host)

    def _at(self, at: datetime, token: Token, happen: Callable[[], None]) -> None:
        """Unless the token is gone by then."""
        heapq.heappush(self._heap, (at, next(self._numbers), lambda: happen() if token.lives else None))
