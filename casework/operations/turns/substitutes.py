"""Who is told beside a colleague who is absent: the substitutes of the day, as far as they may see what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, exists, select

from casework.calendar import day_of
from casework.model import Employee, Substitution
from casework.model.substitution import counts_on, may_cover, reaches

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from casework.model import UserTask


_ABSENT: Any = bindparam("absent", expanding=True)
_COUNTS = and_(Substitution.absent_id.in_(_ABSENT), counts_on(bindparam("day")))
#: Made once: making it takes longer than asking it, and hardly anybody is absent.
_IS_ANY = select(exists().where(_COUNTS))


def substitutes_of_holder(session: Session, task: UserTask, at: datetime) -> list[Employee]:
    """Who may work on the task in place of the one to whom it was given."""
    if task.assignee_id is None:
        return []
    holder = task.assignee_id
    return _standing_in(session, {holder}, lambda: may_cover(Substitution.substitute_id, holder, task.unit_id), at)


def substitutes_within(session: Session, employee_ids: Collection[UUID], unit_id: str, at: datetime) -> list[Employee]:
    """Who stands in for any of these and works in the unit or leads it: others would be told of what they may not see."""
    return _standing_in(session, employee_ids, lambda: reaches(Substitution.substitute_id, unit_id), at)


def _standing_in(
    session: Session, absent_ids: Collection[UUID], sees: Callable[[], ColumnElement[bool]], at: datetime
) -> list[Employee]:
    asked = {"absent": sorted(absent_ids), "day": day_of(at)}
    if not session.scalar(_IS_ANY, asked):
        return []
    query = select(Employee).join(Substitution, Substitution.substitute_id == Employee.id)
    query = query.where(_COUNTS, Employee.is_active, sees()).order_by(Employee.username)
    return list(session.scalars(query, asked).unique())
