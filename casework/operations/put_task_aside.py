"""Somebody puts a task that he or she has taken aside until a day, or takes it up again before."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from casework import clock
from casework.calendar import day_of
from casework.database import transaction
from casework.errors import ForbiddenError, InvalidError
from casework.i18n import message
from casework.operations.turns.locking import lock_task_alone
from casework.operations.turns.rights import require_standing

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor

LONGEST = timedelta(days=366)


def put_task_aside(actor: Actor, *, task_id: UUID, until: date | None) -> None:
    """Leave it out of the own view of today until the day `until`; None takes it up again. No deadline and no escalation moves.

    Refuses: what the actor does not see (NotFoundError), what somebody else or nobody has taken (ForbiddenError), what is over
    (ConflictError), a day that is not ahead or more than a year away (InvalidError). It is the actor's own order of work and
    changes nothing of the case, so the journal says nothing of it.
    """
    today = day_of(clock.now())
    if until is not None and not today < until <= today + LONGEST:
        wrong = message("Choose a day after today, within a year.")
        raise InvalidError(wrong, {"until": [wrong]})
    with transaction() as session:
        _, task = lock_task_alone(session, actor, task_id)
        require_standing(task, None)
        if actor.kind != "employee" or task.assignee_id != actor.id:
            raise ForbiddenError(message("Only who has taken the task can put it aside."))
        task.follow_up_on = until
