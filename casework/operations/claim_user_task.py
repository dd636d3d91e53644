"""An employee takes a user task from the unit's inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError, ForbiddenError
from casework.i18n import message
from casework.operations.turns.locking import lock_task_alone
from casework.operations.turns.rights import now, require_separation, require_standing, require_unit
from casework.operations.turns.task_changes import TaskChanged, changed, note

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def claim_user_task(actor: Actor, *, task_id: UUID, version: int | None = None) -> TaskChanged:
    """Take a task of one's unit. Taking what one has already changes nothing.

    Refuses machines and other units (ForbiddenError), who has worked on the case where somebody new is asked for
    (ForbiddenError), and what a colleague has taken meanwhile (ConflictError).
    """
    if actor.kind != "employee" or actor.id is None:
        raise ForbiddenError(message("Only an employee can take a task."))
    at = clock.now()
    with transaction() as session:
        case, task = lock_task_alone(session, actor, task_id)
        require_unit(actor, task)
        if task.assignee_id == actor.id:
            return changed(task)
        if task.assignee_id is not None:
            raise ConflictError(message("A colleague has taken the task."), changed=now(task))
        require_standing(task, version)
        require_separation(session, case, task, actor.id)
        task.claim(actor.id)
        note(session, case, task, "user_task_claimed", actor, at)
        return changed(task)
