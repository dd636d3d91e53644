"""The receiver has done its part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.model import HandoffState
from casework.operations.moving_handoffs import HandoffMoved, lock_handoff, require_receiver, required_text, senders

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def complete_handoff(actor: Actor, *, handoff_id: UUID, result: str, version: int | None = None) -> HandoffMoved:
    """Finish it, saying what came of it.

    Refuses who is not of the receiving unit (ForbiddenError), what is not accepted (ConflictError), no result
    (InvalidError).
    """
    at = clock.now()
    with transaction() as session:
        move = lock_handoff(session, actor, handoff_id, at)
        require_receiver(move)
        said = required_text(result, "result")
        move.to(HandoffState.COMPLETED, version)
        move.answered(said)
        move.record("handoff_completed", result=said)
        move.tell(senders(move), "completed")
        move.answer_instance()
        return move.moved()
