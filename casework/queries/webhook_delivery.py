"""What goes to a system outside for one message: where to, sealed with what, and the body as the standard for webhooks has it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import values
from casework.crypto import decrypt
from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Case, ProcessMessage, Webhook
from casework.model.webhook import SECRET_COLUMN

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True)
class WebhookDelivery:
    """`body` is UTF-8 JSON; `secret` as `create_webhook` gave it."""

    webhook_id: UUID
    message_id: UUID
    name: str
    url: str
    secret: str
    body: bytes
    message_name: str
    sent_at: datetime


def webhook_delivery(webhook_id: UUID, message_id: UUID) -> WebhookDelivery:
    """Read one. Refuses (NotFoundError) what is not there.

    The body is `{"type", "timestamp", "data"}` (Standard Webhooks 1.0); `data` has what every message between departments has
    (case by its opaque id, message id, sending process and unit, legal basis), and what the diagram gave it. Never a CPR number.
    """
    with read() as session:
        row = session.execute(
            select(Webhook, ProcessMessage, Case.responsible_unit_id)
            .select_from(Webhook)
            .join(ProcessMessage, ProcessMessage.id == message_id)
            .join(Case, Case.id == ProcessMessage.case_id)
            .where(Webhook.id == webhook_id)
        ).one_or_none()
    if row is None:
        raise NotFoundError(message("There is no such message or webhook."))
    webhook, sent, unit_id = row
    return WebhookDelivery(
        webhook_id=webhook.id,
        message_id=sent.id,
        name=webhook.name,
        url=webhook.url,
        secret=decrypt(webhook.secret, SECRET_COLUMN),
        body=json.dumps(_body(webhook, sent, unit_id), ensure_ascii=False, sort_keys=True).encode(),
        message_name=sent.name,
        sent_at=sent.received_at,
    )


def _body(webhook: Webhook, sent: ProcessMessage, unit_id: str) -> dict[str, Any]:
    return {
        "type": sent.name,
        "timestamp": sent.received_at.isoformat(),
        "data": {
            "case_id": str(sent.case_id),
            "message_id": str(sent.id),
            "sender": sent.sender,
            "sender_unit": unit_id,
            "receiver": webhook.name,
            "legal_basis": webhook.legal_basis,
            "payload": values.to_json(sent.payload),
        },
    }
