"""Who acts: an employee with the units and roles that access rules ask about. Loaded once per request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Actor, Employee, Membership, Role, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import Select

#: The doors, which know no model, take the type from here.
__all__ = ["Actor", "load_actor"]


def load_actor(employee_id: UUID) -> Actor:
    """Load an active employee with one statement; NotFoundError for somebody unknown or gone."""
    with read() as session:
        rows = session.execute(_of(employee_id)).all()
    if not rows:
        raise NotFoundError(message("This employee is not known, or no longer works here."))
    return _actor(rows)


def _of(employee_id: UUID) -> Select[Any]:
    """One row for each unit worked in, and for a led unit one for each unit beneath it, itself included."""
    own, beneath = aliased(Unit), aliased(Unit)
    is_beneath = func.substr(beneath.path, 1, func.length(own.path)) == own.path
    return (
        select(
            Employee.id,
            Employee.name,
            Employee.roles,
            Employee.language,
            Membership.unit_id,
            Membership.role,
            beneath.id.label("led_unit_id"),
        )
        .outerjoin(Membership, Membership.employee_id == Employee.id)
        .outerjoin(own, own.id == Membership.unit_id)
        .outerjoin(beneath, and_(Membership.role == Role.TEAM_LEADER, is_beneath))
        .where(Employee.id == employee_id, Employee.is_active)
    )


def _actor(rows: Sequence[Any]) -> Actor:
    first = rows[0]
    return Actor(
        id=first.id,
        name=first.name,
        kind="employee",
        units=frozenset(row.unit_id for row in rows if row.unit_id),
        led_units=frozenset(row.led_unit_id for row in rows if row.led_unit_id),
        roles=frozenset(Role(role) for role in first.roles),
        language=first.language,
    )
