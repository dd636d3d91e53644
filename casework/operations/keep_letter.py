"""Put a letter that has gone out among the documents of its case."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.model import SYSTEM, CaseDocument
from casework.operations.journal import record
from casework.operations.turns.locking import lock_case

if TYPE_CHECKING:
    from uuid import UUID


def keep_letter(
    *, job_id: UUID, case_id: UUID, subject: str, recipient: str, content: bytes, delivered_by: str
) -> UUID:
    """Keep the PDF `content` that the job `job_id` delivered, and record it in the journal. Gives the document's id.

    Safe to repeat: a job that runs again finds its document there, and the first one stays.
    """
    at = clock.now()
    with transaction() as session:
        case = lock_case(session, case_id)
        known = session.scalars(select(CaseDocument.id).where(CaseDocument.job_id == job_id)).one_or_none()
        if known:
            return known
        document = CaseDocument(
            case_id=case_id,
            job_id=job_id,
            kind="letter",
            title=subject,
            media_type="application/pdf",
            sha256=hashlib.sha256(content).digest(),
            content=content,
            recipient=recipient,
            delivered_by=delivered_by,
            delivered_at=at,
            created_at=at,
            created_by=SYSTEM.name,
        )
        session.add(document)
        session.flush()
        words: dict[str, Any] = {"title": subject, "document_id": str(document.id), "delivered_by": delivered_by}
        record(session, case, "letter_sent", SYSTEM, at, **words)
        return document.id
