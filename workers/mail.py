"""Sends e-mail through the municipality's mail server, or keeps it in the outbox folder where none is configured."""

from __future__ import annotations

import smtplib
import ssl
from email.utils import format_datetime
from typing import TYPE_CHECKING

from casework import clock
from casework.config import settings
from workers.failures import PermanentError, RetryError
from workers.whole_file import write_whole

if TYPE_CHECKING:
    from email.message import EmailMessage
    from uuid import UUID

DEFAULT_PORT = 25
TIMEOUT_SECONDS = 10
#: SMTP reply codes from here on are final (RFC 5321, 4.2.1).
FINAL = 500


def send(mail: EmailMessage, job_id: UUID) -> None:
    """Send `mail`, which has `To`, `Subject` and content; the rest is added. Failures are `RetryError` or `PermanentError`.

    The message id is the job's: receivers that see it twice know it for the same.
    """
    sender = settings().mail_from
    mail["From"] = sender
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = f"<{job_id}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    if settings().smtp:
        _send_by_smtp(mail)
    else:
        write_whole(settings().outbox / f"{job_id}.eml", mail.as_bytes())


def _send_by_smtp(mail: EmailMessage) -> None:
    host, _, port = settings().smtp.partition(":")
    try:
        with smtplib.SMTP(host, int(port or DEFAULT_PORT), timeout=TIMEOUT_SECONDS) as server:
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as error:
        codes = {code for code, _ in error.recipients.values()}
        raise _failure(max(codes), "the mail server refuses the recipient") from None
    except smtplib.SMTPResponseException as error:
        raise _failure(error.smtp_code, "the mail server refuses the mail") from None
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise RetryError(f"the mail server at {host} cannot be reached: {type(error).__name__}") from None


def _failure(code: int, what: str) -> Exception:
    return PermanentError(f"{what} ({code})") if code >= FINAL else RetryError(f"{what} for now ({code})")
