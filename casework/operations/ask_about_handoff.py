"""The receiver needs to know more before it can answer. The date of the answer stays where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.model import HandoffState
from casework.operations.moving_handoffs import HandoffMoved, lock_handoff, require_receiver, required_text, senders

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def ask_about_handoff(actor: Actor, *, handoff_id: UUID, question: str, version: int | None = None) -> HandoffMoved:
    """Ask the sender, who must answer (`answer_handoff`) before the offer can be accepted or declined.

    Refuses who is not of the receiving unit (ForbiddenError), an offer that no longer stands or has changed (ConflictError),
    an empty question (InvalidError).
    """
    at = clock.now()
    with transaction() as session:
        move = lock_handoff(session, actor, handoff_id, at)
        require_receiver(move)
        said = required_text(question, "question")
        move.to(HandoffState.MORE_ASKED, version)
        asked = {"at": at.isoformat(), "by": actor.name, "kind": "question", "text": said}
        move.handoff.exchanges = [*move.handoff.exchanges, asked]
        move.record("handoff_more_asked", question=said)
        move.tell(senders(move), "asked")
        return move.moved()
