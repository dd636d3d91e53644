"""Topic `package`: plans, approves, starts, ends a package of measures.

Inputs and result: those of `casework.operations.package_of_job`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.errors import CaseworkError
from casework.operations.package_of_job import package_of_job
from workers.failures import PermanentError

if TYPE_CHECKING:
    from casework.operations.claim_jobs import ClaimedJob


def package(job: ClaimedJob) -> dict[str, Any]:
    """Do what the job says; what is refused needs a person."""
    try:
        return package_of_job(job_id=job.id)
    except CaseworkError as error:
        raise PermanentError(str(error)) from None
