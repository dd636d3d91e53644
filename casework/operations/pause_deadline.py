"""Somebody says that a deadline of the municipality waits for another party."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError, ForbiddenError, InvalidError
from casework.i18n import message
from casework.model import Case, Deadline, DeadlineClass, DeadlineState
from casework.model.visibility import sees_deadline
from casework.operations.turns.locking import locked, not_found
from casework.operations.turns.pausing import pause
from casework.operations.turns.running import running_deadlines
from casework.operations.turns.settle import settle
from casework.operations.turns.turn import Turn

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.operations.turns.turn import Row

LONGEST = 200


def pause_deadline(actor: Actor, *, deadline_id: UUID, reason: str) -> None:
    """Stop its clock. `reason` says who or what is waited for, and is shown wherever the deadline is.

    Refuses: what the actor does not see (NotFoundError), who works neither in its unit nor in the responsible one
    (ForbiddenError), the law's clock, one that has ended, is overdue or stands still (ConflictError), no reason (InvalidError).
    """
    said = " ".join(reason.split())
    if not said or len(said) > LONGEST:
        wrong = message("Say in at most {limit} characters who or what is waited for.", limit=LONGEST)
        raise InvalidError(wrong, {"reason": [wrong]})
    at = clock.now()
    with transaction() as session:
        turn, row = lock_deadline(session, actor, deadline_id, at)
        if row["due_class"] is DeadlineClass.LOV:
            raise ConflictError(message("This is the law's deadline: its clock never stands still."))
        if row["paused_at"] is not None:
            raise ConflictError(message("The clock of this deadline stands still already."))
        if not pause(turn, row, said, by_hand=True):
            raise ConflictError(message("The deadline has passed. Do it now, and say then why it is late."))
        settle(turn)


def lock_deadline(session: Session, actor: Actor, deadline_id: UUID, at: datetime) -> tuple[Turn, Row]:
    """A running deadline for whose clock the actor answers, with a turn on its case."""
    query = select(Case).join(Deadline, Deadline.case_id == Case.id)
    query = query.where(Deadline.id == deadline_id, sees_deadline(actor))
    case = session.scalars(locked(query, Case)).first()
    if case is None:
        raise not_found()
    turn = Turn(session, case, actor, at)
    row = next((row for row in running_deadlines(turn) if row["id"] == deadline_id), None)
    if row is None or row["state"] is not DeadlineState.RUNNING:
        raise ConflictError(message("The deadline has ended already."))
    if not actor.sees_all_cases and not actor.all_units & {row["unit_id"], case.responsible_unit_id}:
        raise ForbiddenError(message("Only the unit that has the deadline and the responsible one can do this."))
    return turn, row
