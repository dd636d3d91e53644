"""Who is told beside a colleague who is absent: the substitutes of the day, as far as they may see what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.calendar import day_of
from casework.model import Employee, Substitution
from casework.model.substitution import counts_on, may_cover, reaches

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from casework.model import UserTask


def substitutes_of_holder(session: Session, task: UserTask, at: datetime) -> list[Employee]:
    """Who may work on the task in place of the one to whom it was given."""
    if task.assignee_id is None:
        return []
    sees = may_cover(Substitution.substitute_id, task.assignee_id, task.unit_id)
    return _standing_in(session, {task.assignee_id}, sees, at)


def substitutes_within(session: Session, employee_ids: Collection[UUID], unit_id: str, at: datetime) -> list[Employee]:
    """Who stands in for any of these and works in the unit or leads it: others would be told of what they may not see."""
    return _standing_in(session, employee_ids, reaches(Substitution.substitute_id, unit_id), at) if employee_ids else []


def _standing_in(
    session: Session, absent_ids: Collection[UUID], sees: ColumnElement[bool], at: datetime
) -> list[Employee]:
    query = (
        select(Employee)
        .join(Substitution, Substitution.substitute_id == Employee.id)
        .where(Substitution.absent_id.in_(sorted(absent_ids)), counts_on(day_of(at)), Employee.is_active, sees)
        .order_by(Employee.username)
    )
    return list(session.scalars(query).unique())
