"""Topic `letter`: composes a letter from its template, has it delivered, and keeps it among the documents of the case.

Inputs: `template` (a file of `processes/letters/`), `recipient` (`child`, `custody`, a kind of relation as `notifier`, a
person's id), `form` (whose newest answers in the instance fill holes), and whatever else holes name. Result: `id` of the
document, `sentAt`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import clock
from casework.config import settings
from casework.errors import NotFoundError
from casework.operations.keep_letter import keep_letter
from casework.queries.letter_particulars import letter_particulars
from workers.failures import PermanentError
from workers.letters.compose import compose, read_letterhead
from workers.letters.connectors import connector
from workers.letters.wording import filled, read_wording

if TYPE_CHECKING:
    from uuid import UUID

    from casework.operations.claim_jobs import ClaimedJob
    from workers.letters.wording import Wording

FOLDER = "letters"


def letter(job: ClaimedJob) -> dict[str, Any]:
    """Compose, deliver, keep. Delivered first: a letter among the documents has gone out."""
    if job.case_id is None:
        raise PermanentError("a letter needs a case")
    at, deliverer = clock.now(), connector()
    folder = settings().processes / FOLDER
    wording = read_wording(folder, str(job.inputs.get("template") or ""))
    values = _values(job, job.case_id, wording)
    made = compose(wording, read_letterhead(folder), values, at)
    deliverer.deliver(made, job.id, values["sagsnummer"])
    document_id = keep_letter(
        job_id=job.id,
        case_id=job.case_id,
        subject=made.subject,
        recipient=made.recipient,
        content=made.content,
        delivered_by=deliverer.name,
    )
    return {"id": str(document_id), "sentAt": at}


def _values(job: ClaimedJob, case_id: UUID, wording: Wording) -> dict[str, Any]:
    recipient, form = (str(job.inputs.get(name) or "") for name in ("recipient", "form"))
    try:
        particulars = letter_particulars(case_id, recipient, instance_id=job.instance_id, form=form)
    except NotFoundError as error:
        raise PermanentError(str(error)) from None
    values: dict[str, Any] = {**job.inputs, **particulars}
    values["modtager"] = filled(wording.recipient, values) or particulars["modtager"]
    if not values["modtager"]:
        raise PermanentError(f"the case knows nobody who is {recipient or 'the recipient'} of the letter")
    return values
