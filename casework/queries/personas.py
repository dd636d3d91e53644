"""Who can be played in a demonstration. On a real installation: nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.config import settings
from casework.database import read
from casework.forms.words import words
from casework.model import Employee, Membership, Unit
from casework.queries.names import UnitName

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True)
class Persona:
    """One of the cast; `role` is that of the membership or the first of `roles`."""

    employee_id: UUID
    username: str
    name: str
    title: str
    unit: UnitName | None
    roles: tuple[str, ...]


def personas() -> tuple[Persona, ...]:
    """Give the active employees marked as personas, in the order in which they were loaded; empty unless in a demonstration."""
    if not settings().demonstration:
        return ()
    with read() as session:
        rows = session.execute(
            select(
                Employee.id,
                Employee.username,
                Employee.name,
                Employee.title,
                Employee.roles,
                Membership.role,
                Membership.unit_id,
                Unit.name.label("unit_name"),
                Unit.name_en,
            )
            .outerjoin(Membership, Membership.employee_id == Employee.id)
            .outerjoin(Unit, Unit.id == Membership.unit_id)
            .where(Employee.is_active, Employee.is_persona)
            .order_by(Employee.id, Membership.unit_id)
        ).all()
    first = {row.id: row for row in reversed(rows)}
    return tuple(
        Persona(
            employee_id=row.id,
            username=row.username,
            name=row.name,
            title=row.title,
            unit=UnitName(row.unit_id, words(row.unit_name, row.name_en)) if row.unit_id else None,
            roles=tuple(([row.role.value] if row.role else []) + list(row.roles)),
        )
        for row in sorted(first.values(), key=lambda one: one.id)
    )
