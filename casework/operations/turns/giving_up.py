"""Gives a job up: a person must look. What belongs to no instance has nobody who waits, and is only marked as failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.engine import Stuck
from casework.i18n import message
from casework.model import JobState
from casework.operations.turns.finishing import lock_job
from casework.operations.turns.incidents import raise_incident
from casework.operations.turns.settle import settle

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Job
    from casework.operations.turns.turn import Turn

#: Attempts before a job is given up: together about six minutes, or until a person retries.
ATTEMPTS = 6


def give_up(job_id: UUID, error: str) -> None:
    """Give up a job that wears out its workers, in a transaction of its own, unless it has moved on meanwhile."""
    at = clock.now()
    with transaction() as session:
        turn, _, job = lock_job(session, job_id, None, at)
        if job.state is JobState.CLAIMED and job.next_at <= at and job.attempts >= ATTEMPTS:
            fail(session, turn, job, error, at)


def fail(session: Session, turn: Turn | None, job: Job, error: str, at: datetime) -> None:
    """The job is given up, with an incident where an instance waits for it."""
    job.give_up(at, error)
    if turn is None or job.instance_id is None:
        session.flush()
        return
    stuck = Stuck(
        message("The job {topic} failed: {error}", topic=job.topic, error=error),
        process_id=job.process_id or "",
        element_id=job.element_id or "",
        values=job.inputs,
    )
    instance = turn.instances[job.instance_id]
    raise_incident(turn, instance, stuck, {"kind": "job", "task_id": job.engine_task_id}, job_id=job.id)
    settle(turn)
