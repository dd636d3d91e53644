"""Topic `notify`: tells one employee by e-mail that something waits. Never with case text: a sentence and a link, no more.

Inputs: `employee_id`; `user_task_id` or `handoff_id` where it is about one. Result: `told`, false when the employee no longer
works here.
"""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING, Any
from uuid import UUID

from casework.config import settings
from casework.i18n import message
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
    """Send one mail."""
    address = employee_address(_id(job.inputs.get("employee_id")))
    if address is None:
        return {"told": False}
    mail = EmailMessage()
    mail["To"] = address.email
    mail["Subject"] = SUBJECT.text(address.language)
    lines = (TEXT.text(address.language), _link(job.inputs), "", SENT_BY_ITSELF.text(address.language))
    mail.set_content("\n".join(lines) + "\n")
    send(mail, job.id)
    return {"told": True}


def _link(inputs: dict[str, Any]) -> str:
    """A link tells whoever sees it nothing: ids are random, and the page asks for a sign-in."""
    places = [f"/{page}/{_id(inputs[name])}" for name, page in PAGES.items() if name in inputs]
    return settings().public_url + (places[0] if places else "/")


def _id(value: Any) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise PermanentError("the notification names no employee or task") from None
