"""Batches of running instances that are moved to another version of their process, instance by instance."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, Json, new_row_id
from casework.errors import ConflictError
from casework.i18n import message


class InstanceMoveState(StrEnum):
    """Where a batch stands."""

    RUNNING = "running"  #: Workers take its instances one by one.
    STOPPED = "stopped"  #: A person has stopped it; what is moved stays moved. It can go on.
    DONE = "done"  #: Every instance was moved, refused or passed over. Final.


TRANSITIONS = {
    InstanceMoveState.RUNNING: {InstanceMoveState.STOPPED, InstanceMoveState.DONE},
    InstanceMoveState.STOPPED: {InstanceMoveState.RUNNING},
    InstanceMoveState.DONE: set(),
}


class MovedState(StrEnum):
    """What has become of one instance of a batch."""

    WAITING = "waiting"  #: Its turn has not come.
    MOVED = "moved"  #: It runs on the new version. Final.
    REFUSED = "refused"  #: It stays where it was, for the reasons given. Final.
    PASSED_OVER = "passed_over"  #: It had ended, or no longer ran on the old version. Final.


_OPEN = text("state = 'running'")


class InstanceMove(Base):
    """One batch: from which version to which, by which pairs of elements, and why."""

    __tablename__ = "instance_move"
    __table_args__ = (
        Index("ix_instance_move_process", "process_id", "created_at"),
        Index("ix_instance_move_running", "created_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[UUID] = new_row_id()
    process_id: Mapped[str]
    from_version_id: Mapped[UUID] = mapped_column(ForeignKey("process_version.id"))
    to_version_id: Mapped[UUID] = mapped_column(ForeignKey("process_version.id"))
    #: `[process, element, process, element]` of the old and the new version.
    pairs: Mapped[list[Any]] = mapped_column(Json, default=list)
    #: What becomes of branches that the new version adds beside where an instance stands: `stay`, `begin` or `skip`.
    branches: Mapped[str] = mapped_column(String(30), default="stay", server_default="stay")
    reason: Mapped[str]
    #: The batch whose instances this one moves back.
    undoes_id: Mapped[UUID | None] = mapped_column(ForeignKey("instance_move.id"))
    state: Mapped[InstanceMoveState] = mapped_column(default=InstanceMoveState.RUNNING)
    created_at: Mapped[datetime]
    created_by_id: Mapped[UUID | None]
    created_by: Mapped[str]
    ended_at: Mapped[datetime | None]

    def stop(self) -> None:
        """A person wants to look first."""
        self._go_to(InstanceMoveState.STOPPED)

    def resume(self) -> None:
        """It goes on with the instances that are left."""
        self._go_to(InstanceMoveState.RUNNING)

    def finish(self, at: datetime) -> None:
        """No instance waits any more."""
        self._go_to(InstanceMoveState.DONE)
        self.ended_at = at

    def _go_to(self, state: InstanceMoveState) -> None:
        if state not in TRANSITIONS[self.state]:
            raise ConflictError(message("The move has been stopped, or is over."), changed={"state": self.state.value})
        self.state = state


class InstanceMoveItem(Base):
    """One instance of a batch."""

    __tablename__ = "instance_move_item"
    __table_args__ = (
        Index("ix_instance_move_item_state", "move_id", "state", "position"),
        Index("ix_instance_move_item_instance", "instance_id"),
    )

    move_id: Mapped[UUID] = mapped_column(ForeignKey("instance_move.id"), primary_key=True)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), primary_key=True)
    position: Mapped[int]
    state: Mapped[MovedState] = mapped_column(default=MovedState.WAITING)
    #: Messages as JSON: why it was refused.
    reasons: Mapped[list[Any]] = mapped_column(Json, default=list)
    at: Mapped[datetime | None]

    def end(self, state: MovedState, at: datetime, reasons: list[Any]) -> None:
        """Its turn has come."""
        self.state, self.at, self.reasons = state, at, reasons
