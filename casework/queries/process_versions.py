"""Processes and their versions: what is released, what still runs. No case is named, so everybody at work may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from casework.database import read
from casework.forms.words import words
from casework.model import (
    Artifact,
    ArtifactKind,
    Incident,
    IncidentState,
    InstanceState,
    PinnedArtifact,
    ProcessInstance,
    ProcessVersion,
)

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from casework.forms.words import Words
    from casework.model import Actor
    from casework.queries.columns import AnySelect


@dataclass(frozen=True)
class ProcessRow:
    """One version. `calls` are the ids of the other diagrams that it pins; `running` and `incidents` count instances."""

    process_version_id: UUID
    process_id: str
    version: int
    name: Words
    state: str
    released_at: datetime
    released_by: str
    is_startable: bool
    running: int
    incidents: int
    calls: tuple[str, ...]


def process_versions(actor: Actor, *, process_id: str | None = None) -> tuple[ProcessRow, ...]:
    """Give all versions, newest first within each process. Service accounts need the scope `processes:read`."""
    actor.require_scope("processes:read")
    chosen = _select().order_by(ProcessVersion.process_id, ProcessVersion.version.desc())
    if process_id:
        chosen = chosen.where(ProcessVersion.process_id == process_id)
    with read() as session:
        rows = session.execute(chosen).all()
        calls = _calls(session, [row.id for row in rows])
    return tuple(_row(row, calls) for row in rows)


def _select() -> AnySelect:
    of_version = ProcessInstance.process_version_id == ProcessVersion.id
    running = select(func.count()).select_from(ProcessInstance)
    stuck = select(func.count(func.distinct(Incident.instance_id))).join(
        ProcessInstance, ProcessInstance.id == Incident.instance_id
    )
    return select(
        ProcessVersion.id,
        ProcessVersion.process_id,
        ProcessVersion.version,
        ProcessVersion.name,
        ProcessVersion.name_en,
        ProcessVersion.state,
        ProcessVersion.released_at,
        ProcessVersion.released_by,
        ProcessVersion.is_startable,
        running.where(of_version, ProcessInstance.state == InstanceState.RUNNING).scalar_subquery().label("running"),
        stuck.where(of_version, Incident.state == IncidentState.OPEN).scalar_subquery().label("incidents"),
    )


def _calls(session: Any, version_ids: list[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {version_id: [] for version_id in version_ids}
    rows = session.execute(
        select(PinnedArtifact.process_version_id, Artifact.key)
        .join(Artifact, Artifact.id == PinnedArtifact.artifact_id)
        .where(
            PinnedArtifact.process_version_id.in_(version_ids),
            Artifact.kind == ArtifactKind.DIAGRAM,
            ~PinnedArtifact.is_main,
        )
        .order_by(Artifact.key)
    )
    for row in rows:
        found[row.process_version_id].append(row.key)
    return found


def _row(row: Any, calls: dict[UUID, list[str]]) -> ProcessRow:
    return ProcessRow(
        process_version_id=row.id,
        process_id=row.process_id,
        version=row.version,
        name=words(row.name, row.name_en),
        state=row.state.value,
        released_at=row.released_at,
        released_by=row.released_by,
        is_startable=row.is_startable,
        running=row.running,
        incidents=row.incidents,
        calls=tuple(calls[row.id]),
    )
