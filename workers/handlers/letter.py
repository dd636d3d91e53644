"""Topic `letter`: composes a letter from its template, has it delivered, and keeps it among the documents of the case.

Inputs: `template` (a file of `processes/letters/`), `recipient` (`child`, `custody`, or a kind of relation as `notifier`), and
whatever else the template's holes name. Result: `id` of the document, `sentAt`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import clock
from casework.config import settings
from casework.errors import InvalidError, NotFoundError
from casework.operations.keep_letter import keep_letter
from casework.queries.letter_particulars import letter_particulars
from workers.failures import PermanentError
from workers.letters.compose import compose, read_letterhead
from workers.letters.connectors import connector
from workers.letters.wording import read_wording

if TYPE_CHECKING:
    from uuid import UUID

    from casework.operations.claim_jobs import ClaimedJob

FOLDER = "letters"


def letter(job: ClaimedJob) -> dict[str, Any]:
    """Compose, deliver, keep. Delivered first: a letter among the documents has gone out."""
    if job.case_id is None:
        raise PermanentError("a letter needs a case")
    at, deliverer = clock.now(), connector()
    folder = settings().processes / FOLDER
    particulars = _particulars(job.case_id, str(job.inputs.get("recipient", "")))
    wording = read_wording(folder, str(job.inputs.get("template", "")))
    made = compose(wording, read_letterhead(folder), {**job.inputs, **particulars}, at)
    deliverer.deliver(made, job.id, particulars["sagsnummer"])
    document_id = keep_letter(
        job_id=job.id,
        case_id=job.case_id,
        subject=made.subject,
        recipient=made.recipient,
        content=made.content,
        delivered_by=deliverer.name,
    )
    return {"id": str(document_id), "sentAt": at}


def _particulars(case_id: UUID, recipient: str) -> dict[str, str]:
    try:
        return letter_particulars(case_id, recipient)
    except (InvalidError, NotFoundError) as error:
        raise PermanentError(str(error)) from None
