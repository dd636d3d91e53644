"""Topic `notify`: tells that something waits. Never with case text: a sentence and a link, no more.

Asked by a diagram (input `to`) it finds whom it concerns and leaves a job for each. Such a job has `employee_id`, and
`user_task_id` or `handoff_id` where it is about one; it becomes an e-mail, if the employee wants one for each thing. A job of the
kind `mail_digest` is the one e-mail of the day for who wants that. Result: `told`, how many.
"""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING, Any
from uuid import UUID

from casework.config import settings
from casework.errors import InvalidError, NotFoundError
from casework.i18n import Message, message
from casework.operations.tell_for_job import tell_for_job
from casework.queries.employee_address import employee_address
from casework.queries.mail_digest import mail_digest
from workers.failures import PermanentError
from workers.mail import send

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casework.operations.claim_jobs import ClaimedJob
    from casework.queries.employee_address import EmployeeAddress
    from casework.queries.mail_digest import MailDigest

SUBJECT, TEXT = message("You have a task"), message("You have a task in Sagsgang. Sign in to see it:")
#: Where it is no task that waits.
OTHERS = {
    "mention": (
        message("A colleague asks you to look"),
        message("A colleague has mentioned you in Sagsgang. Sign in to see where:"),
    ),
    "substitute": (
        message("You stand in for a colleague"),
        message("You have been named as a substitute in Sagsgang. Sign in to see for whom:"),
    ),
    "annual_report": (
        message("The key figures of the year are ready"),
        message("The key figures of the year are ready in Sagsgang. Sign in to see them:"),
    ),
    "process_draft": (
        message("A draft waits for your approval"),
        message("A draft of a process in Sagsgang waits for your approval. Sign in to see it:"),
    ),
    "process_draft_decided": (
        message("Your draft has been decided on"),
        message("A draft of a process that you have changed in Sagsgang has been decided on. Sign in to see how:"),
    ),
    "process_request": (
        message("A process owner asks for your yes"),
        message(
            "A process owner wants to go back to an earlier version, or to retire a process. Sign in to see which:"
        ),
    ),
    "process_request_decided": (
        message("Somebody has said no to what you asked for"),
        message("What you asked for about a process in Sagsgang is not done. Sign in to see why:"),
    ),
    "process_changed": (
        message("New cases start on another version"),
        message("A process has gone back to an earlier version, or was retired. Sign in to see which:"),
    ),
}
#: What it is about, and the page that shows it; the first that is given counts.
PAGES = {"user_task_id": "tasks", "handoff_id": "handoffs"}
SENT_BY_ITSELF = message("This mail was sent automatically and cannot be answered.")
CHOOSE = message("Choose when you get such mails:")
DIGEST = "mail_digest"


def notify(job: ClaimedJob) -> dict[str, Any]:
    """Find whom it concerns, or send one mail."""
    if "to" in job.inputs:
        return {"told": _find(job)}
    employee_id, kind = _id(job.inputs.get("employee_id")), str(job.inputs.get("kind"))
    address = employee_address(employee_id)
    # Who no longer works here is told nothing; who chose another kind of mail meanwhile gets none of this.
    if address is None or address.mail != ("daily" if kind == DIGEST else "at_once"):
        return {"told": 0}
    if kind != DIGEST:
        subject, text = OTHERS.get(kind, (SUBJECT, TEXT))
        return _sent(job, address, subject, [text, _link(job, kind)])
    digest = mail_digest(employee_id)
    if digest.is_empty:
        return {"told": 0}
    return _sent(job, address, message("What waits for you today"), [*_words(digest), settings().public_url + "/"])


def _sent(job: ClaimedJob, address: EmployeeAddress, subject: Message, said: Sequence[Message | str]) -> dict[str, Any]:
    mail = EmailMessage()
    mail["To"] = address.email
    mail["Subject"] = subject.text(address.language)
    lines = [*said, "", SENT_BY_ITSELF, CHOOSE, settings().public_url + "/settings"]
    mail.set_content("".join((line if isinstance(line, str) else line.text(address.language)) + "\n" for line in lines))
    send(mail, job.id)
    return {"told": 1}


def _words(digest: MailDigest) -> list[Message]:
    """Numbers and a date."""
    said = [_tasks(digest.tasks)]
    if digest.covered:
        said.append(message("As a substitute: {count}.", count=digest.covered))
    if digest.overdue:
        said.append(message("Overdue: {count}.", count=digest.overdue))
    if digest.nearest:
        said.append(message("Next deadline: {when}", when=digest.nearest))
    if digest.unread:
        said.append(message("Notifications that you have not read: {count}.", count=digest.unread))
    return [*said, message("Sign in to see it:")]


def _tasks(count: int) -> Message:
    if not count:
        return message("You have no tasks of your own.")
    return message("You have 1 task.") if count == 1 else message("You have {count} tasks.", count=count)


def _find(job: ClaimedJob) -> int:
    try:
        return tell_for_job(job_id=job.id)
    except (InvalidError, NotFoundError) as error:
        raise PermanentError(str(error)) from None


def _link(job: ClaimedJob, kind: str) -> str:
    """A link tells whoever sees it nothing: ids are random, and the page asks for a sign-in."""
    if kind in OTHERS:
        return settings().public_url + "/notices"
    places = [f"/{page}/{_id(job.inputs[name])}" for name, page in PAGES.items() if name in job.inputs]
    return settings().public_url + (places[0] if places else "/")


def _id(value: Any) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise PermanentError("the notification names no employee or task") from None
