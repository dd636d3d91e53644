"""Hand-offs: what others ask of us, what we asked of others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import and_, func, literal, or_, select, true, tuple_

from casework import clock
from casework.database import read
from casework.model import Handoff, HandoffState
from casework.queries.cursors import read_cursor, write_cursor
from casework.queries.handoff_rows import UNANSWERED, HandoffRow, handoff_row, select_handoffs

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from casework.model import Actor

MOST_ROWS = 200
#: Somebody still has to do something.
OPEN = (*UNANSWERED, HandoffState.ACCEPTED)


@dataclass(frozen=True)
class HandoffList:
    """One page, the nearest answer first. `counts` of unanswered ones: `to_us`, `from_us`, and `late` of both."""

    rows: tuple[HandoffRow, ...]
    counts: dict[str, int]
    next_cursor: str | None


def handoffs(
    actor: Actor,
    *,
    box: str = "all",
    state: str = "open",
    case_id: UUID | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> HandoffList:
    """Give one page; `box` is to_us, from_us or all, `state` open (unanswered or accepted), closed or all."""
    now, after = clock.now(), read_cursor(cursor, datetime, UUID)
    limit = max(1, min(limit, MOST_ROWS))
    chosen = select_handoffs(actor).where(_in_box(actor, box), *_in_state(state))
    if case_id:
        chosen = chosen.where(Handoff.case_id == case_id)
    if after:
        chosen = chosen.where(_is_after(*after))
    with read() as session:
        rows = session.execute(chosen.order_by(Handoff.due_at, Handoff.id).limit(limit + 1)).all()
        counts = _counts(session, actor, now)
    return HandoffList(
        rows=tuple(handoff_row(row, now) for row in rows[:limit]),
        counts=counts,
        next_cursor=write_cursor(rows[limit - 1].due_at, rows[limit - 1].id) if len(rows) > limit else None,
    )


def _in_box(actor: Actor, box: str) -> ColumnElement[bool]:
    units = sorted(actor.all_units)
    match box:
        case "to_us":
            return Handoff.to_unit_id.in_(units)
        case "from_us":
            return Handoff.from_unit_id.in_(units)
    return true()


def _in_state(state: str) -> list[ColumnElement[bool]]:
    match state:
        case "open":
            return [Handoff.state.in_(OPEN)]
        case "closed":
            return [Handoff.state.not_in(OPEN)]
    return [Handoff.state == HandoffState(state)] if state in set(HandoffState) else []


def _counts(session: Session, actor: Actor, now: datetime) -> dict[str, int]:
    units = sorted(actor.all_units)
    to_us, from_us = Handoff.to_unit_id.in_(units), Handoff.from_unit_id.in_(units)
    row = session.execute(
        select(
            func.count().filter(to_us),
            func.count().filter(from_us),
            func.count().filter(and_(or_(to_us, from_us), Handoff.due_at < now)),
        )
        .select_from(Handoff)
        .where(Handoff.state.in_(UNANSWERED), or_(to_us, from_us))
    ).one()
    return {"to_us": row[0], "from_us": row[1], "late": row[2]}


def _is_after(due_at: datetime, handoff_id: UUID) -> ColumnElement[bool]:
    return tuple_(Handoff.due_at, Handoff.id) > tuple_(
        literal(due_at, Handoff.due_at.type), literal(handoff_id, Handoff.id.type)
    )
