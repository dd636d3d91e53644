"""The receiver takes over: from now on it does the next thing, and answers for the case when that was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.errors import InvalidError
from casework.i18n import message
from casework.model import HandoffState
from casework.operations.moving_handoffs import HandoffMoved, Move, lock_handoff, require_receiver, senders, works_in
from casework.operations.turns import move_unit

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def accept_handoff(
    actor: Actor, *, handoff_id: UUID, version: int | None = None, next_employee_id: UUID | None = None
) -> HandoffMoved:
    """Accept an offer. `next_employee_id` does the next thing: by default the actor, when the actor works in the unit.

    Refuses who is not of the receiving unit (ForbiddenError), an offer that no longer stands or has changed (ConflictError),
    an employee of elsewhere (InvalidError). Afterwards the instance that waited goes on; where the hand-off moves the
    responsibility, the case belongs to the receiver and to that employee.
    """
    at = clock.now()
    with transaction() as session:
        move = lock_handoff(session, actor, handoff_id, at)
        require_receiver(move)
        move.to(HandoffState.ACCEPTED, version)
        move.answered()
        move.handoff.next_employee_id = _next_employee(move, next_employee_id)
        move.record("handoff_accepted")
        if move.handoff.moves_responsibility:
            _move_responsibility(move)
        move.tell(senders(move), "accepted")
        move.answer_instance()
        return move.moved()


def _next_employee(move: Move, employee_id: UUID | None) -> UUID | None:
    colleagues = works_in(move.session, move.handoff.to_unit_id)
    if employee_id is None:
        return move.actor.id if move.actor.id in colleagues else None
    if employee_id not in colleagues:
        wrong = message("The employee does not work in this unit.")
        raise InvalidError(wrong, {"next_employee_id": [wrong]})
    return employee_id


def _move_responsibility(move: Move) -> None:
    move_unit(move.session, move.case, move.handoff.to_unit_id)
    move.case.responsible_employee_id = move.handoff.next_employee_id
    move.record("responsibility_moved", unit=move.handoff.to_unit_id)
