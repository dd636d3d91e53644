"""The letters of a try-out, by what stands above them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import undefer

from casework.model import CaseDocument
from casework.scenarios.looking import IS_LETTER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class LetterSeen:
    """`template` names it in a scenario; `name` is what stands above it."""

    id: UUID
    template: str
    name: str
    recipient: str
    at: datetime


def letters_seen(session: Session, case_id: UUID) -> Iterator[LetterSeen]:
    """All of the case, the oldest first."""
    query = (
        select(CaseDocument).where(CaseDocument.case_id == case_id, IS_LETTER).options(undefer(CaseDocument.content))
    )
    for row in session.scalars(query.order_by(CaseDocument.id)):
        yield LetterSeen(row.id, row.title, _name(row.title, row.content), row.recipient or "?", row.created_at)


def _name(template: str, content: bytes | None) -> str:
    """By its template where it has no words."""
    try:
        return str(json.loads(content or b"{}").get("subject") or template)
    except ValueError:
        return template
