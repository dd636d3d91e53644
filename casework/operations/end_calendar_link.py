"""An employee's link for the calendar shows nothing any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from casework import clock
from casework.database import transaction
from casework.model import CalendarLink

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor


def end_calendar_link(actor: Actor) -> None:
    """End the actor's own link at once; without one nothing changes."""
    with transaction() as session:
        if actor.id is not None:
            end_links(session, actor.id, clock.now())


def end_links(session: Session, employee_id: UUID, at: datetime) -> None:
    """End whatever the employee has."""
    standing = CalendarLink.employee_id == employee_id, CalendarLink.ended_at.is_(None)
    session.execute(update(CalendarLink).where(*standing).values(ended_at=at))
