"""Runs claimed jobs: the handler outside of any transaction, then one transaction for effect and done.

The job id is the idempotency key: a job whose worker was lost runs again, and its handler must recognise what it has done.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import structlog

from casework.errors import ConflictError
from casework.operations.claim_jobs import claim_jobs
from casework.operations.fail_job import fail_job
from casework.operations.finish_job import finish_job
from workers.failures import PermanentError, RetryError
from workers.handlers import HANDLERS

if TYPE_CHECKING:
    from casework.operations.claim_jobs import ClaimedJob

#: Jobs claimed at a time: one commit for many, and yet few that wait for a lease to end when a worker is lost.
BATCH = 10
#: After this, another worker takes over what this one has not finished.
LEASE_SECONDS = 120
#: Handlers must have given up by then; their own network timeouts are far shorter.
HANDLER_SECONDS = 30

log = structlog.get_logger()


def run_ready_jobs() -> bool:
    """Claim a batch and run it. True when there may be more."""
    started = time.monotonic()
    jobs = claim_jobs(limit=BATCH, lease_seconds=LEASE_SECONDS)
    for job in jobs:
        if time.monotonic() - started > LEASE_SECONDS - HANDLER_SECONDS:
            log.warning("batch takes too long, leaving the rest to others", job=str(job.id))
            return False
        run_job(job)
    return len(jobs) == BATCH


def run_job(job: ClaimedJob) -> None:
    """Run one claimed job to done, to a later retry, or to an incident."""
    try:
        result = _handled(job)
    except RetryError as error:
        _fail(job, str(error), permanent=False)
    except PermanentError as error:
        _fail(job, str(error), permanent=True)
    except Exception as error:  # the worker's edge: a handler's bug must not stop other jobs
        log.exception("handler broke", topic=job.topic, job=str(job.id))
        _fail(job, f"{type(error).__name__} in handler {job.topic!r}; see the worker's log", permanent=False)
    else:
        _finish(job, result)


def _handled(job: ClaimedJob) -> dict[str, object]:
    handler = HANDLERS.get(job.topic)
    if handler is None:
        raise PermanentError(f"no handler for topic {job.topic!r}")
    return handler(job)


def _finish(job: ClaimedJob, result: dict[str, object]) -> None:
    try:
        finish_job(job.id, job.lease, result)
    except ConflictError:
        log.warning("lease was lost, another worker has the job", topic=job.topic, job=str(job.id))


def _fail(job: ClaimedJob, error: str, *, permanent: bool) -> None:
    log.warning("job failed", topic=job.topic, job=str(job.id), error=error, permanent=permanent)
    try:
        fail_job(job.id, job.lease, error, permanent=permanent)
    except ConflictError:
        log.warning("lease was lost, another worker has the job", topic=job.topic, job=str(job.id))
