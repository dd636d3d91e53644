"""Tells the leaders of both units, and of the one it falls back to, that a hand-off has had no answer in time.

The sender stays responsible: silence is no yes.

Hand-offs that a process has offered are watched by that process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import read, transaction
from casework.model import SYSTEM, Case, Handoff
from casework.model.due import IS_UNTOLD_HANDOFF, is_late_handoff
from casework.operations.moving_handoffs import Move, leaders_of, sending_leaders
from casework.operations.turns.locking import locked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID


def raise_late_handoffs(*, limit: int = 100) -> int:
    """Tell of up to `limit` hand-offs, each once and in a transaction of its own; gives how many."""
    return sum(_raise(handoff_id) for handoff_id in _late(limit))


def _late(limit: int) -> Sequence[UUID]:
    query = select(Handoff.id).where(is_late_handoff(clock.now())).order_by(Handoff.due_at, Handoff.id)
    with read() as session:
        return session.scalars(query.limit(limit)).all()


def _raise(handoff_id: UUID) -> bool:
    at = clock.now()
    with transaction() as session:
        query: Any = select(Case, Handoff).join(Handoff, Handoff.case_id == Case.id)
        query = query.where(Handoff.id == handoff_id, IS_UNTOLD_HANDOFF)
        found: Any = session.execute(locked(query, Case, Handoff, skip=True)).first()
        if found is None:
            return False  # answered, or another worker was here first
        case, handoff = found
        handoff.escalated_at = at
        move = Move(session, case, handoff, SYSTEM, at)
        leaders = [*sending_leaders(move), *leaders_of(session, handoff.to_unit_id)]
        move.record("handoff_late", due_at=handoff.due_at.isoformat())
        move.tell(leaders, "late")
    return True
