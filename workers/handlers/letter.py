"""Topic `letter`: composes a letter from its template, has it delivered, and keeps it among the documents of the case.

Inputs: `template` (a file of `processes/letters/`), `recipient` (`child`, `custody`, a kind of relation as `notifier`, a
person's id; a child gets the template's words for children), `form` (whose newest answers in the instance fill holes), and
whatever else holes name. Result: `id` of the document, `sentAt`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import clock
from casework.operations.keep_letter import keep_letter
from casework.papers.letters import Letter, LetterError, typeset_letter
from casework.queries.letter_of_job import letter_of_job
from workers.failures import PermanentError
from workers.letters.connectors import connector

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from casework.operations.claim_jobs import ClaimedJob


def letter(job: ClaimedJob) -> dict[str, Any]:
    """Compose, deliver, keep. Delivered first: a letter among the documents has gone out."""
    if job.case_id is None:
        raise PermanentError("a letter needs a case")
    at, deliverer = clock.now(), connector()
    made, number = _made(job, job.case_id, at)
    deliverer.deliver(made, job.id, number)
    document_id = keep_letter(
        job_id=job.id,
        case_id=job.case_id,
        subject=made.subject,
        recipient=made.recipient,
        content=made.content,
        delivered_by=deliverer.name,
    )
    return {"id": str(document_id), "sentAt": at}


def _made(job: ClaimedJob, case_id: UUID, at: datetime) -> tuple[Letter, str]:
    """The letter, and the number of its case."""
    try:
        written = letter_of_job(case_id, job.instance_id, job.inputs, at)
        return Letter(written.subject, written.recipient, typeset_letter(written.data, at)), written.number
    except LetterError as error:
        raise PermanentError(str(error)) from None
