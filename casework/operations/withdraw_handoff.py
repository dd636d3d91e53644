"""The sender takes an offer back before it is accepted; the receiver sees it no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.model import HandoffState
from casework.operations.moving_handoffs import (
    HandoffMoved,
    Move,
    lock_handoff,
    require_sender,
    required_text,
    works_in,
)

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def withdraw_handoff(actor: Actor, *, handoff_id: UUID, reason: str, version: int | None = None) -> HandoffMoved:
    """Take it back with a reason.

    Refuses who is not of the sending unit (ForbiddenError), what the receiver has answered or somebody has changed
    (ConflictError), no reason (InvalidError).
    """
    at = clock.now()
    with transaction() as session:
        move = lock_handoff(session, actor, handoff_id, at)
        require_sender(move)
        take_back(move, required_text(reason, "reason"), version)
        return move.moved()


def take_back(move: Move, reason: str, version: int | None = None) -> None:
    """Do it inside another operation."""
    move.to(HandoffState.WITHDRAWN, version)
    move.answered(reason)
    move.record("handoff_withdrawn", reason=reason)
    move.tell(works_in(move.session, move.handoff.to_unit_id), "withdrawn")
    move.answer_instance()
