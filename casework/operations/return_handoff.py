"""The receiver gives back what it had accepted; the sender is responsible again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.model import HandoffState
from casework.operations.moving_handoffs import (
    HandoffMoved,
    Move,
    leaders_of,
    lock_handoff,
    require_receiver,
    required_text,
    senders,
)
from casework.operations.turns import move_unit

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def return_handoff(actor: Actor, *, handoff_id: UUID, reason: str, version: int | None = None) -> HandoffMoved:
    """Give it back with a reason; the sender and the sender's leader are told.

    Refuses who is not of the receiving unit (ForbiddenError), what is not accepted (ConflictError), no reason
    (InvalidError). A responsibility that had moved moves back.
    """
    at = clock.now()
    with transaction() as session:
        move = lock_handoff(session, actor, handoff_id, at)
        require_receiver(move)
        said = required_text(reason, "reason")
        move.to(HandoffState.RETURNED, version)
        move.answered(said)
        move.record("handoff_returned", reason=said)
        if move.handoff.moves_responsibility and move.case.responsible_unit_id == move.handoff.to_unit_id:
            _move_back(move)
        move.tell([*senders(move), *leaders_of(session, move.handoff.from_unit_id)], "returned")
        move.answer_instance()
        return move.moved()


def _move_back(move: Move) -> None:
    """To the unit that offered, and to whoever offered it."""
    move_unit(move.session, move.case, move.handoff.from_unit_id)
    move.case.responsible_employee_id = move.handoff.offered_by_id
    move.record("responsibility_moved", unit=move.handoff.from_unit_id)
