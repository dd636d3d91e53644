"""A process version running on a case, and the trail of what it has passed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, Document, new_row_id
from casework.errors import ConflictError
from casework.i18n import message
from casework.model.words import state_words


class InstanceState(StrEnum):
    """Where an instance stands. That it is stuck is told by its open incidents, not here."""

    RUNNING = "running"  #: Something stands: a task, a job, a wait or an incident.
    COMPLETED = "completed"  #: It reached its end. Final.
    CANCELLED = "cancelled"  #: Stopped by a person, with a reason. Final.


class ProcessInstance(Base):
    """The state is bytes (order of keys matters to the engine), written with `version` + 1 by each step."""

    __tablename__ = "process_instance"
    __table_args__ = (Index("ix_process_instance_case", "case_id", "state"), Index(None, "process_version_id", "state"))

    id: Mapped[UUID] = new_row_id()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    process_version_id: Mapped[UUID] = mapped_column(ForeignKey("process_version.id"))
    process_id: Mapped[str]
    state: Mapped[InstanceState] = mapped_column(default=InstanceState.RUNNING)
    engine_state: Mapped[bytes] = mapped_column(deferred=True)
    variables: Mapped[dict[str, Any]] = mapped_column(Document, default=dict, deferred=True)
    version: Mapped[int] = mapped_column(default=1)
    started_at: Mapped[datetime]
    #: The employee who started it: `sag:assignment to="starter"`.
    started_by_id: Mapped[UUID | None]
    ended_at: Mapped[datetime | None]
    #: The end event that was reached last.
    outcome: Mapped[str | None]

    def finish(self, at: datetime, outcome: str | None) -> None:
        """The engine has no token left."""
        self.state, self.ended_at, self.outcome = InstanceState.COMPLETED, at, outcome

    def cancel(self, at: datetime) -> None:
        """A person stopped it."""
        if self.state is not InstanceState.RUNNING:
            raise ConflictError(message("The process is already {state}.", state=state_words(self.state)))
        self.state, self.ended_at = InstanceState.CANCELLED, at


class Passage(Base):
    """An instance passed an element: what the diagram colours, and what durations are computed from."""

    __tablename__ = "passage"
    __table_args__ = (Index("ix_passage_instance", "instance_id", "process_id", "element_id"),)

    id: Mapped[UUID] = new_row_id()
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"))
    #: The diagram that the element stands in: the main one or a called one.
    process_id: Mapped[str]
    element_id: Mapped[str]
    element_type: Mapped[str]
    #: completed or cancelled
    how: Mapped[str]
    at: Mapped[datetime]
    #: Which step of the instance (its version after it).
    step: Mapped[int]
