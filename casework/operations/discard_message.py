"""A person decides that nobody needs a kept message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.errors import InvalidError
from casework.i18n import message
from casework.operations import journal
from casework.operations.turns.locking import lock_message

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def discard_message(actor: Actor, *, message_id: UUID, reason: str) -> None:
    """Put a kept message aside, with a reason; it stays on record. Refuses what is delivered already (ConflictError)."""
    said = " ".join(reason.split())
    if not said:
        raise InvalidError(message("Say why."), {"reason": [message("Say why.")]})
    at = clock.now()
    with transaction() as session:
        case, kept = lock_message(session, actor, message_id)
        kept.discard(said)
        case.kept_messages -= 1
        journal.record(session, case, "message_discarded", actor, at, message=kept.name, reason=said)
