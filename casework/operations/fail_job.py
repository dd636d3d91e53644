"""A job did not work: once more later, or a person must look."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.operations.turns.finishing import lock_job
from casework.operations.turns.giving_up import ATTEMPTS, fail

if TYPE_CHECKING:
    from uuid import UUID

#: Seconds before the second attempt; each further pause is four times as long, up to an hour.
FIRST_PAUSE, FACTOR, LONGEST_PAUSE = 1, 4, 3600


def fail_job(job_id: UUID, lease: UUID, error: str, *, permanent: bool) -> None:
    """Report that a claimed job failed. `error` is kept and shown to administrators: no names, no case text.

    After six attempts, or at once when it is `permanent`, the job is given up with an incident. Refuses (ConflictError) who no
    longer holds the lease.
    """
    at = clock.now()
    with transaction() as session:
        turn, _, job = lock_job(session, job_id, lease, at)
        if permanent or job.attempts >= ATTEMPTS:
            fail(session, turn, job, error, at)
        else:
            pause = min(FIRST_PAUSE * FACTOR ** (job.attempts - 1), LONGEST_PAUSE)
            job.retry_at(at + timedelta(seconds=pause), error)
