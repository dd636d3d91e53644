"""A user task goes back to its unit's inbox; the draft stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.errors import ForbiddenError
from casework.i18n import message
from casework.model import UserTaskState
from casework.operations.turns.locking import lock_task_alone
from casework.operations.turns.rights import require_standing
from casework.operations.turns.task_changes import TaskChanged, changed, note

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def give_back_user_task(actor: Actor, *, task_id: UUID, version: int | None = None) -> TaskChanged:
    """Give back what one has taken; a leader of the unit may do it for a colleague (else ForbiddenError).

    Giving back what nobody has changes nothing.
    """
    at = clock.now()
    with transaction() as session:
        case, task = lock_task_alone(session, actor, task_id)
        require_standing(task, version)
        if task.state is UserTaskState.OPEN:
            return changed(task)
        if actor.id != task.assignee_id and task.unit_id not in actor.led_units:
            raise ForbiddenError(message("Only who has taken the task, or a leader of the unit, can give it back."))
        task.give_back()
        note(session, case, task, "user_task_given_back", actor, at)
        return changed(task)
