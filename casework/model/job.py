"""Jobs: what an instance awaits from a machine. Claimed with a lease, done once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, Document, new_row_id


class JobState(StrEnum):
    """Where a job stands."""

    READY = "ready"  #: Waits for a worker, at the earliest at `next_at`.
    CLAIMED = "claimed"  #: A worker has it until its lease ends.
    DONE = "done"  #: Its effect has happened and the instance knows. Final.
    FAILED = "failed"  #: Given up; an incident asks a person. Retry makes it ready again.
    CANCELLED = "cancelled"  #: The process no longer needs it. Final.


TRANSITIONS = {
    JobState.READY: {JobState.CLAIMED, JobState.CANCELLED},
    JobState.CLAIMED: {JobState.READY, JobState.CLAIMED, JobState.DONE, JobState.FAILED, JobState.CANCELLED},
    JobState.FAILED: {JobState.READY, JobState.CANCELLED},
    JobState.DONE: set(),
    JobState.CANCELLED: set(),
}
#: What machines carry out (`workers.handlers.HANDLERS`, which a test compares): a diagram that asks for more cannot be released.
TOPICS = frozenset({"consents", "handoff", "letter", "notify", "package", "place", "webhook"})
_WAITING = text("state IN ('ready', 'claimed')")


class Job(Base):
    """The id is the idempotency key for whoever is called. Not every job belongs to an instance: a notification does not."""

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_due", "next_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_job_instance", "instance_id", "state"),
    )

    id: Mapped[UUID] = new_row_id()
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"))
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_instance.id"))
    engine_task_id: Mapped[str | None]
    process_id: Mapped[str | None]
    element_id: Mapped[str | None]
    #: Which handler: `letter`, `notify`, `handoff`, ...
    topic: Mapped[str]
    inputs: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    #: The same thing asked twice is one job.
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    state: Mapped[JobState] = mapped_column(default=JobState.READY)
    attempts: Mapped[int] = mapped_column(default=0)
    #: Ready: not before. Claimed: when the lease ends.
    next_at: Mapped[datetime]
    #: Who claims it writes a new one; only its holder may finish the job.
    lease: Mapped[UUID | None]
    error: Mapped[str | None]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    def claim(self, lease: UUID, until: datetime) -> None:
        """A worker takes it, or takes it over when the lease has ended."""
        self._move_to(JobState.CLAIMED)
        self.lease, self.next_at, self.attempts = lease, until, self.attempts + 1

    def finish(self, at: datetime) -> None:
        """The effect has happened."""
        self._move_to(JobState.DONE)
        self.ended_at, self.lease, self.error = at, None, None

    def retry_at(self, at: datetime, error: str | None = None) -> None:
        """Once more, not before `at`."""
        self._move_to(JobState.READY)
        self.next_at, self.lease, self.error = at, None, error

    def give_up(self, at: datetime, error: str) -> None:
        """A person must look."""
        self._move_to(JobState.FAILED)
        self.ended_at, self.lease, self.error = at, None, error

    def cancel(self, at: datetime) -> None:
        """The process no longer needs it."""
        self._move_to(JobState.CANCELLED)
        self.ended_at = at

    def _move_to(self, state: JobState) -> None:
        if state not in TRANSITIONS[self.state]:
            raise ValueError(f"a job cannot go from {self.state} to {state}")
        self.state = state
