"""The ways through the diagrams of a process version: what comes after what, and what is inside of what.

Kept per version, which never changes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import select

from casework.diagrams import SAG, bpmn, local, read
from casework.forms.words import Words, words
from casework.model import Artifact, ArtifactKind, PinnedArtifact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from uuid import UUID

    from sqlalchemy.orm import Session

#: Process id and element id; the element is empty for the process itself.
Place: TypeAlias = tuple[str, str]

_versions: dict[UUID, Ways] = {}
#: Some hundred versions that still run; far more than a municipality has.
_MOST = 512


@dataclass(frozen=True)
class Node:
    """One flow node. `around` is the embedded subprocess that it stands in, else the process; `called` the process it calls."""

    place: Place
    type: str
    around: Place
    after: tuple[Place, ...]
    name: Words
    called: str = ""
    #: On the edge of another, or the start of an event subprocess: no part of the usual way.
    is_aside: bool = False


@dataclass(frozen=True)
class Ways:
    """All processes of a version. `holders`: the calls of a process; `entries`: how many flows lead to a node.

    `rivals`: of what an event-based gateway awaits, the gateway: whatever comes first ends the others.
    """

    nodes: Mapping[Place, Node]
    inside: Mapping[Place, tuple[Node, ...]]
    holders: Mapping[str, tuple[Place, ...]]
    entries: Mapping[Place, int]
    rivals: Mapping[Place, Place]


def ways_of(session: Session, version_ids: Iterable[UUID]) -> dict[UUID, Ways]:
    """Give the ways of each version."""
    wanted = set(version_ids)
    if len(_versions | dict.fromkeys(wanted)) > _MOST:
        _versions.clear()
    missing = wanted - _versions.keys()
    if missing:
        _versions.update(_ways_of(session, missing))
    return {version_id: _versions[version_id] for version_id in wanted if version_id in _versions}


def _ways_of(session: Session, version_ids: set[UUID]) -> dict[UUID, Ways]:
    pinned: dict[UUID, list[UUID]] = defaultdict(list)
    rows = session.execute(
        select(PinnedArtifact.process_version_id, PinnedArtifact.artifact_id)
        .join(Artifact, Artifact.id == PinnedArtifact.artifact_id)
        .where(PinnedArtifact.process_version_id.in_(version_ids), Artifact.kind == ArtifactKind.DIAGRAM)
    )
    for row in rows:
        pinned[row.process_version_id].append(row.artifact_id)
    files = {one for some in pinned.values() for one in some}
    found = {
        row.id: nodes_in(row.content)
        for row in session.execute(select(Artifact.id, Artifact.content).where(Artifact.id.in_(files)))
    }
    return {version_id: ways(node for one in some for node in found[one]) for version_id, some in pinned.items()}


def ways(nodes: Iterable[Node]) -> Ways:
    """Put nodes together."""
    found = {node.place: node for node in nodes}
    inside: dict[Place, list[Node]] = defaultdict(list)
    holders: dict[str, list[Place]] = defaultdict(list)
    for node in found.values():
        inside[node.around].append(node)
        if node.called:
            holders[node.called].append(node.place)
    return Ways(
        nodes=found,
        inside={place: tuple(some) for place, some in inside.items()},
        holders={process_id: tuple(places) for process_id, places in holders.items()},
        entries=Counter(place for node in found.values() for place in node.after),
        rivals={
            place: node.place for node in found.values() if node.type == "eventBasedGateway" for place in node.after
        },
    )


def nodes_in(content: bytes) -> tuple[Node, ...]:
    """Give the nodes of every process of one BPMN file."""
    return tuple(
        node
        for process in read(content).iter(bpmn("process"))
        for node in _nodes(process, process.get("id", ""), (process.get("id", ""), ""), is_aside=False)
    )


def _nodes(scope: Any, process_id: str, around: Place, *, is_aside: bool) -> Iterator[Node]:
    after: dict[str, list[Place]] = defaultdict(list)
    for flow in scope.iterchildren(bpmn("sequenceFlow")):
        after[flow.get("sourceRef", "")].append((process_id, flow.get("targetRef", "")))
    for one in scope:
        kind = local(one)
        if not _is_flow_node(kind):
            continue
        name = one.get("id", "")
        is_beside = kind == "boundaryEvent" or one.get("triggeredByEvent") == "true"
        yield Node(
            place=(process_id, name),
            type=kind,
            around=around,
            after=tuple(after[name]),
            name=words(one.get("name") or name, one.get(f"{{{SAG}}}nameEn")),
            called=one.get("calledElement", "") if kind == "callActivity" else "",
            is_aside=is_aside or is_beside,
        )
        if kind in {"subProcess", "transaction"}:
            yield from _nodes(one, process_id, (process_id, name), is_aside=is_aside or is_beside)


def _is_flow_node(kind: str) -> bool:
    return kind.endswith(("Task", "Event", "Gateway")) or kind in {"task", "subProcess", "callActivity", "transaction"}
