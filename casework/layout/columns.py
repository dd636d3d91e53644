"""Columns: how far to the right each node stands."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from casework.layout.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casework.layout.model import Edge, Node, Scope

#: Width of a usual column with its channel, in px: how many columns a subprocess covers.
_PITCH = 170
_PULLS = 3


def assign_columns(scope: Scope) -> None:
    """Set `column`, `span` and `is_loop`.

    1. A depth-first search from the starts finds the flows that run back. 2. The longest path gives the columns.
    3. Nodes are pulled towards what follows them. 4. Event subprocesses go where the fewest flows change lane.
    5. Notes stand in the column of what they explain.
    """
    nodes = [node for node in scope.nodes if node.kind is not Kind.NOTE]
    for node in nodes:
        node.column = 0
        node.span = max(1, round((node.width + 30) / _PITCH)) if node.inner else 1
    _mark_loops(nodes, scope.flows)
    forward = [edge for edge in scope.flows if not edge.is_loop]
    _push_right(nodes, forward)
    _pull_together(nodes, forward)
    _place_event_subprocesses(nodes, forward)
    for edge in scope.edges:
        if edge.is_association:
            host = edge.target.anchor
            edge.source.column = host.column + (host.span - 1) // 2


def _mark_loops(nodes: list[Node], flows: list[Edge]) -> None:
    """A flow into a node that the search is still inside of runs back."""
    leaving: dict[str, list[Edge]] = defaultdict(list)
    for edge in flows:
        leaving[edge.source.anchor.id].append(edge)
    for edges in leaving.values():  # the main line first: what boundary events lead to is the exception
        edges.sort(key=lambda edge: edge.source.host is not None)
    entered = {edge.target.id for edge in flows}
    is_open: dict[str, bool] = {}
    for start in [node for node in nodes if node.id not in entered] + nodes:
        if start.id not in is_open:
            _search(start, leaving, is_open)


def _search(start: Node, leaving: dict[str, list[Edge]], is_open: dict[str, bool]) -> None:
    """Depth first, without recursion: a process may be longer than Python is deep."""
    is_open[start.id] = True
    stack = [(start, iter(leaving[start.id]))]
    while stack:
        node, edges = stack[-1]
        edge = next(edges, None)
        if edge is None:
            is_open[node.id] = False
            stack.pop()
        elif edge.target.id not in is_open:
            is_open[edge.target.id] = True
            stack.append((edge.target, iter(leaving[edge.target.id])))
        elif is_open[edge.target.id]:
            edge.is_loop = True


def _push_right(nodes: list[Node], forward: list[Edge]) -> None:
    for _ in nodes:
        has_moved = False
        for edge in forward:
            least = edge.source.anchor.column + edge.source.anchor.span
            if edge.target.column < least:
                edge.target.column, has_moved = least, True
        if not has_moved:
            return


def _pull_together(nodes: list[Node], forward: list[Edge]) -> None:
    entering: dict[str, int] = defaultdict(int)
    followers: dict[str, list[Node]] = defaultdict(list)
    for edge in forward:
        entering[edge.target.id] += 1
        followers[edge.source.anchor.id].append(edge.target)
    for _ in range(_PULLS):
        for node in sorted(nodes, key=lambda node: -node.column):
            after = followers[node.id]
            if len(after) > entering[node.id]:
                node.column = max(node.column, min(other.column for other in after) - node.span)


def _place_event_subprocesses(nodes: list[Node], forward: list[Edge]) -> None:
    aside = [node for node in nodes if node.is_event_subprocess]
    count = max((node.column + node.span for node in nodes if not node.is_event_subprocess), default=1)
    for number, node in enumerate(aside):
        others = [(other, 10 if other in aside[:number] else 0.3) for other in nodes if other is not node]
        node.column = min(
            range(max(1, count - node.span + 1)),
            key=lambda column, node=node, others=others: _traffic(node, column, forward, others),  # type: ignore[misc]
        )


def _traffic(node: Node, column: int, forward: list[Edge], others: Iterable[tuple[Node, float]]) -> float:
    """What would be in the way of `node` at `column`: flows that change lane, and shapes, each with its weight."""
    cost = 0.02 * column
    for edge in forward:
        source, target = edge.source.anchor, edge.target
        lanes = sorted((source.lane, target.lane))
        if source.lane != target.lane and lanes[0] <= node.lane <= lanes[1]:
            cost += source.column + source.span - 1 < column + node.span and target.column > column - 1
    for other, weight in others:
        if other.lane == node.lane and other.column < column + node.span and other.column + other.span > column:
            cost += weight
    return cost
