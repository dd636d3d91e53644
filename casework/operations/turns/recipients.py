"""Who is told at which level: found by the tree of units, from the one that answers for the deadline upwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from casework.model import Employee, Membership, Role, Unit
from casework.operations.turns.substitutes import substitutes_of_holder, substitutes_within

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Case, Deadline, UserTask

#: From this level on the nearest leaders are told; each level more tells those above them too.
LEADERS = 2
#: Statements made once: making them takes longer than asking them.
_PATH = select(Unit.path).where(Unit.id == bindparam("unit_id"))
_EMPLOYEES = (
    select(Employee)
    .where(Employee.id.in_(bindparam("ids", expanding=True)), Employee.is_active)
    .order_by(Employee.username)
)
_PEOPLE = (
    select(Membership.unit_id, Membership.role, Employee)
    .join(Employee, Employee.id == Membership.employee_id)
    .where(Membership.unit_id.in_(bindparam("unit_ids", expanding=True)), Employee.is_active)
    .order_by(Employee.username)
)


def recipients(  # noqa: PLR0917  of what, how high, when
    session: Session, case: Case, deadline: Deadline, tasks: Sequence[UserTask], level: int, at: datetime
) -> list[Employee]:
    """Who has the task, else who is responsible for the case, else everybody in the unit; and leaders by level. Beside each
    who is absent the substitutes, as far as they may see it.
    """
    path = session.scalars(_PATH, {"unit_id": deadline.unit_id}).one().strip("/").split("/")
    works, leads = _people(session, path)
    assigned = {task.assignee_id for task in tasks if task.assignee_id}
    if not tasks and case.responsible_employee_id:
        assigned = {case.responsible_employee_id}
    told = _employees(session, assigned) or works.get(deadline.unit_id, [])
    steps = [leads[unit] for unit in reversed(path) if unit in leads]
    wanted = max(0, level - LEADERS + 1)
    leaders = [employee for step in steps[:wanted] for employee in step]
    substitutes = [one for task in tasks for one in substitutes_of_holder(session, task, at)]
    substitutes += substitutes_within(session, {one.id for one in (*told, *leaders)}, deadline.unit_id, at)
    return list({employee.id: employee for employee in (*told, *leaders, *substitutes)}.values())


def _employees(session: Session, ids: set[UUID]) -> list[Employee]:
    if not ids:
        return []
    return list(session.scalars(_EMPLOYEES, {"ids": sorted(ids)}))


def _people(session: Session, path: list[str]) -> tuple[dict[str, list[Employee]], dict[str, list[Employee]]]:
    """Who works in and who leads each unit of the path. A leader works in the unit, too."""
    works: dict[str, list[Employee]] = {}
    leads: dict[str, list[Employee]] = {}
    for unit_id, role, employee in session.execute(_PEOPLE, {"unit_ids": path}):
        works.setdefault(unit_id, []).append(employee)
        if role is Role.TEAM_LEADER:
            leads.setdefault(unit_id, []).append(employee)
    return works, leads
