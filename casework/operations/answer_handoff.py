"""The sender answers the receiver's question; the offer stands again, with what has been recorded until now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.model import HandoffState
from casework.operations.moving_handoffs import HandoffMoved, lock_handoff, require_sender, required_text, works_in

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def answer_handoff(actor: Actor, *, handoff_id: UUID, text: str, version: int | None = None) -> HandoffMoved:
    """Answer. What the sender has recorded since the offer is shared from now on, in the same kinds of information.

    Refuses who is not of the sending unit (ForbiddenError), where nothing is asked (ConflictError), an empty answer
    (InvalidError).
    """
    at = clock.now()
    with transaction() as session:
        move = lock_handoff(session, actor, handoff_id, at)
        require_sender(move)
        said = required_text(text, "text")
        move.to(HandoffState.OFFERED, version)
        answered = {"at": at.isoformat(), "by": actor.name, "kind": "answer", "text": said}
        move.handoff.exchanges = [*move.handoff.exchanges, answered]
        move.record("handoff_answered", answer=said)
        move.tell(works_in(session, move.handoff.to_unit_id), "answered")
        return move.moved()
