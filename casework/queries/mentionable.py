"""Whom a note on a case may mention: colleagues who see the case whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.database import read
from casework.model.readers import readers_of
from casework.queries.names import EmployeeName

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def mentionable(actor: Actor, case_id: UUID, responsible_unit_id: str) -> tuple[EmployeeName, ...]:
    """Give them by name, without the actor, for a case that the caller has found visible."""
    with read() as session:
        rows = session.execute(readers_of(case_id, responsible_unit_id)).all()
    return tuple(EmployeeName(row.id, row.name) for row in rows if row.id != actor.id)
