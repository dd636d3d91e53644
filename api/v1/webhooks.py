"""Webhooks: which systems outside get which messages of processes. They are made and ended on the command line only."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from api.v1.endpoint import endpoint
from api.v1.shapes import In, Out
from casework.queries.webhooks import webhooks

if TYPE_CHECKING:
    from casework.queries.load_actor import Actor


class WebhookFilter(In):
    """Which webhooks."""

    active: bool | None = None
    """Without it also those that have ended."""


class WebhookOut(Out):
    """One subscription. Its secret is shown by nothing."""

    id: UUID
    name: str
    url: str
    messages: list[str]
    """Names of messages."""
    legal_basis: str
    """Key of the rule that allows the receiver to have them."""
    unit_id: str | None
    """Only cases of this unit and those below it."""
    is_active: bool
    created_at: datetime
    created_by: str
    waiting: int
    """Messages on their way."""
    failed: int
    """Given up after several attempts; each is an incident and can be retried."""


class WebhooksOut(Out):
    """All of them, by name."""

    items: list[WebhookOut]


@endpoint("GET /webhooks", scope="webhooks:read", chosen=WebhookFilter, gives=WebhooksOut)
def list_webhooks(who: Actor, chosen: WebhookFilter) -> WebhooksOut:
    """List webhooks. Messages come as Standard Webhooks 1.0 describes: `webhook-id`, `webhook-timestamp`, `webhook-signature`."""
    found = [row for row in webhooks(who) if chosen.active is None or row.is_active == chosen.active]
    return WebhooksOut(items=[WebhookOut.model_validate(row) for row in found])
