"""Documents of a case: generated letters, and what people attach to forms.

The bytes lie in the database, so that nothing is half saved.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, new_row_id


class CaseDocument(Base):
    """One file of a case."""

    __tablename__ = "document"
    __table_args__ = (Index(None, "case_id", "created_at"),)

    id: Mapped[UUID] = new_row_id()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    job_id: Mapped[UUID | None] = mapped_column(ForeignKey("job.id"), unique=True)
    #: The task that an upload was attached to, and the submission that made it a document of the case; None: it waits.
    user_task_id: Mapped[UUID | None] = mapped_column(index=True)
    submission_id: Mapped[UUID | None]
    #: letter or upload
    kind: Mapped[str]
    title: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[bytes]
    content: Mapped[bytes] = mapped_column(deferred=True)
    recipient: Mapped[str] = mapped_column(default="")
    #: Where the connector put it, as `folder` or `smtp`.
    delivered_by: Mapped[str | None]
    delivered_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
