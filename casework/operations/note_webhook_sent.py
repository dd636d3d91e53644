"""A message of a case has left the house: that is on record among those who saw something of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.model import SYSTEM
from casework.operations.log_access import log_access

if TYPE_CHECKING:
    from uuid import UUID


def note_webhook_sent(*, case_id: UUID | None, message_id: UUID, message: str, receiver: str) -> None:
    """Write that `receiver` has the message. A job that runs twice writes it twice: it was sent twice."""
    detail = f"{message} → {receiver}"
    log_access(SYSTEM, kind="export", subject="message", subject_id=message_id, case_id=case_id, detail=detail)
