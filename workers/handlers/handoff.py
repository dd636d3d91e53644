"""Topic `handoff`: offers another unit what somebody described in a form, takes the offer back, or ends it when the receiver
has done its part. Result: `id` of the hand-off.

Inputs: those of `casework.operations.handoff_of_job`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.errors import CaseworkError
from casework.operations.handoff_of_job import handoff_of_job
from workers.failures import PermanentError

if TYPE_CHECKING:
    from casework.operations.claim_jobs import ClaimedJob


def handoff(job: ClaimedJob) -> dict[str, Any]:
    """Do what the job says; what is refused needs a person."""
    try:
        return {"id": str(handoff_of_job(job_id=job.id))}
    except CaseworkError as error:
        raise PermanentError(str(error)) from None
