"""One run: tokens move from one thing that happens to the next, until the process ends or its time is up.

1. A token that comes to a task or a wait stands there for as long as is drawn for it; everything else is passed at once.
2. Parallel joins wait for a token of each flow, inclusive ones for every token that can still come.
3. Events at the boundary of what stands come by the clock, or as often as they were seen; those that interrupt end what stands.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from casework.studio.simulation.agenda import Agenda
from casework.studio.simulation.clocks import Clocks
from casework.studio.simulation.joins import catcher, is_join, joined, looking
from casework.studio.simulation.model import HOLDS, TASKS, WAITS
from casework.studio.simulation.tokens import Inside, Token
from casework.studio.simulation.ways import Ways, is_for_several

if TYPE_CHECKING:
    from casework.engine.drawing import Flow, Node
    from casework.studio.simulation.assumed import Assumed
    from casework.studio.simulation.model import Model

_ENDS_ALL = "terminate"
_THROWN, _COMES = frozenset({"error", "escalation"}), frozenset({"message", "signal", "conditional"})
#: A run is given up after so many happenings, so much time, or so deep in what calls itself.
MOST_EVENTS, LONGEST, _DEEPEST = 4000, timedelta(days=3 * 365), 30


class Run:
    """`load` counts tasks by lane, `clocks` the deadlines; `ended_at` is None when it did not come to an end."""

    def __init__(self, model: Model, assumed: Assumed, began: datetime) -> None:
        self.model, self.assumed, self.began = model, assumed, began
        self.load: Counter[str] = Counter()
        self.clocks, self.ways = Clocks(model, assumed, began), Ways(model, assumed)
        self.ended_at: datetime | None = None
        self._agenda = Agenda(began)

    @property
    def now(self) -> datetime:
        """How far it has come."""
        return self._agenda.now

    def play(self) -> Run:
        """Until it ends or is given up."""
        top = self.model.scopes.get((self.model.process_id, self.model.process_id))
        if top is None:
            return self
        self.clocks.begin_process(top.process_id, None, self.now)
        self._begin(Inside(top), any_start=True)
        for _ in range(MOST_EVENTS):
            if self.ended_at is not None or not self._agenda.go_on(LONGEST):
                break
        self.clocks.close(self.now)
        return self

    def _begin(self, inside: Inside, *, any_start: bool = False) -> None:
        start = self.ways.start(inside.scope, any_start=any_start)
        if start is None:
            self._over(inside)
        else:
            self._leave(Token(inside, start), start.outgoing)

    def _arrive(self, inside: Inside, flow: Flow) -> None:
        node = inside.scope.nodes.get(flow.target)
        if node is None:
            return
        token = Token(inside, node, flow=flow.id)
        inside.tokens.append(token)
        kind = node.type
        if kind in TASKS or kind in HOLDS:
            self._activity(token)
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

    def _activity(self, token: Token) -> None:
        self._boundaries(token)
        if is_for_several(token.node):
            self._several(token)
        else:
            self._stand(token)

    def _several(self, whole: Token) -> None:
        """All at once, or one after the other."""
        loop, times = whole.node.element.loop, self.ways.times(whole.node)
        at_once = min(times, 1) if loop and loop.kind == "sequential" else times
        whole.to_come = times - at_once
        if not times:
            self._done(whole)
        self._parts(whole, at_once)

    def _parts(self, whole: Token, count: int) -> None:
        begun = [Token(whole.inside, whole.node, whole=whole) for _ in range(count)]
        whole.parts += begun
        for part in begun:
            self._stand(part)

    def _part_done(self, whole: Token, part: Token) -> None:
        self._take(part)
        whole.parts.remove(part)
        if whole.to_come:
            whole.to_come -= 1
            self._parts(whole, 1)
        elif not whole.parts:
            self._done(whole)

    def _stand(self, token: Token) -> None:
        element = token.node.element
        self.clocks.stands(token, self.now)
        if token.node.type in HOLDS:
            self._hold(token)
            return
        self.load[element.lane or ""] += 1
        lasted = self.clocks.begin(token.node, token, self.now)
        known = lasted.after(self.now, self.assumed.closed_days) if lasted else None
        self._agenda.plan(known or self._lasts(token, token.node, is_task=True), token, partial(self._done, token))

    def _lasts(self, token: Token, node: Node, *, is_task: bool) -> datetime:
        place = node.element.key
        self.clocks.drawn(token, self.assumed.observations(place))
        return self.assumed.until(place, self.now, is_task=is_task)

    def _hold(self, token: Token) -> None:
        scope = self.model.inside(token.node)
        if scope is None or token.inside.depth > _DEEPEST:
            self._done(token)
            return
        self.clocks.begin(token.node, token, self.now)
        token.child = Inside(scope, token)
        if scope.is_process:
            self.clocks.begin_process(scope.process_id, token, self.now)
        self._begin(token.child)

    def _wait(self, token: Token) -> None:
        self.clocks.stands(token, self.now)
        self._agenda.plan(self._moment(token, token.node), token, partial(self._done, token))

    def _moment(self, token: Token, node: Node) -> datetime:
        is_timer = node.element.event == "timer"
        return (is_timer and self.assumed.timer(node, self.now)) or self._lasts(token, node, is_task=False)

    def _first(self, token: Token) -> None:
        """Of the events behind the gateway the first that comes."""
        targets = [token.inside.scope.nodes[flow.target] for flow in token.node.outgoing]
        at, place = min((self._moment(token, target), place) for place, target in enumerate(targets))
        self._agenda.plan(at, token, partial(self._leave, token, targets[place].outgoing))

    def _gateway(self, token: Token) -> None:
        if is_join(token.node):
            self._join(token.inside, token.node)
        else:
            self._leave(token, self.ways.chosen(token.node))

    def _join(self, inside: Inside, node: Node) -> None:
        tokens = joined(self.model, inside, node)
        for one in tokens[1:]:
            self._take(one)
        if tokens:
            self._leave(tokens[0], self.ways.chosen(node))

    def _end(self, token: Token) -> None:
        element, inside = token.node.element, token.inside
        self.clocks.passed(token.node, self.now)
        caught = catcher(inside, element.event, element.code) if element.event in _THROWN else None
        if caught:
            self._fire(*caught)
            if caught[1].element.interrupting:
                return
        if element.event == _ENDS_ALL:
            for one in list(inside.tokens):
                self._take(one)
        self._take(token)
        self._look(inside)

    def _boundaries(self, token: Token) -> None:
        for boundary in token.node.boundaries:
            element = boundary.element
            if element.event == "timer":
                at = self._moment(token, boundary)
            elif element.event in _COMES and self.assumed.happens(element.key, token.node.element.key):
                until = self.assumed.until(element.key, self.now, is_task=False)
                at = self.now + (until - self.now) * self.assumed.rng.random()
            else:
                continue
            self._agenda.plan(at, token, partial(self._fire, token, boundary))

    def _fire(self, host: Token, boundary: Node) -> None:
        if boundary.element.interrupting:
            self._take(host)
        self._leave(Token(host.inside, boundary), boundary.outgoing)

    def _done(self, token: Token) -> None:
        self.clocks.met(token, self.now)
        if token.whole:
            self._part_done(token.whole, token)
        else:
            self._leave(token, token.node.outgoing)

    def _leave(self, token: Token, flows: list[Flow]) -> None:
        """Moves on in the next happening, so that a ring of gateways cannot go round without end."""
        self.clocks.passed(token.node, self.now)
        self._take(token)
        inside = token.inside
        for flow in flows:
            ghost = Token(inside, inside.scope.nodes.get(flow.target, token.node))
            inside.tokens.append(ghost)
            self._agenda.plan(self.now, ghost, partial(self._move, ghost, flow))
        self._look(inside)

    def _move(self, ghost: Token, flow: Flow) -> None:
        self._take(ghost)
        self._arrive(ghost.inside, flow)

    def _take(self, token: Token) -> None:
        """It is no longer there, nor is what it holds."""
        token.lives = False
        if token in token.inside.tokens:
            token.inside.tokens.remove(token)
        inner = [*token.parts, *(token.child.tokens if token.child else ())]
        token.child, token.parts = None, []
        for one in inner:
            self._take(one)
        self.clocks.forget(token, self.now)

    def _look(self, inside: Inside) -> None:
        if not inside.tokens:
            self._over(inside)
        for node in looking(inside):
            self._join(inside, node)

    def _over(self, inside: Inside) -> None:
        if inside.host is None:
            self.ended_at = self.now
        elif inside.host.lives:
            inside.host.child = None
            self._done(inside.host)
