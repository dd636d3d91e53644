"""A letter of a try-out: its words, and the PDF that would have gone out. It goes nowhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import CaseDocument
from casework.papers.letters import typeset_letter
from casework.try_out.trying import opened

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from casework.model import Actor


def tried_letter(actor: Actor, process_draft_id: UUID, document_id: UUID) -> tuple[dict[str, Any], datetime]:
    """What stands in it, as `casework.papers.letters.letter_data` gives it, and its date."""
    with opened(actor, process_draft_id), read() as session:
        row = session.execute(
            select(CaseDocument.content, CaseDocument.created_at).where(CaseDocument.id == document_id)
        ).one_or_none()
    if row is None or not row.content:
        raise NotFoundError(message("There is no such letter."))
    return json.loads(row.content), row.created_at


def letter_pdf(actor: Actor, process_draft_id: UUID, document_id: UUID) -> bytes:
    """As it would have gone out."""
    data, at = tried_letter(actor, process_draft_id, document_id)
    return typeset_letter(data, at)
