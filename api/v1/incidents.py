"""Incidents: instances that stand still until somebody looks, mends and retries."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from api.v1 import blueprint
from api.v1.guard import caller
from api.v1.shapes import In, Out, PageOut, Paging, Reason, Text
from casework import values
from casework.operations.mend_variables import mend_variables
from casework.operations.retry_incident import retry_incident
from casework.queries.incident_page import incident_page
from casework.queries.incidents import incidents


class IncidentFilter(Paging):
    """Which incidents."""

    state: Literal["open", "solved", "all"] = "open"


class IncidentOut(Out):
    """Where, why, since when."""

    id: UUID
    case_id: UUID
    case_number: str
    element_id: str
    element: Text
    cause: Text
    created_at: datetime
    retries: int
    state: str
    solved_at: datetime | None
    solved_by: str | None


class IncidentDetailOut(IncidentOut):
    """Also what the expression read, and the instance's variables."""

    instance_id: UUID
    expression: str | None
    values: dict[str, Any]
    variables: dict[str, Any]


class MendIn(In):
    """New values by variable name, tagged as they are read; and why."""

    changes: Annotated[dict[str, Any], Field(min_length=1, max_length=50)]
    reason: Reason


class RetriedOut(Out):
    """Whether it went through."""

    incident_id: UUID
    is_solved: bool


@blueprint.get("/incidents")
@blueprint.input(IncidentFilter, location="query", arg_name="chosen")
@blueprint.output(PageOut[IncidentOut])
def list_incidents(chosen: IncidentFilter) -> PageOut[IncidentOut]:
    """List incidents, the newest first. Needs scope incidents:read."""
    page = incidents(caller("incidents:read"), **chosen.model_dump())
    rows = [IncidentOut.model_validate(row) for row in page.rows]
    return PageOut[IncidentOut](items=rows, next_cursor=page.next_cursor)


@blueprint.get("/incidents/<uuid:incident_id>")
@blueprint.output(IncidentDetailOut)
def get_incident(incident_id: UUID) -> IncidentDetailOut:
    """Read one incident with the values it stumbled on. Needs scope incidents:read."""
    page = incident_page(caller("incidents:read"), incident_id)
    shown = {name: getattr(page.row, name) for name in IncidentOut.model_fields}
    read = {"values": values.to_json(page.values), "variables": values.to_json(page.variables)}
    more = {"instance_id": page.instance_id, "expression": page.expression}
    return IncidentDetailOut.model_validate(shown | read | more)


@blueprint.patch("/incidents/<uuid:incident_id>/variables")
@blueprint.input(MendIn, arg_name="body")
@blueprint.output({}, status_code=204)
def patch_variables(incident_id: UUID, body: MendIn) -> str:
    """Mend variables of the stuck instance. Needs scope incidents:write."""
    changes = {name: values.from_json(value) for name, value in body.changes.items()}
    mend_variables(caller("incidents:write"), incident_id=incident_id, changes=changes, reason=body.reason)
    return ""


@blueprint.post("/incidents/<uuid:incident_id>/retry")
@blueprint.output(RetriedOut)
def post_retry(incident_id: UUID) -> RetriedOut:
    """Let happen what was about to happen. Needs scope incidents:write."""
    return RetriedOut.model_validate(retry_incident(caller("incidents:write"), incident_id=incident_id))
