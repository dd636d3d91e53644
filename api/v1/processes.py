"""Process versions, and the diagrams they run."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import Response
from pydantic import BaseModel

from api.v1 import blueprint
from api.v1.guard import caller
from api.v1.shapes import Id, In, Out, Text
from casework.queries.process_diagram import process_diagram
from casework.queries.process_versions import process_versions


class VersionFilter(In):
    """Which process; without it all."""

    process_id: Id | None = None


class VersionOut(Out):
    """One version of a process, and how many instances run on it."""

    process_version_id: UUID
    process_id: str
    version: int
    name: Text
    state: str
    released_at: datetime
    released_by: str
    running: int
    is_startable: bool


class VersionsOut(BaseModel):
    """All versions, the newest of each process first."""

    items: list[VersionOut]


@blueprint.get("/process-versions")
@blueprint.input(VersionFilter, location="query", arg_name="chosen")
@blueprint.output(VersionsOut)
def list_versions(chosen: VersionFilter) -> VersionsOut:
    """List process versions. Needs scope processes:read."""
    rows = process_versions(caller("processes:read"), process_id=chosen.process_id)
    return VersionsOut(items=[VersionOut.model_validate(row) for row in rows])


@blueprint.get("/process-versions/<uuid:version_id>/diagram")
@blueprint.doc(responses={200: {"description": "BPMN 2.0 XML", "content": {"application/xml": {}}}})
def get_diagram(version_id: UUID) -> Response:
    """Read the diagram exactly as it was released. Needs scope processes:read."""
    return Response(process_diagram(caller("processes:read"), version_id), content_type="application/xml")
