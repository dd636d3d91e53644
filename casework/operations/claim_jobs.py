"""A worker takes jobs, each with a lease: whoever holds the newest lease may finish the job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.model import Job
from casework.model.due import IS_MAIL, is_ready_job
from casework.operations.turns.giving_up import ATTEMPTS, give_up

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: A worker that took the job was lost each time; perhaps the job is what kills it.
LOST = "the worker was lost each time"


@dataclass(frozen=True)
class ClaimedJob:
    """What a handler gets. `id` is the idempotency key for whoever it calls; `attempts` counts this one too."""

    id: UUID
    topic: str
    inputs: dict[str, Any]
    case_id: UUID | None
    instance_id: UUID | None
    process_id: str | None
    element_id: str | None
    lease: UUID
    attempts: int


def claim_jobs(*, limit: int, lease_seconds: float, mails: bool = True) -> list[ClaimedJob]:
    """Take up to `limit` jobs that are ready, or whose lease has ended; nobody else gets them until the lease ends.

    `mails`: those to employees too. A job whose worker was lost at every attempt becomes an incident instead.
    """
    at = clock.now()
    with transaction() as session:
        jobs = _due(session, limit, mails=mails)
        worn_out = [job for job in jobs if job.attempts >= ATTEMPTS]
        taken = [job for job in jobs if job.attempts < ATTEMPTS]
        for job in taken:
            job.claim(uuid4(), at + timedelta(seconds=lease_seconds))
        claimed = [_claimed(job) for job in taken]
    for job in worn_out:
        give_up(job.id, LOST)
    return claimed


def _due(session: Session, limit: int, *, mails: bool) -> list[Job]:
    """Skipping what another worker is looking at; on SQLite the transaction itself keeps others out."""
    query = select(Job).where(is_ready_job(clock.now())).order_by(Job.next_at, Job.id).limit(limit)
    if not mails:
        query = query.where(~IS_MAIL)
    return list(session.scalars(query.with_for_update(skip_locked=True)))


def _claimed(job: Job) -> ClaimedJob:
    if job.lease is None:
        raise ValueError(job.id)
    place = job.case_id, job.instance_id, job.process_id, job.element_id
    return ClaimedJob(job.id, job.topic, dict(job.inputs), *place, job.lease, job.attempts)
