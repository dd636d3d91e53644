"""When somebody looked at a case before this visit, from the access log: what has happened since is news to them.

Whoever goes from the case to a task and back has not looked again: looks that are less than `VISIT` ago belong to this visit.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.model import AccessEntry, AccessKind

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor

VISIT = timedelta(minutes=30)


def last_look(session: Session, actor: Actor, case_id: UUID, now: datetime) -> datetime | None:
    """Give that moment; None for who has never seen the case, and for machines."""
    if actor.kind != "employee":
        return None
    return session.scalar(
        select(AccessEntry.at)
        .where(AccessEntry.case_id == case_id, AccessEntry.actor_id == actor.id, AccessEntry.at <= now - VISIT)
        .where(AccessEntry.kind == AccessKind.READ, AccessEntry.subject == "case")
        .order_by(AccessEntry.at.desc())
        .limit(1)
    )
