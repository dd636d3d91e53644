"""The access log: every look at a child's file, every search, every number unmasked. Append-only."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, new_row_id


class AccessKind(StrEnum):
    """What somebody did with what they saw."""

    READ = "read"  #: Opened a case, a task or a document.
    SEARCH = "search"  #: Searched; `detail` has the words, never a CPR number.
    REVEAL = "reveal"  #: Had a CPR number unmasked, with a reason.
    EXPORT = "export"  #: Took it out: a file, a picture, a list.
    REFUSED = "refused"  #: Tried and was refused.


class AccessEntry(Base):
    """Who saw what when. No foreign keys: it outlives what it tells of."""

    __tablename__ = "access_entry"
    __table_args__ = (
        Index(None, "case_id", "at"),
        Index(None, "actor_id", "at"),
        Index(None, "case_id", "actor_id", "at"),  # when somebody last looked at a case
    )

    id: Mapped[UUID] = new_row_id()
    at: Mapped[datetime]
    kind: Mapped[AccessKind]
    actor: Mapped[str]
    actor_id: Mapped[UUID | None]
    case_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    #: What was opened, as `task`, `case`, `journal`, `document`.
    subject: Mapped[str]
    subject_id: Mapped[UUID | None]
    detail: Mapped[str] = mapped_column(default="")
