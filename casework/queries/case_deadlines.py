"""The deadlines of a case page: those that run and those met lately, how many of which kind, and the time that they span."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, or_

from casework.calendar import day_of
from casework.model import Deadline, DeadlineState
from casework.queries.columns import KEPT, OF_CASE
from casework.queries.deadline_rows import DeadlineRow, deadline_row, select_deadlines
from casework.queries.due_words import DueState

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.queries.columns import AnySelect

#: Ended deadlines are shown for this long.
SHOWN_AFTER_END = timedelta(days=60)


def case_deadlines(session: Session, actor: Actor, case_id: UUID, now: datetime) -> tuple[DeadlineRow, ...]:
    """Running ones, and those met lately; a duty that fell away is not shown."""
    rows = session.execute(_of_case(actor), {"of_case": case_id, "since": now - SHOWN_AFTER_END})
    return tuple(deadline_row(row, now) for row in rows)


@lru_cache(maxsize=KEPT)
def _of_case(actor: Actor) -> AnySelect:
    since = bindparam("since", type_=Deadline.ended_at.type)
    met_lately = (Deadline.state == DeadlineState.MET) & (Deadline.ended_at >= since)
    return (
        select_deadlines(actor)
        .where(Deadline.case_id == OF_CASE, or_(Deadline.state == DeadlineState.RUNNING, met_lately))
        .order_by(Deadline.due_at, Deadline.id)
    )


def deadline_counts(deadlines: tuple[DeadlineRow, ...], now: datetime) -> tuple[int, int, int, int]:
    """Say how many run, are overdue, are due today, wait for others."""
    running = [row for row in deadlines if row.ended_at is None]
    overdue = sum(row.due.state is DueState.OVERDUE for row in running)
    today = sum(row.due.at is not None and row.due.at >= now and day_of(row.due.at) == day_of(now) for row in running)
    return len(running), overdue, today, sum(row.due.state is DueState.WAITING for row in running)


def time_span(deadlines: tuple[DeadlineRow, ...]) -> tuple[datetime, datetime] | None:
    """From the first start to the last date; None where nothing has a date."""
    dates = [row.due.at for row in deadlines if row.due.at]
    return (min(row.starts_at for row in deadlines), max(dates)) if dates else None
