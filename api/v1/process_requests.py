"""What a process owner has asked for and a second person must agree to: going back to a version, or retiring a process."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from api.v1.endpoint import endpoint
from api.v1.process_draft_shapes import ReasonIn, ReleasedOut, ReleasesOut
from api.v1.shapes import Out
from casework.operations.process_drafts.approve_process_request import approve_process_request
from casework.operations.process_drafts.decline_process_request import decline_process_request
from casework.queries.process_drafts.open_requests import open_requests

if TYPE_CHECKING:
    from casework.queries.load_actor import Actor

READ, WRITE = "processes:read", "processes:write"


class RequestOut(Out):
    """What an owner has asked for and somebody else must agree to."""

    id: UUID
    process_id: str
    kind: str
    """put_back or retire."""
    version: int | None
    reason: str
    asked_at: datetime
    asked_by: str
    needs: str
    """owner or leader."""


class RequestsOut(Out):
    """All that wait."""

    items: list[RequestOut]


@endpoint("GET /process-requests", scope=READ, gives=RequestsOut)
def list_process_requests(who: Actor) -> RequestsOut:
    """List what waits for somebody else to agree. Empty for who may not see drafts."""
    return RequestsOut(items=[RequestOut.model_validate(row) for row in open_requests(who)])


@endpoint("POST /process-requests/<uuid:request_id>/approval", scope=WRITE, gives=ReleasesOut)
def approve_one_process_request(who: Actor, request_id: UUID) -> ReleasesOut:
    """Agree, and it is done. Only a person can, and nobody to what they have asked for (403)."""
    done = approve_process_request(who, request_id=request_id)
    return ReleasesOut(items=[ReleasedOut.model_validate(one) for one in done])


@endpoint("POST /process-requests/<uuid:request_id>/refusal", scope=WRITE, body=ReasonIn)
def decline_one_process_request(who: Actor, request_id: UUID, body: ReasonIn) -> tuple[str, int]:
    """Say no, or take one's own request back."""
    decline_process_request(who, request_id=request_id, reason=body.reason)
    return "", 204
