"""The year's figures are kept as they were made, and the leaders are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from casework import clock
from casework.database import transaction
from casework.model import AnnualReport, Employee, Membership, Role
from casework.operations.turns.telling import tell

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

#: The kind of the notification.
KIND = "annual_report"


def keep_annual_report(*, year: int, tables: list[dict[str, Any]], is_final: bool) -> bool:
    """Keep the tables (`Table.to_json`) of a year instead of those before; of final ones tell whoever leads a unit.

    False: final ones were kept before, and stay.
    """
    at = clock.now()
    try:
        with transaction() as session:
            kept = session.get(AnnualReport, year, with_for_update=True)
            if kept is None:
                kept = AnnualReport(year=year, is_final=False)
                session.add(kept)
            elif kept.is_final:
                return False
            kept.made_at, kept.tables, kept.is_final = at, tables, is_final
            session.flush()
            if is_final:
                _tell(session, year, at)
    except IntegrityError:
        return False  # another worker was here first
    return True


def _tell(session: Session, year: int, at: datetime) -> None:
    leaders = session.scalars(
        select(Employee.id)
        .join(Membership, Membership.employee_id == Employee.id)
        .where(Membership.role == Role.TEAM_LEADER, Employee.is_active)
        .distinct()
    )
    tell(session, None, leaders.all(), KIND, at, key=str(year))
