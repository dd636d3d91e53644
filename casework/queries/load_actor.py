"""Who acts: an employee with the units, the roles and the absent colleagues that access rules need. Loaded once per request."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, String, and_, bindparam, cast, func, literal, null, select, union_all
from sqlalchemy.orm import aliased

from casework import clock
from casework.calendar import day_of
from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Actor, Cover, Employee, Membership, Role, Substitution, Unit
from casework.model.substitution import counts_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from sqlalchemy import CompoundSelect, Select

#: The doors, which know no model, take the type from here.
__all__ = ["Actor", "load_actor"]

_EMPLOYEE = bindparam("of_employee", type_=Employee.id.type)


def load_actor(employee_id: UUID) -> Actor:
    """Load an active employee with one statement; NotFoundError for somebody unknown or gone."""
    with read() as session:
        rows = session.execute(_of(), {"of_employee": employee_id, "on_day": day_of(clock.now())}).all()
    own = [row for row in rows if not row.is_absent]
    if not own:
        raise NotFoundError(message("This employee is not known, or no longer works here."))
    return _actor(own, [row for row in rows if row.is_absent])


@cache
def _of() -> CompoundSelect[Any]:
    """One row for each unit worked in, for a led unit one for each unit beneath it, itself included; then the absent ones.

    Made once: every request begins with it, and making it costs more than running it.
    """
    own, beneath = aliased(Unit), aliased(Unit)
    is_beneath = func.substr(beneath.path, 1, func.length(own.path)) == own.path
    itself = (
        select(
            literal(value=False).label("is_absent"),
            Employee.id,
            Employee.name,
            Employee.roles,
            Employee.language,
            Membership.unit_id,
            beneath.id.label("led_unit_id"),
        )
        .outerjoin(Membership, Membership.employee_id == Employee.id)
        .outerjoin(own, own.id == Membership.unit_id)
        .outerjoin(beneath, and_(Membership.role == Role.TEAM_LEADER, is_beneath))
        .where(Employee.id == _EMPLOYEE, Employee.is_active)
    )
    return union_all(itself, _absent())


def _absent() -> Select[Any]:
    """For whom the employee stands in today: one row for each unit in which the colleague works."""
    return (
        select(
            literal(value=True),
            Employee.id,
            Employee.name,
            Employee.roles,
            Employee.language,
            Membership.unit_id,
            cast(null(), String),
        )
        .join(Substitution, Substitution.absent_id == Employee.id)
        .join(Membership, Membership.employee_id == Employee.id)
        .where(Substitution.substitute_id == _EMPLOYEE, counts_on(bindparam("on_day", type_=Date)))
    )


def _actor(rows: Sequence[Any], absent: Sequence[Any]) -> Actor:
    first = rows[0]
    units = frozenset(row.unit_id for row in rows if row.unit_id)
    led = frozenset(row.led_unit_id for row in rows if row.led_unit_id)
    return Actor(
        id=first.id,
        name=first.name,
        kind="employee",
        units=units,
        led_units=led,
        roles=frozenset(Role(role) for role in first.roles),
        language=first.language,
        covers=frozenset(_covers(absent, units | led)),
    )


def _covers(rows: Sequence[Any], reached: frozenset[str]) -> Iterator[Cover]:
    """Who no longer shares a unit with the colleague stands in no more."""
    for absent_id, name in {(row.id, row.name) for row in rows}:
        works_in = frozenset(row.unit_id for row in rows if row.id == absent_id)
        if works_in & reached:
            yield Cover(absent_id, name, works_in - reached)
