"""Process versions, and the diagrams they run."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Response

from api.v1.endpoint import endpoint
from api.v1.shapes import Id, In, Out, Text
from casework.queries.process_diagram import process_diagram
from casework.queries.process_versions import process_versions

if TYPE_CHECKING:
    from casework.queries.load_actor import Actor


class VersionFilter(In):
    """Which process."""

    process_id: Id | None = None
    """Without it all."""


class DiagramFilter(In):
    """Which of its diagrams."""

    process_id: Id | None = None
    """One of `calls`; without it the main one."""


class VersionOut(Out):
    """One version of a process."""

    process_version_id: UUID
    process_id: str
    version: int
    name: Text
    state: str
    released_at: datetime
    released_by: str
    is_startable: bool
    """It can be started on a case by hand."""
    running: int
    """Instances that run on it."""
    calls: list[str]
    """Processes that it calls; their diagrams are part of the version."""


class VersionsOut(Out):
    """All versions, the newest of each process first."""

    items: list[VersionOut]


@endpoint("GET /process-versions", scope="processes:read", chosen=VersionFilter, gives=VersionsOut)
def list_process_versions(who: Actor, chosen: VersionFilter) -> VersionsOut:
    """List process versions."""
    rows = process_versions(who, process_id=chosen.process_id)
    return VersionsOut(items=[VersionOut.model_validate(row) for row in rows])


@endpoint(
    "GET /process-versions/<uuid:version_id>/diagram",
    scope="processes:read",
    chosen=DiagramFilter,
    media_type="application/xml",
)
def get_diagram(who: Actor, version_id: UUID, chosen: DiagramFilter) -> Response:
    """Read the diagram (BPMN 2.0) exactly as it was released."""
    return Response(process_diagram(who, version_id, chosen.process_id), content_type="application/xml")
