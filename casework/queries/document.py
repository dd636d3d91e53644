"""A document of a case, with its bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, or_, select

from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Case, CaseDocument, UserTask
from casework.model.visibility import sees_task, sees_whole_case

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor

_ENDINGS = {
    "application/pdf": "pdf",
    "text/plain": "txt",
    "text/html": "html",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/tiff": "tiff",
    "image/webp": "webp",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
}

_SHOWN = (
    *("id", "kind", "title", "media_type", "recipient"),
    *("created_at", "created_by", "delivered_by", "delivered_at"),
)
#: Built once: a page that asks thirty things spends more time on building than on asking.
_LISTED = (
    select(*(CaseDocument.__table__.c[field] for field in _SHOWN))
    .where(CaseDocument.case_id == bindparam("of_case"))
    .where(or_(CaseDocument.user_task_id.is_(None), CaseDocument.submission_id.is_not(None)))
    .order_by(CaseDocument.created_at.desc())
)


@dataclass(frozen=True)
class DocumentRow:
    """A document as listed."""

    id: UUID
    kind: str
    title: str
    media_type: str
    recipient: str
    created_at: datetime
    created_by: str
    delivered_by: str | None
    delivered_at: datetime | None


@dataclass(frozen=True)
class DocumentFile:
    """A document as opened. `file_name` is safe in a header and on any disk."""

    id: UUID
    case_id: UUID
    case_number: str
    kind: str
    title: str
    media_type: str
    file_name: str
    content: bytes


def document(actor: Actor, document_id: UUID) -> DocumentFile:
    """Give one to who sees the whole case: letters hold whatever the case holds. What was attached to a task is seen by who
    sees the task, too. NotFoundError for others.
    """
    with read() as session:
        row = session.execute(
            select(*(column for column in CaseDocument.__table__.c), Case.number)
            .join(Case, Case.id == CaseDocument.case_id)
            .outerjoin(UserTask, UserTask.id == CaseDocument.user_task_id)
            .where(CaseDocument.id == document_id)
            .where(or_(sees_whole_case(actor), and_(UserTask.id.is_not(None), sees_task(actor))))
        ).one_or_none()
    if row is None:
        raise NotFoundError(message("There is no such document."))
    return DocumentFile(
        id=row.id,
        case_id=row.case_id,
        case_number=row.number,
        kind=row.kind,
        title=row.title,
        media_type=row.media_type,
        file_name=file_name(row),
        content=row.content,
    )


def document_rows(session: Session, case_id: UUID) -> tuple[DocumentRow, ...]:
    """Give those of a case that the caller has found visible, newest first, without their bytes; not what waits in a draft."""
    return tuple(_row(row) for row in session.execute(_LISTED, {"of_case": case_id}))


def _row(row: Any) -> DocumentRow:
    return DocumentRow(
        id=row.id,
        kind=row.kind,
        title=row.title,
        media_type=row.media_type,
        recipient=row.recipient,
        created_at=row.created_at,
        created_by=row.created_by,
        delivered_by=row.delivered_by,
        delivered_at=row.delivered_at,
    )


def file_name(row: Any) -> str:
    """Name a document so that the name is safe in a header and on any disk."""
    title = re.sub(r"\.\w{1,5}$", "", row.title) if row.user_task_id else row.title
    plain = re.sub(r"[^\w-]+", "-", f"{row.number}-{title}").strip("-")[:80]
    return f"{plain}.{_ENDINGS.get(row.media_type, 'bin')}"
