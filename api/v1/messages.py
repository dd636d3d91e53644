"""Messages to processes on a case. One that nobody awaits is kept, shown, and can be delivered later."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from flask import request
from pydantic import Field

from api.v1 import blueprint
from api.v1.guard import caller
from api.v1.shapes import Id, In, Out, PageOut, Paging, Reason
from casework import values
from casework.operations.deliver_kept_message import deliver_kept_message
from casework.operations.discard_message import discard_message
from casework.operations.receive_message import receive_message
from casework.queries.messages import messages


class MessageIn(In):
    """A message by name. The payload holds flags, dates and ids, never case text and never a CPR number."""

    name: Id
    payload: Annotated[dict[str, Any], Field(default_factory=dict, max_length=50)]
    correlation: Annotated[str, Field(max_length=200)] = ""


class MessageOut(Out):
    """What became of it: `delivered` to instances, or `kept` until one awaits it."""

    message_id: UUID
    state: str
    instance_ids: list[UUID]


class KeptMessageOut(Out):
    """A message that nobody has awaited so far."""

    id: UUID
    case_id: UUID
    case_number: str
    name: str
    correlation: str
    sender: str
    received_at: datetime
    state: str


class DiscardIn(In):
    """Why nobody needs it."""

    reason: Reason


@blueprint.post("/cases/<uuid:case_id>/messages")
@blueprint.input(MessageIn, arg_name="body")
@blueprint.output(MessageOut, status_code=201)
def post_message(case_id: UUID, body: MessageIn) -> MessageOut:
    """Send a message to the processes of a case. Needs scope messages:write."""
    who = caller("messages:write")
    key = request.headers.get("Idempotency-Key")
    got = receive_message(
        who,
        case_id=case_id,
        name=body.name,
        payload=values.from_json(body.payload),
        correlation=body.correlation,
        dedupe_key=f"{who.id}:{key}" if key else None,
    )
    return MessageOut.model_validate(got)


@blueprint.get("/messages")
@blueprint.input(Paging, location="query", arg_name="chosen")
@blueprint.output(PageOut[KeptMessageOut])
def list_messages(chosen: Paging) -> PageOut[KeptMessageOut]:
    """List the messages that are kept because nobody awaits them. Needs scope messages:read."""
    page = messages(caller("messages:read"), cursor=chosen.cursor, limit=chosen.limit)
    rows = [KeptMessageOut.model_validate(row) for row in page.rows]
    return PageOut[KeptMessageOut](items=rows, next_cursor=page.next_cursor)


@blueprint.post("/messages/<uuid:message_id>/delivery")
@blueprint.output(MessageOut)
def post_delivery(message_id: UUID) -> MessageOut:
    """Deliver a kept message now; 409 when still nobody awaits it. Needs scope messages:write."""
    return MessageOut.model_validate(deliver_kept_message(caller("messages:write"), message_id=message_id))


@blueprint.post("/messages/<uuid:message_id>/discarding")
@blueprint.input(DiscardIn, arg_name="body")
@blueprint.output({}, status_code=204)
def post_discarding(message_id: UUID, body: DiscardIn) -> str:
    """Put a kept message aside, with a reason; it stays on record. Needs scope messages:write."""
    discard_message(caller("messages:write"), message_id=message_id, reason=body.reason)
    return ""
