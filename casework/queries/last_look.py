"""When somebody looked at a case before this visit, from the access log: what has happened since is news to them.

Whoever goes from the case to a task and back has not looked again: looks that are less than `VISIT` ago belong to this visit.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from casework.model import AccessEntry, AccessKind

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor

VISIT = timedelta(minutes=30)
_LAST = (
    select(AccessEntry.at)
    .where(AccessEntry.case_id == bindparam("of_case"), AccessEntry.actor_id == bindparam("of_actor"))
    .where(AccessEntry.at <= bindparam("before"))
    .where(AccessEntry.kind == AccessKind.READ, AccessEntry.subject == "case")
    .order_by(AccessEntry.at.desc())
    .limit(1)
)


def last_look(session: Session, actor: Actor, case_id: UUID, now: datetime) -> datetime | None:
    """Give that moment; None for who has never seen the case, and for machines."""
    if actor.kind != "employee":
        return None
    return session.scalar(_LAST, {"of_case": case_id, "of_actor": actor.id, "before": now - VISIT})
