"""Units and employees from a TOML file: the demonstration's, or a municipality's own. Loading again brings them up to date."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select

from casework import clock
from casework.calendar import day_of
from casework.database import transaction
from casework.errors import InvalidError
from casework.i18n import message
from casework.model import Employee, Membership, PlaceCapacity, Role, Unit

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from casework.model import Actor


#: Before all that is counted.
_ALWAYS = date(1900, 1, 1)


@dataclass(frozen=True)
class Loaded:
    """How many stand there now."""

    units: int
    employees: int


def load_municipality(actor: Actor, *, path: Path) -> Loaded:
    """Add or change what the file names; nothing is taken away. Administrators only.

    `[[unit]]` id, name, name_en, parent, lane, district, fallback, places (of a provider), external (no part of the
    municipality), approval_limit (of its leader for packages, in kroner); `[[employee]]` username, name, title, units (unit to
    role), roles, persona. Refuses (InvalidError) an unknown parent, a ring of parents, an unknown unit of an employee.
    """
    actor.require_role(Role.ADMINISTRATOR)
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    units = {unit["id"]: unit for unit in data.get("unit", [])}
    employees = data.get("employee", [])
    with transaction() as session:
        for unit_id in sorted(units, key=lambda unit_id: len(_ancestors(unit_id, units))):
            session.merge(_unit(unit_id, units))
        session.flush()  # fallbacks point at units that may come later
        for unit_id, unit in units.items():
            session.get_one(Unit, unit_id).fallback_id = unit.get("fallback")
            _load_places(session, unit_id, unit.get("places"))
        for employee in employees:
            _load_employee(session, employee, units)
    return Loaded(len(units), len(employees))


def _unit(unit_id: str, units: dict[str, Any]) -> Unit:
    unit = units[unit_id]
    return Unit(
        id=unit_id,
        name=unit["name"],
        name_en=unit.get("name_en", unit["name"]),
        parent_id=unit.get("parent"),
        lane=unit.get("lane"),
        district=unit.get("district"),
        path="/" + "/".join([*_ancestors(unit_id, units), unit_id]) + "/",
        is_active=True,
        is_external=unit.get("external", False),
        approval_limit=unit.get("approval_limit"),
    )


def _load_places(session: Session, unit_id: str, places: int | None) -> None:
    """A number that differs from the last one counts from today; the first one counts for all time."""
    said = session.scalars(
        select(PlaceCapacity).where(PlaceCapacity.unit_id == unit_id).order_by(PlaceCapacity.since.desc()).limit(1)
    ).first()
    if places is None or (said is not None and said.places == places):
        return
    since = day_of(clock.now()) if said else _ALWAYS
    session.merge(PlaceCapacity(unit_id=unit_id, since=since, places=places))


def _ancestors(unit_id: str, units: dict[str, Any]) -> list[str]:
    """From the root down to the parent."""
    found: list[str] = []
    parent = units[unit_id].get("parent")
    while parent is not None:
        if parent not in units or parent in found:
            raise InvalidError(message("The unit {unit} has no place in the tree.", unit=unit_id))
        found.insert(0, parent)
        parent = units[parent].get("parent")
    return found


def _load_employee(session: Session, employee: dict[str, Any], units: dict[str, Any]) -> None:
    username = employee["username"]
    # The id follows from the name, so that the same file makes the same municipality everywhere.
    employee_id = uuid5(NAMESPACE_URL, f"urn:sagsgang:employee:{username}")
    session.merge(_employee(employee_id, employee))
    session.flush()
    for unit_id, role in employee.get("units", {}).items():
        if unit_id not in units:
            raise InvalidError(message("Unknown unit: {unit}.", unit=unit_id))
        session.merge(Membership(employee_id=employee_id, unit_id=unit_id, role=Role(role)))


def _employee(employee_id: UUID, employee: dict[str, Any]) -> Employee:
    return Employee(
        id=employee_id,
        username=employee["username"],
        name=employee["name"],
        title=employee.get("title", ""),
        email=employee.get("email", f"{employee['username']}@kommune.example"),
        phone=employee.get("phone", ""),
        roles=employee.get("roles", []),
        is_persona=employee.get("persona", False),
    )
