"""Incidents: instances that stand still until somebody looks, mends and retries."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.v1.endpoint import endpoint
from api.v1.free_json import FreeObject, read_values
from api.v1.shapes import In, Out, PageOut, Paging, Reason, Text
from casework import values
from casework.operations.log_access import log_access
from casework.operations.mend_variables import mend_variables
from casework.operations.retry_incident import retry_incident
from casework.queries.incident_page import incident_page
from casework.queries.incidents import incidents

if TYPE_CHECKING:
    from casework.queries.load_actor import Actor

INCIDENT = "/incidents/<uuid:incident_id>"


class IncidentFilter(Paging):
    """Which incidents."""

    state: Literal["open", "solved", "all"] = "open"


class IncidentOut(Out):
    """Where a process is stuck, why, since when."""

    id: UUID
    case_id: UUID
    case_number: str
    instance_id: UUID
    process: Text
    process_version: int
    element_id: str
    element: Text
    cause: Text
    created_at: datetime
    retries: int
    state: str
    """open or solved."""
    solved_at: datetime | None
    solved_by: str | None


class IncidentsOut(PageOut):
    """One page of incidents: open ones with the oldest first, others with the newest first."""

    items: list[IncidentOut]
    open: int
    """All open ones that the caller sees."""


class IncidentDetailOut(IncidentOut):
    """Also what the expression read, and the variables of the process, tagged as `{"$date": "2026-11-23"}`."""

    expression: str | None
    values: dict[str, Any]
    variables: dict[str, Any]


class MendIn(In):
    """New values by variable name, and why."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"changes": {"kendskabsDato": {"$date": "2026-11-20"}}, "reason": "Datoen manglede."}]
        }
    )

    changes: Annotated[FreeObject, Field(min_length=1, max_length=50)]
    """Tagged as they are read."""
    reason: Reason


class RetriedOut(Out):
    """What became of the try."""

    incident_id: UUID
    is_solved: bool
    """It went through; otherwise the incident has the newest cause."""


@endpoint("GET /incidents", scope="incidents:read", chosen=IncidentFilter, gives=IncidentsOut)
def list_incidents(who: Actor, chosen: IncidentFilter) -> IncidentsOut:
    """List incidents of cases that the caller sees; administrators see those of all cases."""
    page = incidents(who, **chosen.model_dump())
    rows = [IncidentOut.model_validate(row) for row in page.rows]
    return IncidentsOut(items=rows, open=page.open, next_cursor=page.next_cursor)


@endpoint(f"GET {INCIDENT}", scope="incidents:read", gives=IncidentDetailOut)
def get_incident(who: Actor, incident_id: UUID) -> IncidentDetailOut:
    """Read one incident with the values it stumbled on. The look is on record."""
    page = incident_page(who, incident_id)
    log_access(who, kind="read", subject="incident", subject_id=incident_id, case_id=page.row.case_id)
    shown = {name: getattr(page.row, name) for name in IncidentOut.model_fields}
    read = {"values": values.to_json(page.values), "variables": values.to_json(page.variables)}
    return IncidentDetailOut.model_validate(shown | read | {"expression": page.expression})


@endpoint(f"PATCH {INCIDENT}/variables", scope="incidents:write", body=MendIn)
def patch_variables(who: Actor, incident_id: UUID, body: MendIn) -> tuple[str, int]:
    """Mend variables of the stuck process; then retry."""
    changes = read_values(body.changes, "changes")
    mend_variables(who, incident_id=incident_id, changes=changes, reason=body.reason)
    return "", 204


@endpoint(f"POST {INCIDENT}/retry", scope="incidents:write", gives=RetriedOut)
def post_retry(who: Actor, incident_id: UUID) -> RetriedOut:
    """Let happen what was about to happen."""
    return RetriedOut.model_validate(retry_incident(who, incident_id=incident_id))
