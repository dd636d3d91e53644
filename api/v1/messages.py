"""Messages to processes on a case. One that nobody awaits is kept, shown, and can be delivered later."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from api.v1.endpoint import endpoint
from api.v1.free_json import FreeObject, read_values
from api.v1.shapes import NO_NUL, Id, In, Out, PageOut, Paging, Reason, Text
from casework.operations.deliver_kept_message import deliver_kept_message
from casework.operations.discard_message import discard_message
from casework.operations.receive_message import receive_message
from casework.queries.messages import messages

if TYPE_CHECKING:
    from casework.queries.load_actor import Actor


class MessageFilter(Paging):
    """Which messages."""

    case_id: UUID | None = None


class MessageIn(In):
    """A message by name."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "Klage", "payload": {"modtaget": {"$date": "2026-11-23"}}}]}
    )

    name: Id
    payload: Annotated[FreeObject, Field(default_factory=dict, max_length=50)]
    """Flags, dates (`{"$date": "2026-11-23"}`), ids; never case text, never a CPR number."""
    correlation: Annotated[str, Field(max_length=200, pattern=NO_NUL)] = ""
    """Must equal what the process waits with, as the id of a hand-off; empty fits all on the case."""


class MessageOut(Out):
    """What became of it."""

    message_id: UUID
    state: str
    """delivered, or kept until somebody awaits it."""
    instance_ids: list[UUID]
    """Who has received it, or was started by it."""


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
    awaited_by: list[Text]
    """Processes on the case that wait for one of this name now."""


class KeptMessagesOut(PageOut):
    """One page of kept messages, the oldest first."""

    items: list[KeptMessageOut]


class DiscardIn(In):
    """Why nobody needs it."""

    reason: Reason


class DiscardedOut(Out):
    """The message after it was put aside."""

    message_id: UUID
    state: str


@endpoint("POST /cases/<uuid:case_id>/messages", scope="messages:write", body=MessageIn, gives=MessageOut, status=201)
def post_message(who: Actor, case_id: UUID, body: MessageIn) -> MessageOut:
    """Send a message to the processes of a case."""
    payload = read_values(body.payload, "payload")
    got = receive_message(who, case_id=case_id, name=body.name, payload=payload, correlation=body.correlation)
    return MessageOut.model_validate(got)


@endpoint("GET /messages", scope="messages:read", chosen=MessageFilter, gives=KeptMessagesOut)
def list_messages(who: Actor, chosen: MessageFilter) -> KeptMessagesOut:
    """List the messages that are kept because nobody awaits them."""
    page = messages(who, **chosen.model_dump())
    rows = [KeptMessageOut.model_validate(row) for row in page.rows]
    return KeptMessagesOut(items=rows, next_cursor=page.next_cursor)


@endpoint("POST /messages/<uuid:message_id>/delivery", scope="messages:write", gives=MessageOut)
def post_delivery(who: Actor, message_id: UUID) -> MessageOut:
    """Deliver a kept message now; 409 when still nobody awaits it."""
    return MessageOut.model_validate(deliver_kept_message(who, message_id=message_id))


@endpoint("POST /messages/<uuid:message_id>/discarding", scope="messages:write", body=DiscardIn, gives=DiscardedOut)
def post_discarding(who: Actor, message_id: UUID, body: DiscardIn) -> DiscardedOut:
    """Put a kept message aside, with a reason; it stays on record."""
    discard_message(who, message_id=message_id, reason=body.reason)
    return DiscardedOut(message_id=message_id, state="discarded")
