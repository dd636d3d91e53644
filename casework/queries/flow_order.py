"""The elements of a diagram in the order in which they are reached from the start, so that a list of them can be walked.

Kept per process version, which never changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.diagrams import bpmn, local, read
from casework.model import Artifact, ArtifactKind, PinnedArtifact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from uuid import UUID

    from sqlalchemy.orm import Session

#: Process id to element ids; elements of embedded subprocesses follow their subprocess.
Order = dict[str, tuple[str, ...]]

_kept: dict[UUID, Order] = {}
#: Some hundred versions that still run; far more than a municipality has.
_MOST = 512


def flow_order(session: Session, process_version_id: UUID) -> Order:
    """Give the order of all processes that a version pins."""
    found = _kept.get(process_version_id)
    if found is None:
        if len(_kept) >= _MOST:
            _kept.clear()
        found = _kept[process_version_id] = _read(session, process_version_id)
    return found


def _read(session: Session, process_version_id: UUID) -> Order:
    files = session.scalars(
        select(Artifact.content)
        .join(PinnedArtifact, PinnedArtifact.artifact_id == Artifact.id)
        .where(PinnedArtifact.process_version_id == process_version_id, Artifact.kind == ArtifactKind.DIAGRAM)
    )
    return {name: order for content in files for name, order in order_of(content).items()}


def order_of(content: bytes) -> Order:
    """Give the order for every process of one BPMN file."""
    return {process.get("id", ""): tuple(_walk(process)) for process in read(content).iter(bpmn("process"))}


def _walk(scope: Any) -> Iterator[str]:
    """One process or subprocess: reverse postorder of a depth-first walk, so that loops do not matter.

    1. Walk from what has no way in, in the order of the file, along sequence flows and to boundary events.
    2. Leave each element after all that can be reached from it; the last one left comes first.
    """
    nodes = {node.get("id"): node for node in scope if _is_flow_node(node)}
    ways = _ways(scope, nodes)
    reached = {target for targets in ways.values() for target in targets}
    left: list[str] = []
    seen: set[str] = set()
    for start in [*(name for name in reversed(nodes) if name not in reached), *reversed(nodes)]:
        _leave(start, ways, seen, left)
    for name in reversed(left):
        yield name
        if local(nodes[name]) == "subProcess":
            yield from _walk(nodes[name])


def _leave(start: str, ways: Mapping[str, list[str]], seen: set[str], left: list[str]) -> None:
    """Depth first without recursion: a file may be long."""
    stack: list[tuple[str, Iterator[str]]] = []
    _enter(start, ways, seen, stack)
    while stack:
        name, targets = stack[-1]
        target = next(targets, None)
        if target is None:
            left.append(name)
            stack.pop()
        else:
            _enter(target, ways, seen, stack)


def _enter(name: str, ways: Mapping[str, list[str]], seen: set[str], stack: list[tuple[str, Iterator[str]]]) -> None:
    if name not in seen:
        seen.add(name)
        stack.append((name, reversed(ways.get(name, []))))


def _ways(scope: Any, nodes: Iterable[str]) -> dict[str, list[str]]:
    ways: dict[str, list[str]] = {name: [] for name in nodes}
    for node in scope:
        if local(node) == "sequenceFlow" and node.get("sourceRef") in ways and node.get("targetRef") in ways:
            ways[node.get("sourceRef")].append(node.get("targetRef"))
        if local(node) == "boundaryEvent" and node.get("attachedToRef") in ways:
            ways[node.get("attachedToRef")].append(node.get("id"))
    return ways


def _is_flow_node(node: Any) -> bool:
    name = local(node)
    return name.endswith(("Task", "Event", "Gateway")) or name in {"task", "subProcess", "callActivity", "transaction"}
