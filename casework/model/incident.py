"""Incidents: an instance is stuck and a person must look. What was about to happen is kept, and happens on retry."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, Document, new_row_id


class IncidentState(StrEnum):
    """Where an incident stands."""

    OPEN = "open"  #: Nobody has solved it.
    SOLVED = "solved"  #: A retry went through, or the process no longer needs it. Final.


_OPEN = text("state = 'open'")


class Incident(Base):
    """Cause, expression and values, for a person; the event, for the retry."""

    __tablename__ = "incident"
    __table_args__ = (
        Index("ix_incident_open", "created_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(None, "case_id"),
        Index(None, "instance_id", "state"),
    )

    id: Mapped[UUID] = new_row_id()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"))
    process_id: Mapped[str]
    element_id: Mapped[str]
    #: The engine's id of what the event was about: when that falls away, so does the incident.
    engine_task_id: Mapped[str | None]
    job_id: Mapped[UUID | None] = mapped_column(ForeignKey("job.id"))
    #: A `Message` as JSON.
    cause: Mapped[dict[str, Any]]
    expression: Mapped[str | None]
    #: What the expression read, when it failed.
    values_read: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    #: The engine event that did not go through: {"kind", "task_id", ...}.
    event: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    state: Mapped[IncidentState] = mapped_column(default=IncidentState.OPEN)
    retries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    solved_at: Mapped[datetime | None]
    solved_by: Mapped[str | None]

    def solve(self, by: str, at: datetime) -> None:
        """The retry went through."""
        self.state, self.solved_by, self.solved_at = IncidentState.SOLVED, by, at
