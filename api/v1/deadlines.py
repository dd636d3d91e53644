"""Deadlines: what runs, is overdue, or was met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from uuid import UUID

from pydantic import ConfigDict

from api.v1.endpoint import endpoint
from api.v1.shapes import DeadlineOut, Id, In, PageOut, Paging, Reason
from casework.operations.pause_deadline import pause_deadline
from casework.operations.resume_deadline import resume_deadline
from casework.queries.deadlines import deadlines

if TYPE_CHECKING:
    from casework.queries.load_actor import Actor


class DeadlineFilter(Paging):
    """Which deadlines."""

    case_id: UUID | None = None
    unit: Id | None = None
    key: Id | None = None
    """As `vurdering24`."""
    due_class: Literal["LOV", "LOKAL", "INTERN"] | None = None
    state: Literal["running", "overdue", "soon", "paused", "met", "all"] = "running"


class PauseIn(In):
    """Who or what is waited for."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Udtalelse fra skolen"}]})

    reason: Reason


class DeadlinesOut(PageOut):
    """One page of deadlines, the nearest first."""

    items: list[DeadlineOut]


@endpoint("GET /deadlines", scope="deadlines:read", chosen=DeadlineFilter, gives=DeadlinesOut)
def list_deadlines(who: Actor, chosen: DeadlineFilter) -> DeadlinesOut:
    """List the deadlines that the caller's units answer for, and those of cases that the caller sees."""
    page = deadlines(who, **chosen.model_dump())
    rows = [DeadlineOut.model_validate(row) for row in page.rows]
    return DeadlinesOut(items=rows, next_cursor=page.next_cursor)


@endpoint("POST /deadlines/<uuid:deadline_id>/pause", scope="deadlines:write", body=PauseIn)
def pause(who: Actor, deadline_id: UUID, body: PauseIn) -> tuple[str, int]:
    """Stop the clock of a deadline of the municipality while another party is waited for. The law's never stops (409)."""
    pause_deadline(who, deadline_id=deadline_id, reason=body.reason)
    return "", 204


@endpoint("POST /deadlines/<uuid:deadline_id>/resumption", scope="deadlines:write")
def resume(who: Actor, deadline_id: UUID) -> tuple[str, int]:
    """Let it go on: its date moves by the time that it stood still."""
    resume_deadline(who, deadline_id=deadline_id)
    return "", 204
