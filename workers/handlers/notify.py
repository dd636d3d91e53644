"""Topic `notify`: tells that something waits. Never with case text: a sentence and a link, no more.

Asked by a diagram (input `to`) it finds whom it concerns and leaves a job for each. Such a job has `employee_id`, and
`user_task_id` or `handoff_id` where it is about one; it becomes an e-mail. Result: `told`, how many.
"""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING, Any
from uuid import UUID

from casework.config import settings
from casework.errors import InvalidError, NotFoundError
from casework.i18n import message
from casework.operations.tell_for_job import tell_for_job
from casework.queries.employee_address import employee_address
from workers.failures import PermanentError
from workers.mail import send

if TYPE_CHECKING:
    from casework.operations.claim_jobs import ClaimedJob

SUBJECT = message("You have a task")
#: What it is about, and the page that shows it; the first that is given counts.
PAGES = {"user_task_id": "tasks", "handoff_id": "handoffs"}
TEXT = message("You have a task in Sagsgang. Sign in to see it:")
SENT_BY_ITSELF = message("This mail was sent automatically and cannot be answered.")


def notify(job: ClaimedJob) -> dict[str, Any]:
    """Find whom it concerns, or send one mail."""
    if "to" in job.inputs:
        return {"told": _find(job)}
    address = employee_address(_id(job.inputs.get("employee_id")))
    if address is None:  # who no longer works here is told nothing
        return {"told": 0}
    mail = EmailMessage()
    mail["To"] = address.email
    mail["Subject"] = SUBJECT.text(address.language)
    lines = (TEXT.text(address.language), _link(job.inputs), "", SENT_BY_ITSELF.text(address.language))
    mail.set_content("\n".join(lines) + "\n")
    send(mail, job.id)
    return {"told": 1}


def _find(job: ClaimedJob) -> int:
    try:
        return tell_for_job(job_id=job.id)
    except (InvalidError, NotFoundError) as error:
        raise PermanentError(str(error)) from None


def _link(inputs: dict[str, Any]) -> str:
    """A link tells whoever sees it nothing: ids are random, and the page asks for a sign-in."""
    places = [f"/{page}/{_id(inputs[name])}" for name, page in PAGES.items() if name in inputs]
    return settings().public_url + (places[0] if places else "/")


def _id(value: Any) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise PermanentError("the notification names no employee or task") from None
