"""What the shape of the flow tells before anything is placed: exceptions, and where the branches of a split meet."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from casework.layout.model import Kind

if TYPE_CHECKING:
    from casework.layout.model import Node, Scope


def exception_nodes(scope: Scope) -> set[str]:
    """Ids of the nodes that only a boundary event leads to."""
    followers: dict[str, list[Node]] = defaultdict(list)
    entered = {edge.target.id for edge in scope.flows}
    for edge in scope.flows:
        if edge.source.host is None:
            followers[edge.source.id].append(edge.target)
    to_visit = [node for node in scope.nodes if node.id not in entered]
    seen = {node.id for node in to_visit}
    while to_visit:
        for node in followers[to_visit.pop().id]:
            if node.id not in seen:
                seen.add(node.id)
                to_visit.append(node)
    return {node.id for node in scope.nodes} - seen


def split_joins(scope: Scope) -> list[tuple[Node, Node]]:
    """Give each split with the first node where all of its branches meet again."""
    nodes = {node.id: node for node in scope.nodes if node.kind is not Kind.NOTE}
    followers: dict[str, list[str]] = defaultdict(list)
    for edge in scope.flows:
        if not edge.is_loop and edge.source.host is None:
            followers[edge.source.id].append(edge.target.id)
    after: dict[str, set[str]] = {}
    pairs = []
    for node in sorted(nodes.values(), key=lambda node: -node.column):
        sets = [after[follower] for follower in followers[node.id] if follower in after]
        common = set.intersection(*sets) if sets else set()
        if len(followers[node.id]) > 1 and common:
            pairs.append((node, min((n for n in nodes.values() if n.id in common), key=lambda n: n.column)))
        after[node.id] = common | {node.id}
    return pairs
