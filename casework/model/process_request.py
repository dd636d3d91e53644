"""What one person asks for and another must agree to before new cases start otherwise: going back, or retiring a process.

We chose this (November 2026) because nobody approves their own: going back to a version on which a deadline of the law counts
longer undoes what a team leader has approved, and a retired process tells of no deadline at all. Going back without that stays
the matter of one owner, who may be in a hurry; the others are told.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, new_row_id
from casework.errors import ConflictError
from casework.i18n import message
from casework.model.words import state_words


class ProcessRequestKind(StrEnum):
    """What is asked for."""

    PUT_BACK = "put_back"  #: An earlier version shall be the released one again.
    RETIRE = "retire"  #: No new case shall start on the process.


class ProcessRequestState(StrEnum):
    """Where a request stands."""

    OPEN = "open"  #: Waits for somebody else.
    APPROVED = "approved"  #: It is done. Final.
    DECLINED = "declined"  #: Somebody said no, or who asked took it back. Final.


TRANSITIONS = {
    ProcessRequestState.OPEN: {ProcessRequestState.APPROVED, ProcessRequestState.DECLINED},
    ProcessRequestState.APPROVED: set(),
    ProcessRequestState.DECLINED: set(),
}
_OPEN = text("state = 'open'")


class ProcessRequest(Base):
    """At most one is open for each process. Names of people stand beside their ids: who leaves is still named."""

    __tablename__ = "process_request"
    __table_args__ = (
        Index("ix_process_request_open", "process_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[UUID] = new_row_id()
    process_id: Mapped[str]
    kind: Mapped[ProcessRequestKind]
    #: The version to go back to.
    version: Mapped[int | None]
    #: Who must agree, as drafts name it: `owner` or `leader`.
    needs: Mapped[str]
    reason: Mapped[str]
    state: Mapped[ProcessRequestState] = mapped_column(default=ProcessRequestState.OPEN)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[UUID | None]
    asked_by: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None]
    decided_by: Mapped[str] = mapped_column(default="")

    def approve(self, by_id: UUID | None, by: str, at: datetime) -> None:
        """Somebody else agrees, and it is done."""
        self._decide(ProcessRequestState.APPROVED, by_id, by, at)

    def decline(self, by_id: UUID | None, by: str, at: datetime) -> None:
        """It is not done."""
        self._decide(ProcessRequestState.DECLINED, by_id, by, at)

    def _decide(self, state: ProcessRequestState, by_id: UUID | None, by: str, at: datetime) -> None:
        if state not in TRANSITIONS[self.state]:
            raise ConflictError(message("This has already been decided: {state}.", state=state_words(self.state)))
        self.state, self.decided_by_id, self.decided_by, self.decided_at = state, by_id, by, at
