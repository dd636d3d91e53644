"""Plays the tokens of one scope, whatever the conditions are, and finds joins that may wait for ever.

A place is a sequence flow. Conditions, events and interruptions are free choices. What a token does never keeps another from
moving, save at joins; so of all orders of moving only one is played: first whoever stands at no join, then parallel joins,
then inclusive ones (BPMN 2.0, 13.3). That keeps the number of markings near the number of flows for ordinary diagrams.
Tokens of non-interrupting events are left out; `rules.tokens` forbids joins on their way.
"""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casework.engine.drawing import Flow, Node, Scope

#: Sorted flow numbers; a flow stands in it as often as it has tokens.
Marking = tuple[int, ...]
MOST_MARKINGS = 20_000
MOST_TOKENS = 30
#: An inclusive gateway with more ways out is played with each way alone, and with all.
MOST_COMBINED = 6
ENDING_ALL = frozenset({"terminate", "error"})


class TokenGame:
    """The game of one scope; `stuck` gives for each join that may wait for ever the flows by which nothing comes."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.flows = [flow for node in scope.nodes.values() for flow in node.outgoing]
        self.number = {id(flow): i for i, flow in enumerate(self.flows)}
        self.is_complete = True  #: False: too many markings, so nothing is said of the rest
        self._reach: dict[tuple[str, str], frozenset[int]] = {}

    def stuck(self) -> dict[str, set[str]]:
        """Join ids to flow ids."""
        found: dict[str, set[str]] = {}
        seen: set[Marking] = set()
        todo = self.beginnings()
        while todo:
            marking = todo.pop()
            if marking in seen:
                continue
            if len(seen) >= MOST_MARKINGS or len(marking) > MOST_TOKENS:
                self.is_complete = False
                break
            seen.add(marking)
            after = self._next(marking)
            if after is None:
                self._note(marking, found)
            else:
                todo.extend(after)
        return found

    def markings(self) -> set[Marking]:
        """Every marking that tokens may come to, in whatever order they move; `is_complete` says whether those are all."""
        seen: set[Marking] = set()
        todo = self.beginnings()
        while todo:
            marking = todo.pop()
            if marking in seen:
                continue
            if len(seen) >= MOST_MARKINGS or len(marking) > MOST_TOKENS:
                self.is_complete = False
                break
            seen.add(marking)
            todo.extend(self.every_next(marking))
        return seen

    def beginnings(self) -> list[Marking]:
        """One for each start."""
        return [self._flows_out(start.outgoing) for start in self.scope.starts()]

    def waits(self, place: int) -> bool:
        """Whether a token there waits for others."""
        return is_join(self._target(place))

    def after_moving(self, marking: Marking, place: int) -> Iterator[Marking]:
        """The token at `place`, which waits for none, goes on."""
        yield from (self._moved(marking, [place], out) for out in self._choices(self._target(place)))

    def every_next(self, marking: Marking) -> Iterator[Marking]:
        """Whatever may happen next."""
        for place in dict.fromkeys(marking):
            if not self.waits(place):
                yield from self.after_moving(marking, place)
        for join in self._joins(marking):
            taken = self._firing(join, marking) if is_join(join) else []
            if taken:
                yield from (self._moved(marking, taken, out) for out in self._choices(join))

    def _next(self, marking: Marking) -> list[Marking] | None:
        """The markings that follow; None when tokens are left and none can move."""
        for place in dict.fromkeys(marking):
            node = self._target(place)
            if not is_join(node):
                return [self._moved(marking, [place], out) for out in self._choices(node)]
        for join in self._joins(marking):
            taken = self._firing(join, marking)
            if taken:
                return [self._moved(marking, taken, out) for out in self._choices(join)]
        return None if marking else []

    def _joins(self, marking: Marking) -> Iterator[Node]:
        """Parallel joins first: they wait for nothing but their own flows."""
        nodes = {place: self._target(place) for place in marking}
        at = sorted({node.id: node for node in nodes.values()}.values(), key=lambda n: n.type != "parallelGateway")
        return iter(at)

    def _firing(self, join: Node, marking: Marking) -> list[int]:
        """The places that a join takes tokens from, if it may fire."""
        incoming = [self.number[id(flow)] for flow in join.incoming]
        marked = [place for place in incoming if place in marking]
        empty = frozenset(incoming) - set(marked)
        if join.type == "parallelGateway":
            return [] if empty else marked
        for place in marking:
            reach = frozenset() if place in marked else self._reaches(place, join)
            if reach & empty and not reach & set(marked):
                return []
        return marked

    def _reaches(self, place: int, join: Node) -> frozenset[int]:
        """The incoming flows of `join` to which a path leads from `place` without passing it."""
        start = self._target(place)
        key = start.id, join.id
        if key not in self._reach:
            seen, todo, found = {start.id}, [start], set()
            while todo:
                for flow in todo.pop().exits():
                    if flow.target == join.id:
                        found.add(self.number[id(flow)])
                    elif flow.target not in seen:
                        seen.add(flow.target)
                        todo.append(self.scope.nodes[flow.target])
            self._reach[key] = frozenset(found)
        return self._reach[key]

    def _choices(self, node: Node) -> Iterable[Marking | None]:
        """What may come out of a node, one alternative after the other; None: everything in the scope ends."""
        if node.type == "endEvent":
            return [None if node.element.event in ENDING_ALL else ()]
        if node.type == "parallelGateway":
            return [self._flows_out(node.outgoing)]
        if node.type == "inclusiveGateway" and len(node.outgoing) > 1:
            return [self._flows_out(some) for some in _combinations(node.outgoing)]
        interrupting = (b for b in node.boundaries if b.element.interrupting)
        ways = [*node.outgoing, *(flow for boundary in interrupting for flow in boundary.outgoing)]
        return [self._flows_out([flow]) for flow in ways] or [()]

    def _moved(self, marking: Marking, taken: list[int], out: Marking | None) -> Marking:
        if out is None:
            return ()
        left = list(marking)
        for place in taken:
            left.remove(place)
        return tuple(sorted([*left, *out]))

    def _flows_out(self, flows: Iterable[Flow]) -> Marking:
        return tuple(sorted(self.number[id(flow)] for flow in flows))

    def _target(self, place: int) -> Node:
        return self.scope.nodes[self.flows[place].target]

    def _note(self, marking: Marking, found: dict[str, set[str]]) -> None:
        """Of the joins that wait, those that do not wait for another of them; in a ring all of them."""
        joins = {self._target(place).id: self._target(place) for place in marking}
        first = [
            join
            for join in joins.values()
            if not any(self._waits_for(join, other, marking) for other in joins.values() if other is not join)
        ]
        for join in first or joins.values():
            missing = {f.id for f in join.incoming if self.number[id(f)] not in marking}
            found.setdefault(join.id, set()).update(missing)

    def _waits_for(self, join: Node, other: Node, marking: Marking) -> bool:
        place = self.number[id(other.incoming[0])]
        return bool(self._reaches(place, join) - set(marking))


def is_join(node: Node) -> bool:
    """Does it wait for several flows?"""
    return node.type in ("parallelGateway", "inclusiveGateway") and len(node.incoming) > 1


def _combinations(flows: list[Flow]) -> Iterator[tuple[Flow, ...]]:
    if len(flows) > MOST_COMBINED:
        return chain(((flow,) for flow in flows), [tuple(flows)])
    return chain.from_iterable(combinations(flows, count) for count in range(1, len(flows) + 1))
