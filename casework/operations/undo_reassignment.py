"""Tasks that were passed on together go back to who had them, as far as nobody has touched them since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.database import read, transaction
from casework.errors import CaseworkError, ConflictError, NotFoundError
from casework.forms.words import words
from casework.i18n import message
from casework.model import Employee, ReassignedTask, Reassignment, UserTask
from casework.operations.turns.locking import lock_task_alone
from casework.operations.turns.rights import require_standing, require_unit
from casework.operations.turns.task_changes import note
from casework.operations.turns.telling import tell

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.i18n import Message
    from casework.model import Actor


@dataclass(frozen=True)
class Undone:
    """How many are as they were before, and which are not and why."""

    count: int
    left: tuple[Message, ...]


def undo_reassignment(actor: Actor, *, reassignment_id: UUID) -> Undone:
    """Put each task back in a transaction of its own, with holder and follow-up date, each change in its journal.

    Only who passed them on may (else NotFoundError), and once (ConflictError). What was taken, given back, passed on, written in
    or finished since stays as it is.
    """
    at = clock.now()
    with transaction() as session:
        batch = session.get(Reassignment, reassignment_id, with_for_update=True)
        if batch is None or actor.kind != "employee" or batch.employee_id != actor.id:
            raise NotFoundError(message("There is nothing like that to undo."))
        if batch.undone_at is not None:
            raise ConflictError(message("This has been undone already."))
        batch.undo(at)
    results = [_put_back(actor, one, at) for one in _tasks(reassignment_id)]
    left = tuple(one for one in results if one is not None)
    return Undone(len(results) - len(left), left)


def _tasks(reassignment_id: UUID) -> list[tuple[UUID, UUID, Message]]:
    """Id of the row, id and name of the task."""
    with read() as session:
        rows = session.execute(
            select(ReassignedTask.id, UserTask.id, UserTask.name, UserTask.name_en)
            .join(UserTask, UserTask.id == ReassignedTask.user_task_id)
            .where(ReassignedTask.reassignment_id == reassignment_id)
            .order_by(ReassignedTask.id)
        )
        return [(row_id, task_id, words(name, name_en)) for row_id, task_id, name, name_en in rows]


def _put_back(actor: Actor, which: tuple[UUID, UUID, Message], at: datetime) -> Message | None:
    """Why not; None: it is as it was."""
    row_id, task_id, name = which
    try:
        with transaction() as session:
            _restore(session, actor, row_id, task_id, at)
    except CaseworkError as error:
        return message("{task}: {reason}", task=name, reason=error.message)
    return None


def _restore(session: Session, actor: Actor, row_id: UUID, task_id: UUID, at: datetime) -> None:
    case, task = lock_task_alone(session, actor, task_id)
    row = session.get_one(ReassignedTask, row_id)
    require_standing(task, None)
    require_unit(actor, task)
    if (task.version, task.draft_version) != (row.version, row.draft_version):
        raise ConflictError(message("Somebody has worked on it since."))
    _require_still_there(session, row.from_employee_id)
    held_by = task.assignee_id
    if row.from_employee_id:
        task.claim(row.from_employee_id)
    else:
        task.give_back()
    task.follow_up_on = row.follow_up_on
    row.put_back(at)
    holders = {"from_employee": str(held_by) if held_by else None, "to_employee": _text(row.from_employee_id)}
    note(session, case, task, "user_task_put_back", actor, at, **holders)
    told = [one for one in (row.from_employee_id,) if one and one != actor.id]
    tell(session, case, told, "task", at, key=f"{task.id}:{task.version}", user_task_id=task.id)


def _require_still_there(session: Session, employee_id: UUID | None) -> None:
    if employee_id is None:
        return
    employee = session.get_one(Employee, employee_id)
    if not employee.is_active:
        raise ConflictError(message("{name} no longer works here.", name=employee.name))


def _text(employee_id: UUID | None) -> str | None:
    return str(employee_id) if employee_id else None
