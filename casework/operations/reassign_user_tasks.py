"""Several user tasks are passed on to one employee, with one reason, so that it can be undone together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete

from casework import clock
from casework.database import transaction
from casework.errors import CaseworkError, ForbiddenError
from casework.i18n import message
from casework.model import Reassignment
from casework.operations.reassign_user_task import reassign_user_task

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from casework.i18n import Message
    from casework.model import Actor


@dataclass(frozen=True)
class Reassigned:
    """How many went over, and why the others did not. `id` is what `undo_reassignment` takes; None: nothing went over."""

    id: UUID | None
    count: int
    left: tuple[Message, ...]


def reassign_user_tasks(actor: Actor, *, task_ids: Sequence[UUID], employee_id: UUID, reason: str) -> Reassigned:
    """Pass each on as `reassign_user_task` does, in a transaction of its own: what is refused does not hold the others back.

    For people alone (ForbiddenError): a program keeps by itself what it has done.
    """
    if actor.kind != "employee" or actor.id is None:
        raise ForbiddenError(message("Only a person can pass several tasks on at once."))
    with transaction() as session:
        batch = Reassignment(
            employee_id=actor.id, to_employee_id=employee_id, reason=" ".join(reason.split()), at=clock.now()
        )
        session.add(batch)
        session.flush()
        batch_id = batch.id
    left = [found for one in task_ids if (found := _pass_on(actor, one, employee_id, reason, batch_id)) is not None]
    count = len(task_ids) - len(left)
    if not count:
        with transaction() as session:
            session.execute(delete(Reassignment).where(Reassignment.id == batch_id))
    return Reassigned(batch_id if count else None, count, tuple(left))


def _pass_on(actor: Actor, task_id: UUID, employee_id: UUID, reason: str, batch_id: UUID) -> Message | None:
    """Why it was refused; None: it went over."""
    try:
        reassign_user_task(actor, task_id=task_id, employee_id=employee_id, reason=reason, reassignment_id=batch_id)
    except CaseworkError as error:
        return error.message
    return None
