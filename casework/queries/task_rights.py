"""What the reader of a task may do now, and whom it can be passed on to. The operations decide; this says the same before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.forms.words import words
from casework.i18n import Message, message
from casework.model import ACTIVE, Employee, Membership, Unit
from casework.model.separation import has_worked
from casework.queries.names import EmployeeName, UnitName, unit_name

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from casework.model import Actor


@dataclass(frozen=True)
class TaskRights:
    """What the reader may do. Saving a draft goes with completing. `stands_in_for`: the absent colleague whose task it is.

    `follow_up_on`: until when the reader has put it aside.
    """

    claim: bool
    complete: bool
    give_back: bool
    reassign: bool
    see_case: bool
    stands_in_for: str | None
    put_aside: bool
    follow_up_on: date | None


def task_rights(actor: Actor, task: Any, refusal: Message | None) -> TaskRights:
    """Say it for a task row with state, unit, assignee and `sees_whole_case`; a `refusal` ends claiming and completing."""
    is_active, is_mine = task.state in ACTIVE, actor.id is not None and task.assignee_id == actor.id
    in_unit = actor.sees_all_cases or task.unit_id in actor.all_units
    cover = actor.cover_of(task.assignee_id, task.unit_id)
    may_work = is_active and refusal is None and (in_unit or is_mine or cover is not None)
    return TaskRights(
        claim=may_work and task.assignee_id is None and actor.kind == "employee",
        complete=may_work and (task.assignee_id is None or is_mine or cover is not None),
        give_back=is_active and task.assignee_id is not None and (is_mine or task.unit_id in actor.led_units),
        reassign=is_active and task.unit_id in actor.all_units,
        see_case=bool(task.sees_whole_case),
        stands_in_for=cover.name if cover and may_work else None,
        put_aside=is_active and is_mine and actor.kind == "employee",
        follow_up_on=task.follow_up_on if is_active and is_mine else None,
    )


def refusal_of(session: Session, actor: Actor, task: Any) -> Message | None:
    """Say why this reader may not complete an open task; None when nothing speaks against it."""
    if task.state not in ACTIVE:
        return None
    may_work = task.assignee_id == actor.id or actor.cover_of(task.assignee_id, task.unit_id) is not None
    if not actor.sees_all_cases and task.unit_id not in actor.all_units and not may_work:
        return message("The task lies with {unit}. You can read it.", unit=words(task.unit_name, task.unit_name_en))
    if task.assignee_id is not None and not may_work:
        return message("{name} has taken the task. You can read along.", name=task.assignee_name)
    if actor.id is None or not task.needs_separation:
        return None
    if session.scalar(select(has_worked(actor.id, case_id=task.case_id, besides_task_id=task.id))):
        return message("This must be done by somebody who has not worked on the case before.")
    return None


def colleagues_of(session: Session, unit_id: str) -> tuple[EmployeeName, ...]:
    """Give who works in a unit, by name."""
    rows = session.execute(
        select(Employee.id, Employee.name)
        .join(Membership, Membership.employee_id == Employee.id)
        .where(Membership.unit_id == unit_id, Employee.is_active)
        .order_by(Employee.name)
    )
    return tuple(EmployeeName(row.id, row.name) for row in rows)


def led_units_of(session: Session, actor: Actor, besides: str) -> tuple[UnitName, ...]:
    """Give the units to which a leader may pass a task on: another department is asked by a hand-off."""
    rows = session.execute(
        select(Unit.id, Unit.name, Unit.name_en)
        .where(Unit.id.in_(sorted(actor.led_units - {besides})), Unit.is_active)
        .order_by(Unit.name)
    )
    return tuple(unit_name(row.id, row.name, row.name_en) for row in rows)
