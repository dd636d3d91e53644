"""How the machinery stands: incidents, job queues, timers. For administrators; it names no child."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from casework import clock
from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Job, JobState, MessageState, ProcessMessage, Role, Timer, TimerState
from casework.queries.incidents import incidents

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.queries.incident_rows import IncidentRow

#: A timer that should have fired this long ago is late.
_LATE = timedelta(seconds=10)


@dataclass(frozen=True)
class Queue:
    """Jobs of one topic."""

    topic: str
    waiting: int
    running: int
    failed: int


@dataclass(frozen=True)
class OperationsPage:
    """Figures of this moment. `oldest_job_seconds` is how long the oldest ready job waits, None when none does."""

    now: datetime
    open_incidents: int
    jobs_waiting: int
    oldest_job_seconds: float | None
    timers_next_hour: int
    late_timers: int
    kept_messages: int
    database_ms: float
    queues: tuple[Queue, ...]
    incidents: tuple[IncidentRow, ...]


def operations_page(actor: Actor) -> OperationsPage:
    """Give the figures and the open incidents; NotFoundError for who is no administrator."""
    if Role.ADMINISTRATOR not in actor.roles and actor.kind != "system":
        raise NotFoundError(message("There is no such page."))
    now, started = clock.now(), time.perf_counter()
    with read() as session:
        queues = _queues(session)
        oldest = session.scalar(select(func.min(Job.next_at)).where(Job.state == JobState.READY, Job.next_at <= now))
        next_hour, late = _timers(session, now)
        kept = session.scalar(
            select(func.count()).select_from(ProcessMessage).where(ProcessMessage.state == MessageState.KEPT)
        )
    took = (time.perf_counter() - started) * 1000
    stuck = incidents(actor)
    return OperationsPage(
        now=now,
        open_incidents=stuck.open,
        jobs_waiting=sum(queue.waiting for queue in queues),
        oldest_job_seconds=(now - oldest).total_seconds() if oldest else None,
        timers_next_hour=next_hour,
        late_timers=late,
        kept_messages=kept or 0,
        database_ms=took,
        queues=queues,
        incidents=stuck.rows,
    )


def _queues(session: Session) -> tuple[Queue, ...]:
    standing = (JobState.READY, JobState.CLAIMED, JobState.FAILED)
    counts = [func.count().filter(Job.state == state) for state in standing]
    rows = session.execute(
        select(Job.topic, *counts).where(Job.state.in_(standing)).group_by(Job.topic).order_by(Job.topic)
    )
    return tuple(Queue(row[0], row[1], row[2], row[3]) for row in rows)


def _timers(session: Session, now: datetime) -> tuple[int, int]:
    row = session.execute(
        select(func.count().filter(Timer.due_at >= now), func.count().filter(Timer.due_at < now - _LATE)).where(
            Timer.state == TimerState.WAITING, Timer.due_at < now + timedelta(hours=1)
        )
    ).one()
    return row[0], row[1]
