"""A kept message is delivered after all: somebody awaits it now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError
from casework.i18n import message
from casework.operations.turns import Received
from casework.operations.turns.deliveries import Delivery
from casework.operations.turns.locking import lock_message
from casework.operations.turns.settle import settle
from casework.operations.turns.turn import Turn

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def deliver_kept_message(actor: Actor, *, message_id: UUID) -> Received:
    """Deliver a kept message of a case that the actor sees whole, to waits or by starting what starts with it.

    Refuses (ConflictError) what is delivered or discarded already, and what still nobody awaits.
    """
    at = clock.now()
    with transaction() as session:
        case, kept = lock_message(session, actor, message_id)
        turn = Turn(session, case, actor, at)
        delivery = Delivery("message", kept.name, dict(kept.payload), kept.correlation, message=kept)
        turn.deliveries.append(delivery)
        settle(turn)
        if not delivery.instance_ids:
            raise ConflictError(message("Nobody awaits the message {name}.", name=kept.name))
        return Received(kept.id, "delivered", tuple(delivery.instance_ids))
