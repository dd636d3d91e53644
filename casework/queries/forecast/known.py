"""Remaining ways with the durations that were counted last, kept until they are counted anew: until then they are the same."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from casework.model import ElementHistory
from casework.queries.forecast.remaining import Remaining, Seen
from casework.queries.forecast.ways import ways_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.queries.forecast.ways import Place

#: Whoever asks ways that others use too holds it: a way that is being gone is only half known.
COMPUTING = Lock()


class _Kept:
    """The counting that the ways belong to, its durations, and the ways by version."""

    def __init__(self) -> None:
        self.counting: tuple[Any, ...] | None = None
        self.history: dict[Place, Seen] = {}
        self.ways: dict[UUID, Remaining] = {}


_kept = _Kept()


def remaining_ways(session: Session, version_ids: set[UUID]) -> dict[UUID, Remaining]:
    """Give the remaining ways of these versions; ask them under `COMPUTING`."""
    counting = tuple(session.execute(_COUNTING).one())
    ways = ways_of(session, version_ids)
    with COMPUTING:
        if _kept.counting != counting:
            _kept.counting, _kept.history, _kept.ways = counting, _history(session), {}
        for version_id, found in ways.items():
            _kept.ways.setdefault(version_id, Remaining(found, _kept.history))
        return {version_id: _kept.ways[version_id] for version_id in ways}


def history_made_at(session: Session) -> datetime | None:
    """When durations were counted last; None: never."""
    return session.scalar(select(func.max(ElementHistory.made_at)))


#: When it was counted, and enough of what was counted to tell two databases apart.
_COUNTING = select(
    func.max(ElementHistory.made_at),
    func.count(),
    func.sum(ElementHistory.passed),
    func.sum(ElementHistory.measured),
    func.min(ElementHistory.process_id),
)


def _history(session: Session) -> dict[Place, Seen]:
    names = "process_id", "element_id", "passed", "measured", "deciles"
    rows = session.execute(select(*(ElementHistory.__table__.c[name] for name in names)))
    return {(row.process_id, row.element_id): Seen(row.passed, row.measured, row.deciles) for row in rows}
