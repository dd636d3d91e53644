"""Which systems outside get which messages, and what has not arrived."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from casework.database import read
from casework.model import Job, JobState, Role, Webhook
from casework.model.webhook import TOPIC

if TYPE_CHECKING:
    from datetime import datetime

    from casework.model import Actor

NIL = UUID(int=0)


@dataclass(frozen=True)
class WebhookRow:
    """`waiting` messages are on their way, `failed` ones were given up and stand among the incidents. No secret is shown."""

    id: UUID
    name: str
    url: str
    messages: tuple[str, ...]
    legal_basis: str
    unit_id: str | None
    is_active: bool
    created_at: datetime
    created_by: str
    waiting: int
    failed: int


def webhooks(actor: Actor) -> tuple[WebhookRow, ...]:
    """Give all, by name. Administrators, and service accounts with `webhooks:read`."""
    if actor.kind == "service":
        actor.require_scope("webhooks:read")
    else:
        actor.require_role(Role.ADMINISTRATOR)
    with read() as session:
        found = session.scalars(select(Webhook).order_by(Webhook.name)).all()
        webhook_id = func.substr(Job.dedupe_key, len(TOPIC) + 2, len(str(NIL)))  # `webhook:<its id>:<message>`
        owed = session.execute(
            select(webhook_id, Job.state, func.count())
            .where(Job.topic == TOPIC, Job.state.in_((JobState.READY, JobState.CLAIMED, JobState.FAILED)))
            .group_by(webhook_id, Job.state)
        ).all()
    return tuple(
        _row(one, {JobState(state): count for key, state, count in owed if key == str(one.id)}) for one in found
    )


def _row(found: Webhook, owed: dict[JobState, int]) -> WebhookRow:
    return WebhookRow(
        id=found.id,
        name=found.name,
        url=found.url,
        messages=tuple(found.messages),
        legal_basis=found.legal_basis,
        unit_id=found.unit_id,
        is_active=found.is_active,
        created_at=found.created_at,
        created_by=found.created_by,
        waiting=owed.get(JobState.READY, 0) + owed.get(JobState.CLAIMED, 0),
        failed=owed.get(JobState.FAILED, 0),
    )
