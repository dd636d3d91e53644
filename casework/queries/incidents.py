"""Incidents that somebody may see: open ones with the oldest first, solved ones with the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, literal, select, tuple_

from casework import clock
from casework.calendar import day_of, end_of_day
from casework.database import read
from casework.model import Case, Incident, IncidentState
from casework.model.visibility import sees_incident
from casework.queries.cursors import read_cursor, write_cursor
from casework.queries.incident_rows import IncidentRow, incident_row, select_incidents

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from casework.model import Actor

MOST_ROWS = 200


@dataclass(frozen=True)
class IncidentList:
    """One page. `open` and `solved_today` count all that the actor sees, whatever the filter."""

    rows: tuple[IncidentRow, ...]
    open: int
    solved_today: int
    next_cursor: str | None


def incidents(
    actor: Actor, *, state: str = IncidentState.OPEN, cursor: str | None = None, limit: int = 50
) -> IncidentList:
    """Give one page; `state` is open, solved or all."""
    after = read_cursor(cursor, datetime, UUID)
    limit = max(1, min(limit, MOST_ROWS))
    with read() as session:
        rows = session.execute(_chosen(actor, state, after).limit(limit + 1)).all()
        now_open, solved_today = _counts(session, actor)
        return IncidentList(
            rows=tuple(incident_row(session, row) for row in rows[:limit]),
            open=now_open,
            solved_today=solved_today,
            next_cursor=write_cursor(rows[limit - 1].created_at, rows[limit - 1].id) if len(rows) > limit else None,
        )


def _chosen(actor: Actor, state: str, after: tuple[Any, ...] | None) -> Any:
    chosen = select_incidents(actor)
    keys = tuple_(Incident.created_at, Incident.id)
    last = after and tuple_(literal(after[0], Incident.created_at.type), literal(after[1], Incident.id.type))
    if state == IncidentState.OPEN:
        chosen = chosen.where(Incident.state == IncidentState.OPEN).order_by(Incident.created_at, Incident.id)
        return chosen if last is None else chosen.where(keys > last)
    if state == IncidentState.SOLVED:
        chosen = chosen.where(Incident.state == IncidentState.SOLVED)
    chosen = chosen.order_by(Incident.created_at.desc(), Incident.id.desc())
    return chosen if last is None else chosen.where(keys < last)


def _counts(session: Session, actor: Actor) -> tuple[int, int]:
    yesterday = end_of_day(day_of(clock.now()) - timedelta(days=1))
    today = func.count().filter(Incident.solved_at > yesterday)
    now_open = func.count().filter(Incident.state == IncidentState.OPEN)
    row = session.execute(
        select(now_open, today)
        .select_from(Incident)
        .join(Case, Case.id == Incident.case_id)
        .where(sees_incident(actor))
    ).one()
    return row[0], row[1]
