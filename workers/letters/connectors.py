"""Who delivers a letter: a folder (for a print or archive system that watches it), or a mailbox of whoever sends it on.

A connector may be asked for the same letter twice when a worker was lost: the second time must change nothing for the recipient.
"""

from __future__ import annotations

import re
from email.message import EmailMessage
from typing import TYPE_CHECKING, Protocol

from casework.config import settings
from workers.failures import PermanentError
from workers.mail import send
from workers.whole_file import write_whole

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from casework.papers.letters import Letter


class Connector(Protocol):
    """Delivers letters; `name` is kept with the document."""

    name: str

    def deliver(self, letter: Letter, job_id: UUID, case_number: str) -> None:
        """Deliver, or raise `RetryError` or `PermanentError`. `job_id` tells a repetition from a new letter."""


class FolderConnector:
    """One file per letter, below the case number; a file is whole or not there, and the same job writes the same file."""

    name = "folder"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, letter: Letter, job_id: UUID, case_number: str) -> None:
        """Write it."""
        write_whole(self._folder / _plain(case_number) / f"{_plain(letter.subject)}-{job_id}.pdf", letter.content)


class SmtpConnector:
    """Mails the PDF to one mailbox of the municipality's own, which prints letters or hands them to Digital Post."""

    name = "smtp"

    def __init__(self, mailbox: str) -> None:
        self._mailbox = mailbox

    def deliver(self, letter: Letter, job_id: UUID, case_number: str) -> None:
        """Mail it. The message id comes from the job, so that a repetition can be told from a new letter."""
        mail = EmailMessage()
        mail["To"] = self._mailbox
        mail["Subject"] = f"{case_number}: {job_id}"
        mail["X-Sagsgang-Job"] = str(job_id)
        mail.set_content(f"Brev på sag {case_number}. Modtager og indhold står i det vedhæftede brev.\n")
        mail.add_attachment(letter.content, maintype="application", subtype="pdf", filename=f"{job_id}.pdf")
        send(mail, job_id)


def connector() -> Connector:
    """The one that `SAGSGANG_LETTERS` names."""
    if settings().letter_connector == FolderConnector.name:
        return FolderConnector(settings().letters)
    if settings().letter_connector == SmtpConnector.name and settings().letters_to:
        return SmtpConnector(settings().letters_to)
    raise PermanentError("SAGSGANG_LETTERS must be `folder`, or `smtp` with SAGSGANG_LETTERS_TO")


def _plain(text: str) -> str:
    """What may be part of a file name."""
    return re.sub(r"[^\w-]+", "-", text.lower()).strip("-")[:60] or "brev"
