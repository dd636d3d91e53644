"""Which flows of one scope may hold tokens at the same time.

The concurrency relation of free-choice nets (A. V. Kovalyov, 1992), with BPMN's gateways as transitions: what a split
sends out is concurrent; whatever is concurrent with a flow stays so with what follows the flow's target, at a parallel join
only if it is concurrent with all of its flows. Tokens of non-interrupting events are left out.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from casework.engine.token_game import is_join

if TYPE_CHECKING:
    from casework.engine.drawing import Flow, Node, Scope

SPLITS = frozenset({"parallelGateway", "inclusiveGateway"})


def concurrent_flows(scope: Scope) -> dict[str, set[str]]:
    """Flow id to the ids of the flows that are concurrent with it."""
    with_: dict[str, set[str]] = {flow.id: set() for flow in scope.flows}
    todo: list[tuple[Flow, Flow]] = []

    def add(one: Flow, other: Flow) -> None:
        if other.id not in with_[one.id]:
            with_[one.id].add(other.id)
            with_[other.id].add(one.id)
            todo.append((one, other))

    for node in scope.nodes.values():
        if node.type in SPLITS:
            for one, other in combinations(node.outgoing, 2):
                add(one, other)
    reach = _Reach(scope)
    while todo:
        pair = todo.pop()
        for one, other in (pair, pair[::-1]):
            node = scope.nodes[one.target]
            for out in node.exits() if _passes(node, other, with_, reach) else ():
                add(out, other)
    return with_


def _passes(node: Node, other: Flow, with_: dict[str, set[str]], reach: _Reach) -> bool:
    """May a token go through `node` while another stays on the flow `other`?"""
    if not is_join(node):
        return True
    if node.type == "parallelGateway":
        return all(flow.id in with_[other.id] for flow in node.incoming)
    return other not in node.incoming and node.id not in reach.of(other.target)


class _Reach:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.known: dict[str, set[str]] = {}

    def of(self, start: str) -> set[str]:
        """The nodes that a path leads to from `start`, itself included."""
        if start not in self.known:
            seen, todo = {start}, [start]
            while todo:
                for flow in self.scope.nodes[todo.pop()].exits():
                    if flow.target not in seen:
                        seen.add(flow.target)
                        todo.append(flow.target)
            self.known[start] = seen
        return self.known[start]
