"""A system outside shall have no more messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError, NotFoundError
from casework.i18n import message
from casework.model import Role, Webhook
from casework.operations.turns import outbound

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def end_webhook(actor: Actor, *, webhook_id: UUID) -> None:
    """End it; messages that are on their way still arrive. Administrators only. Refuses one that has ended (ConflictError)."""
    actor.require_role(Role.ADMINISTRATOR)
    with transaction() as session:
        found = session.get(Webhook, webhook_id)
        if found is None:
            raise NotFoundError(message("There is no such webhook."))
        if not found.is_active:
            raise ConflictError(message("The webhook has ended already."))
        found.end(clock.now())
        outbound.forget()
