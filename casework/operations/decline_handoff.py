"""The receiver says no, with a reason that the sender can act on. The sender stays responsible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.errors import InvalidError
from casework.i18n import message
from casework.model import HandoffState, Unit
from casework.operations.moving_handoffs import (
    HandoffMoved,
    lock_handoff,
    require_receiver,
    required_text,
    senders,
    sending_leaders,
)

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def decline_handoff(
    actor: Actor, *, handoff_id: UUID, reason: str, version: int | None = None, suggested_unit_id: str | None = None
) -> HandoffMoved:
    """Decline an offer; the sender and the leaders are told, also of the unit that it falls back to; the instance that waited
    goes on with the answer.

    Refuses who is not of the receiving unit (ForbiddenError), an offer that no longer stands or has changed (ConflictError),
    no reason or an unknown unit (InvalidError).
    """
    at = clock.now()
    with transaction() as session:
        move = lock_handoff(session, actor, handoff_id, at)
        require_receiver(move)
        said = required_text(reason, "reason")
        if suggested_unit_id is not None and session.get(Unit, suggested_unit_id) is None:
            wrong = message("There is no such unit.")
            raise InvalidError(wrong, {"suggested_unit_id": [wrong]})
        move.to(HandoffState.DECLINED, version)
        move.answered(said)
        move.handoff.suggested_unit_id = suggested_unit_id
        move.record("handoff_declined", reason=said, suggested_unit=suggested_unit_id)
        move.tell([*senders(move), *sending_leaders(move)], "declined")
        move.answer_instance()
        return move.moved()
