"""What was waited for has come: the clock of a deadline goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import undefer

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError
from casework.i18n import message
from casework.model import ProcessInstance
from casework.operations.pause_deadline import lock_deadline
from casework.operations.turns.pausing import resume
from casework.operations.turns.settle import settle

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def resume_deadline(actor: Actor, *, deadline_id: UUID) -> None:
    """Let it go on: the date moves by the time that it stood still, and so do its escalations.

    What the process itself still waits for (`sag:deadline pauses`) stops it again at once. Refuses as `pause_deadline`, and a
    clock that runs (ConflictError).
    """
    at = clock.now()
    with transaction() as session:
        turn, row = lock_deadline(session, actor, deadline_id, at)
        if row["paused_at"] is None:
            raise ConflictError(message("The clock of this deadline is running."))
        with_all = undefer(ProcessInstance.engine_state), undefer(ProcessInstance.variables)
        query = select(ProcessInstance).where(ProcessInstance.id == row["instance_id"]).options(*with_all)
        turn.instances[row["instance_id"]] = session.scalars(query).one()
        resume(turn, row)
        settle(turn)
