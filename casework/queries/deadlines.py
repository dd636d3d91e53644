"""Deadlines that somebody may see, the nearest first: the list that every figure of the board opens into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import and_, func, literal, select, tuple_

from casework import clock
from casework.calendar import add_working_days, day_of, end_of_day
from casework.config import settings
from casework.database import read
from casework.model import Deadline, DeadlineClass, DeadlineState
from casework.model.visibility import is_listed_deadline
from casework.queries.cursors import read_cursor, write_cursor
from casework.queries.deadline_rows import DeadlineRow, deadline_row, select_deadlines

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from casework.model import Actor

MOST_ROWS = 200
WORKING_DAYS_AHEAD = 5
#: A clock that stands still is neither near nor late.
_RUNS = Deadline.paused_at.is_(None)


_ORDER = Deadline.due_at, Deadline.id


@dataclass(frozen=True)
class DeadlineList:
    """One page; `total` is what the filters find."""

    rows: tuple[DeadlineRow, ...]
    total: int
    next_cursor: str | None


def deadlines(
    actor: Actor,
    *,
    case_id: UUID | None = None,
    unit: str | None = None,
    key: str | None = None,
    due_class: str | None = None,
    state: str = "running",
    cursor: str | None = None,
    limit: int = 50,
) -> DeadlineList:
    """Give one page. `state` is running, overdue, soon (within five working days), paused, met, withdrawn or all."""
    now, after = clock.now(), read_cursor(cursor, datetime, UUID)
    limit = max(1, min(limit, MOST_ROWS))
    of_class = DeadlineClass(due_class) if due_class in set(DeadlineClass) else None
    equal = {Deadline.case_id: case_id, Deadline.unit_id: unit, Deadline.key: key, Deadline.due_class: of_class}
    wanted = [column == value for column, value in equal.items() if value is not None] + in_state(state, now)
    with read() as session:
        listed = is_listed_deadline(actor, *wanted)
        later = [_is_after(*after)] if after else []
        ids = session.scalars(select(Deadline.id).where(listed, *later).order_by(*_ORDER).limit(limit + 1)).all()
        rows = session.execute(select_deadlines(actor).where(Deadline.id.in_(ids)).order_by(*_ORDER)).all()
        total = session.scalar(select(func.count()).select_from(Deadline).where(listed))
    return DeadlineList(
        rows=tuple(deadline_row(row, now) for row in rows[:limit]),
        total=total or 0,
        next_cursor=write_cursor(rows[limit - 1].due_at, rows[limit - 1].id) if len(rows) > limit else None,
    )


def in_state(state: str, now: datetime) -> list[ColumnElement[bool]]:
    """Conditions on `Deadline` for the states that people ask for; an unknown one is all."""
    running = Deadline.state == DeadlineState.RUNNING
    match state:
        case "running":
            return [running]
        case "overdue":
            return [and_(running, _RUNS, Deadline.due_at < now)]
        case "soon":
            last = add_working_days(day_of(now), WORKING_DAYS_AHEAD, settings().closed_days)
            return [and_(running, _RUNS, Deadline.due_at >= now, Deadline.due_at <= end_of_day(last))]
        case "paused":
            return [and_(running, Deadline.paused_at.is_not(None))]
        case DeadlineState.MET | DeadlineState.WITHDRAWN:
            return [Deadline.state == DeadlineState(state)]
    return []


def _is_after(due_at: datetime, deadline_id: UUID) -> ColumnElement[bool]:
    return tuple_(Deadline.due_at, Deadline.id) > tuple_(
        literal(due_at, Deadline.due_at.type), literal(deadline_id, Deadline.id.type)
    )
