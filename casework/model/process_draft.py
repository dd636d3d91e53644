"""Process drafts: changed files laid over the released ones, until somebody else has approved them and they are released.

A process draft is about diagrams, forms and decisions; the half-filled form of a user task is a draft of another kind.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, Json, new_row_id
from casework.errors import ConflictError
from casework.i18n import message
from casework.model.process_version import ArtifactKind
from casework.model.words import state_words


class ProcessDraftState(StrEnum):
    """Where a process draft stands."""

    DRAFT = "draft"  #: Files may be changed.
    SUBMITTED = "submitted"  #: Waits for somebody else's approval.
    APPROVED = "approved"  #: May be released, or will be on its day.
    RELEASED = "released"  #: Its files are the released ones now. Final.
    DISCARDED = "discarded"  #: Given up. Final.


TRANSITIONS = {
    ProcessDraftState.DRAFT: {ProcessDraftState.SUBMITTED, ProcessDraftState.DISCARDED},
    ProcessDraftState.SUBMITTED: {
        ProcessDraftState.DRAFT,
        ProcessDraftState.APPROVED,
        ProcessDraftState.DISCARDED,
    },
    ProcessDraftState.APPROVED: {
        ProcessDraftState.DRAFT,
        ProcessDraftState.RELEASED,
        ProcessDraftState.DISCARDED,
    },
    ProcessDraftState.RELEASED: set(),
    ProcessDraftState.DISCARDED: set(),
}
OPEN = (ProcessDraftState.DRAFT, ProcessDraftState.SUBMITTED, ProcessDraftState.APPROVED)
_OPEN = text("state IN ('draft', 'submitted', 'approved')")


class ProcessDraft(Base):
    """At most one is open for each process. Names of people stand beside their ids: who leaves is still named."""

    __tablename__ = "process_draft"
    __table_args__ = (
        Index("ix_process_draft_open", "process_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[UUID] = new_row_id()
    process_id: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    state: Mapped[ProcessDraftState] = mapped_column(default=ProcessDraftState.DRAFT)
    #: The version that was released when it was begun, or looked at anew; None: the process is new.
    based_on_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_version.id"))
    created_at: Mapped[datetime]
    created_by_id: Mapped[UUID | None]
    created_by: Mapped[str]
    #: Ids of all who have ever saved a file in it: none of them may approve it.
    authors: Mapped[list[Any]] = mapped_column(Json, default=list)
    #: Why it is wanted, and the paragraph or practice that it follows.
    reason: Mapped[str] = mapped_column(default="")
    legal_basis: Mapped[str] = mapped_column(default="")
    #: The day (in the municipality) on which it is released by itself; None: when somebody releases it.
    effective_on: Mapped[date | None]
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[UUID | None]
    submitted_by: Mapped[str] = mapped_column(default="")
    #: Who has approved what was submitted last: `id`, `name`, `as` (owner or leader), `at`.
    approvals: Mapped[list[Any]] = mapped_column(Json, default=list)
    #: The last approval, or when it was sent back, with the reason.
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None]
    decided_by: Mapped[str] = mapped_column(default="")
    decision_reason: Mapped[str] = mapped_column(default="")
    released_at: Mapped[datetime | None]
    released_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_version.id"))
    #: Who has it open, so that two do not write over each other; lapses by itself.
    held_by_id: Mapped[UUID | None]
    held_by: Mapped[str] = mapped_column(default="")
    held_until: Mapped[datetime | None]

    def submit(self) -> None:
        """Somebody else is asked."""
        self._move_to(ProcessDraftState.SUBMITTED)
        self.approvals = []

    def approve(self) -> None:
        """Everybody who must has approved it."""
        self._move_to(ProcessDraftState.APPROVED)

    def send_back(self) -> None:
        """It may be changed again, and must be submitted again."""
        self._move_to(ProcessDraftState.DRAFT)
        self.approvals = []

    def release(self, version_id: UUID, at: datetime) -> None:
        """Its files are the released ones."""
        self._move_to(ProcessDraftState.RELEASED)
        self.released_version_id, self.released_at = version_id, at

    def discard(self) -> None:
        """Nobody wants it any more."""
        self._move_to(ProcessDraftState.DISCARDED)

    def hold(self, employee_id: UUID | None, name: str, until: datetime | None) -> None:
        """Somebody has it open until then."""
        self.held_by_id, self.held_by, self.held_until = employee_id, name, until

    def is_held_by_another(self, employee_id: UUID | None, at: datetime) -> bool:
        """Whether somebody else has it open at that moment."""
        return self.held_until is not None and self.held_until > at and self.held_by_id != employee_id

    def _move_to(self, state: ProcessDraftState) -> None:
        if state not in TRANSITIONS[self.state]:
            raise ConflictError(message("The process draft is already {state}.", state=state_words(self.state)))
        self.state = state


class ProcessDraftFile(Base):
    """A file as it is in the draft; all others are as released."""

    __tablename__ = "process_draft_file"

    process_draft_id: Mapped[UUID] = mapped_column(ForeignKey("process_draft.id"), primary_key=True)
    kind: Mapped[ArtifactKind] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(deferred=True)
    #: Counts up with each save, from 1.
    revision: Mapped[int]
    #: SHA-256 of the released content that it was changed from; None: the file is new.
    base_checksum: Mapped[bytes | None]
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[UUID | None]
    saved_by: Mapped[str]
