"""Processes that begin by themselves on a case when a moment comes that follows from its facts, as three months before 16.

One row for each case and start event, so that what is due costs what is due: nobody asks each case each day how old its child
is. Which start events there are stands in `StartTimer`.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, new_row_id


class StartState(StrEnum):
    """Where a start stands."""

    WAITING = "waiting"  #: Its moment has not come.
    STARTED = "started"  #: The process was started. Final: a corrected fact makes a new row, it does not undo.
    FALLEN_AWAY = (
        "fallen_away"  #: Its moment is not known, came too late or while it ran; or it ended with the case. Final.
    )


_WAITING = text("state = 'waiting'")


class ProcessStart(Base):
    """A process starts on the case at `due_at`, once."""

    __tablename__ = "process_start"
    __table_args__ = (
        Index("ix_process_start_due", "due_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index(
            "ix_process_start_waiting",
            "case_id",
            "process_id",
            "element_id",
            unique=True,
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index(None, "case_id"),
    )

    id: Mapped[UUID] = new_row_id()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    process_id: Mapped[str]
    #: The start event.
    element_id: Mapped[str]
    due_at: Mapped[datetime]
    state: Mapped[StartState] = mapped_column(default=StartState.WAITING)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_instance.id"))

    def move(self, due_at: datetime) -> None:
        """A fact that it follows from has changed."""
        self.due_at = due_at

    def start(self, instance_id: UUID, at: datetime) -> None:
        """The process runs."""
        self.state, self.instance_id, self.ended_at = StartState.STARTED, instance_id, at

    def fall_away(self, at: datetime) -> None:
        """Nothing is to start."""
        self.state, self.ended_at = StartState.FALLEN_AWAY, at
