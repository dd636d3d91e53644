"""Topic `letter`: composes a letter from its template, has it delivered, and keeps it among the documents of the case.

Inputs: `template` (a file of `processes/letters/`), `recipient` (`child`, `custody`, a kind of relation as `notifier`, a
person's id; a child gets the template's words for children), `form` (whose newest answers in the instance fill holes), and
whatever else holes name. Result: `id` of the document, `sentAt`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import clock
from casework.config import settings
from casework.errors import NotFoundError
from casework.operations.keep_letter import keep_letter
from casework.queries.letter_particulars import TO_CHILD, letter_particulars
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
    template = str(job.inputs.get("template") or "")
    read_wording(folder, template)  # a template that is none is said first, whoever it is for
    particulars = _particulars(job, job.case_id)
    wording = read_wording(folder, template, for_child=bool(particulars[TO_CHILD]))
    values = _values(job, particulars, wording)
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


def _particulars(job: ClaimedJob, case_id: UUID) -> dict[str, str]:
    recipient, form = (str(job.inputs.get(name) or "") for name in ("recipient", "form"))
    try:
        return letter_particulars(case_id, recipient, instance_id=job.instance_id, form=form)
    except NotFoundError as error:
        raise PermanentError(str(error)) from None


def _values(job: ClaimedJob, particulars: dict[str, str], wording: Wording) -> dict[str, Any]:
    values: dict[str, Any] = {**job.inputs, **particulars}
    values["modtager"] = filled(wording.recipient, values) or particulars["modtager"]
    if not values["modtager"]:
        recipient = str(job.inputs.get("recipient") or "")
        raise PermanentError(f"the case knows nobody who is {recipient or 'the recipient'} of the letter")
    return values
