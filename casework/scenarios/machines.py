"""What machines do in a scenario: hand-offs and notifications as always; letters and other systems are only noted down.

Typesetting a letter belongs to the worker. Here it is written to whom it would have gone, and kept among the documents of the
case under its template's name, so that a scenario can expect it; within `letters_written` with what stands in it, as JSON.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from casework import clock
from casework.errors import CaseworkError, InvalidError
from casework.i18n import message
from casework.operations.claim_jobs import claim_jobs
from casework.operations.fail_job import fail_job
from casework.operations.finish_job import finish_job
from casework.operations.handoff_of_job import handoff_of_job
from casework.operations.keep_letter import keep_letter
from casework.operations.lapse_consents import lapse_consents
from casework.operations.package_of_job import package_of_job
from casework.operations.place_of_job import place_of_job
from casework.operations.tell_for_job import tell_for_job
from casework.papers.letters import LetterError
from casework.queries.letter_of_job import letter_of_job
from casework.queries.letter_particulars import letter_particulars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.operations.claim_jobs import ClaimedJob

_BATCH = 50
_LEASE_SECONDS = 60.0

_writes: ContextVar[bool] = ContextVar("letters_written", default=False)


@contextmanager
def letters_written() -> Iterator[None]:
    """Inside, letters are written out, and what keeps one from being written is an incident as it would be."""
    token = _writes.set(True)
    try:
        yield
    finally:
        _writes.reset(token)


def work() -> int:
    """Run the jobs that are ready, up to a batch; gives how many. What they leave is there at the next look."""
    jobs = claim_jobs(limit=_BATCH, lease_seconds=_LEASE_SECONDS, mails=False)
    for job in jobs:
        _run(job)
    return len(jobs)


def _run(job: ClaimedJob) -> None:
    try:
        result = _result(job)
    except CaseworkError as error:
        fail_job(job.id, job.lease, str(error), permanent=True)
    else:
        finish_job(job.id, job.lease, result)


def _result(job: ClaimedJob) -> dict[str, Any]:
    match job.topic:
        case "consents":
            return {"lapsed": lapse_consents(job_id=job.id)}
        case "handoff":
            return {"id": str(handoff_of_job(job_id=job.id))}
        case "notify":
            return {"told": tell_for_job(job_id=job.id) if "to" in job.inputs else 1}
        case "package":
            return package_of_job(job_id=job.id)
        case "place":
            return place_of_job(job_id=job.id)
        case "letter" if job.case_id is not None:
            return {"id": _letter(job, job.case_id), "sentAt": clock.now()}
    return {"id": str(job.id), "sentAt": clock.now()}


def _letter(job: ClaimedJob, case_id: Any) -> str:
    recipient, form = (str(job.inputs.get(name) or "") for name in ("recipient", "form"))
    if _writes.get():
        name, content = _written(job, case_id)
    else:
        name = letter_particulars(case_id, recipient, instance_id=job.instance_id, form=form)["modtager"]
        content = b""
    return str(
        keep_letter(
            job_id=job.id,
            case_id=case_id,
            subject=str(job.inputs.get("template") or ""),
            recipient=name,
            content=content,
            delivered_by="scenario",
        )
    )


def _written(job: ClaimedJob, case_id: Any) -> tuple[str, bytes]:
    try:
        letter = letter_of_job(case_id, job.instance_id, job.inputs, clock.now())
    except LetterError as error:
        raise InvalidError(message("The letter cannot be written: {detail}", detail=str(error))) from None
    return letter.recipient, json.dumps(letter.data, ensure_ascii=False).encode()
