"""Topic `consents`: lets what others have consented to lapse when the young person comes of age. Result: `lapsed`, how many.

Inputs: `action` lapse, `reason`, as in `casework.operations.lapse_consents`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.errors import CaseworkError
from casework.operations.lapse_consents import lapse_consents
from workers.failures import PermanentError

if TYPE_CHECKING:
    from casework.operations.claim_jobs import ClaimedJob


def consents(job: ClaimedJob) -> dict[str, Any]:
    """Do what the job says; what is refused needs a person."""
    if job.inputs.get("action") != "lapse":
        raise PermanentError("the job does not say what becomes of the consents")
    try:
        return {"lapsed": lapse_consents(job_id=job.id)}
    except CaseworkError as error:
        raise PermanentError(str(error)) from None
