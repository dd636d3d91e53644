"""A user task is passed on: to an employee, to another unit, or to an employee of another unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from casework import clock
from casework.database import transaction
from casework.errors import ForbiddenError, InvalidError
from casework.i18n import message
from casework.model import Deadline, DeadlineState, Employee, Membership, ReassignedTask, Unit
from casework.operations.turns.locking import lock_task_alone
from casework.operations.turns.rights import require_separation, require_standing
from casework.operations.turns.substitutes import substitutes_of_holder
from casework.operations.turns.task_changes import TaskChanged, changed, note
from casework.operations.turns.telling import tell
from casework.operations.turns.user_tasks import awaited_by

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor, Case, UserTask


def reassign_user_task(
    actor: Actor,
    *,
    task_id: UUID,
    employee_id: UUID | None = None,
    unit_id: str | None = None,
    reason: str,
    version: int | None = None,
    reassignment_id: UUID | None = None,
) -> TaskChanged:
    """Pass a task on, with its draft. A leader of its unit may choose any unit that he or she leads; who works in the unit
    may pass it to a colleague there. Another department is asked by a hand-off (ForbiddenError here).

    `reassignment_id`: one of several that are passed on at once (`reassign_user_tasks`), to be put back together.
    The employee must work in the unit or lead it (InvalidError), and be new to the case where the diagram asks for that.
    """
    said = " ".join(reason.split())
    if not said:
        raise InvalidError(message("Say why."), {"reason": [message("Say why.")]})
    at = clock.now()
    with transaction() as session:
        case, task = lock_task_alone(session, actor, task_id)
        require_standing(task, version)
        unit = unit_id or task.unit_id
        _require_may_pass_on(actor, task, unit)
        _require_known(session, unit, employee_id)
        require_separation(session, case, task, employee_id)
        before = {"from_unit": task.unit_id, "from_employee": str(task.assignee_id) if task.assignee_id else None}
        held_by, put_aside = task.assignee_id, task.follow_up_on
        _pass_on(session, case, task, unit, employee_id)
        if reassignment_id:
            session.add(_as_it_was(reassignment_id, task, held_by, put_aside))
        to = {"to_unit": unit, "to_employee": str(employee_id) if employee_id else None}
        note(session, case, task, "user_task_reassigned", actor, at, reason=said, **before, **to)
        substitutes = [one.id for one in substitutes_of_holder(session, task, at)] if employee_id else []
        told = [one for one in (employee_id, *substitutes) if one and one != actor.id]
        tell(session, case, told, "task", at, key=f"{task.id}:{task.version}", user_task_id=task.id)
        return changed(task)


def _as_it_was(reassignment_id: UUID, task: UserTask, held_by: UUID | None, put_aside: date | None) -> ReassignedTask:
    return ReassignedTask(
        reassignment_id=reassignment_id,
        user_task_id=task.id,
        from_employee_id=held_by,
        follow_up_on=put_aside,
        version=task.version,
        draft_version=task.draft_version,
    )


def _require_may_pass_on(actor: Actor, task: UserTask, unit_id: str) -> None:
    if actor.kind == "system":
        return
    if task.unit_id in actor.led_units and unit_id in actor.led_units:
        return
    if unit_id != task.unit_id:
        raise ForbiddenError(message("Another unit must be asked to take over, by a hand-off."))
    if unit_id not in actor.all_units:
        raise ForbiddenError(message("The task lies with another unit."))


def _require_known(session: Session, unit_id: str, employee_id: UUID | None) -> None:
    unit = session.get(Unit, unit_id)
    if unit is None or not unit.is_active:
        raise InvalidError(message("There is no such unit."), {"unit_id": [message("There is no such unit.")]})
    if employee_id is None:
        return
    works_there = (
        select(Employee.id)
        .join(Membership, Membership.employee_id == Employee.id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(Employee.id == employee_id, Employee.is_active, Unit.id.in_(unit.path.strip("/").split("/")))
    )
    if session.scalars(works_there).first() is None:
        wrong = message("The employee does not work in this unit.")
        raise InvalidError(wrong, {"employee_id": [wrong]})


def _pass_on(session: Session, case: Case, task: UserTask, unit_id: str, employee_id: UUID | None) -> None:
    if employee_id:
        task.claim(employee_id)
    else:
        task.give_back()
    if unit_id != task.unit_id:
        task.unit_id, task.awaited_by_unit_id = unit_id, awaited_by(case, unit_id)
        session.execute(
            update(Deadline)
            .where(Deadline.instance_id == task.instance_id, Deadline.engine_task_id == task.engine_task_id)
            .where(Deadline.state == DeadlineState.RUNNING)
            .values(unit_id=unit_id)
        )
