"""What somebody passed on in bulk last, as long as it can sensibly be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from casework import clock
from casework.database import read
from casework.model import Employee, ReassignedTask, Reassignment

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor

#: After this time nobody means it any more.
OFFERED_FOR = timedelta(days=1)


@dataclass(frozen=True)
class LastReassignment:
    """How many tasks went to whom when, and why."""

    id: UUID
    at: datetime
    to: str
    count: int
    reason: str


def last_reassignment(actor: Actor) -> LastReassignment | None:
    """Give the actor's last one of the last day that has not been undone."""
    with read() as session:
        row = session.execute(
            select(Reassignment.id, Reassignment.at, Employee.name, Reassignment.reason, func.count(ReassignedTask.id))
            .join(Employee, Employee.id == Reassignment.to_employee_id)
            .join(ReassignedTask, ReassignedTask.reassignment_id == Reassignment.id)
            .where(Reassignment.employee_id == actor.id, Reassignment.undone_at.is_(None))
            .where(Reassignment.at > clock.now() - OFFERED_FOR)
            .group_by(Reassignment.id, Reassignment.at, Employee.name, Reassignment.reason)
            .order_by(Reassignment.at.desc(), Reassignment.id.desc())
            .limit(1)
        ).first()
    return None if row is None else LastReassignment(row[0], row[1], row[2], row[4], row[3])
