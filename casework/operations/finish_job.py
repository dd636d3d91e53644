"""The effect of a job has happened: the job is done, and the instance that awaited it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import clock
from casework.database import transaction
from casework.operations.turns.finishing import finish_claimed

if TYPE_CHECKING:
    from uuid import UUID


def finish_job(job_id: UUID, lease: UUID, result: dict[str, Any]) -> None:
    """Finish a job that one has claimed. `result` is what the element's outputs may read.

    Refuses (ConflictError, nothing has changed) who no longer holds the lease, and jobs that are done or cancelled. If the
    process cannot go on, the job is done all the same, and an incident keeps its result.
    """
    at = clock.now()
    with transaction() as session:
        finish_claimed(session, job_id, lease, result, at=at)
