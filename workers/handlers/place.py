"""Topic `place`: a child waits for a place at a provider, gets it, leaves it.

Inputs and result: those of `casework.operations.place_of_job`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.errors import CaseworkError
from casework.operations.place_of_job import place_of_job
from workers.failures import PermanentError

if TYPE_CHECKING:
    from casework.operations.claim_jobs import ClaimedJob


def place(job: ClaimedJob) -> dict[str, Any]:
    """Do what the job says; what is refused needs a person."""
    try:
        return place_of_job(job_id=job.id)
    except CaseworkError as error:
        raise PermanentError(str(error)) from None
