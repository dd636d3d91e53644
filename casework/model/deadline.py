"""Deadlines and their escalations. A duty never disappears because its deadline passed: lateness is kept, not deleted."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, Json, new_row_id


class DeadlineClass(StrEnum):
    """Whose promise it is."""

    LOV = "LOV"  #: The law's. Never extended silently, never paused.
    LOKAL = "LOKAL"  #: The municipality's own goal.
    INTERN = "INTERN"  #: A reminder to ourselves.


class DeadlineState(StrEnum):
    """Where a deadline stands. Running past `due_at` is overdue; that is no state, it is a comparison with the clock."""

    RUNNING = "running"  #: The duty stands.
    MET = "met"  #: Done; `ended_at` against `due_at` says whether in time. Final.
    WITHDRAWN = "withdrawn"  #: The duty fell away. Final.


_RUNNING = text("state = 'running'")
_MET = text("state = 'met'")
_ESCALATES = text("state = 'running' AND next_escalation_at IS NOT NULL")


class Deadline(Base):
    """A promised date with its rule, start, calendar, source and the sentences that explain it."""

    __tablename__ = "deadline"
    __table_args__ = (
        Index("ix_deadline_due", "unit_id", "due_at", sqlite_where=_RUNNING, postgresql_where=_RUNNING),
        Index("ix_deadline_escalation", "next_escalation_at", sqlite_where=_ESCALATES, postgresql_where=_ESCALATES),
        Index("ix_deadline_instance", "instance_id", "state"),
        Index("ix_deadline_case", "case_id", "state"),
        Index("ix_deadline_met", "process_id", "ended_at", sqlite_where=_MET, postgresql_where=_MET),
    )

    id: Mapped[UUID] = new_row_id()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"))
    #: As `vurdering24`.
    key: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    process_id: Mapped[str]
    #: The element it was drawn on; for one of the whole process, the process.
    element_id: Mapped[str]
    #: The engine's id of the activity it ends with; None: it ends when `met_by` completes.
    engine_task_id: Mapped[str | None]
    met_by: Mapped[str | None]
    until: Mapped[str | None]
    #: `class` in the diagram.
    due_class: Mapped[DeadlineClass]
    #: ISO duration and calendar, as `P6D`, `working-days`.
    duration: Mapped[str]
    calendar: Mapped[str]
    #: Key of `processes/law.toml`.
    law: Mapped[str | None]
    starts_at: Mapped[datetime]
    #: The expression it starts from, so that a corrected fact can move it.
    start_expression: Mapped[str | None]
    due_at: Mapped[datetime]
    explanation: Mapped[list[Any]] = mapped_column(Json, default=list)
    #: How it moved last: `before`, `because` (names of what changed), perhaps `reason`.
    moved: Mapped[dict[str, Any] | None] = mapped_column(Json)
    #: When its clock stood still: `from`, `until` (None: still), `reason`, `reason_en`, `by`, `by_hand`. Never of the law's.
    pauses: Mapped[list[Any]] = mapped_column(Json, default=list)
    #: Set while it stands still.
    paused_at: Mapped[datetime | None]
    #: Who answers for it now: the unit of the task or case.
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[DeadlineState] = mapped_column(default=DeadlineState.RUNNING)
    #: Instants of E1, E2, E3, as ISO strings.
    ladder: Mapped[list[Any]] = mapped_column(Json, default=list)
    #: 0: none raised yet.
    escalation_level: Mapped[int] = mapped_column(default=0)
    next_escalation_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    late_reason: Mapped[str | None]

    def escalate(self, level: int) -> None:
        """`level` has been raised; the next rung of the ladder is next."""
        self.escalation_level = level
        ahead = self.ladder[level:]
        self.next_escalation_at = datetime.fromisoformat(ahead[0]) if ahead else None

    def end(self, state: DeadlineState, at: datetime) -> None:
        """Met, or withdrawn with what it belonged to."""
        self.state, self.ended_at, self.next_escalation_at = state, at, None


class Escalation(Base):
    """Somebody was told that a deadline nears or has passed."""

    __tablename__ = "escalation"
    __table_args__ = (
        UniqueConstraint("deadline_id", "level", "due_at"),
        Index(None, "case_id"),
        Index(None, "raised_at"),
    )

    id: Mapped[UUID] = new_row_id()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    deadline_id: Mapped[UUID] = mapped_column(ForeignKey("deadline.id"))
    #: 1, 2 or 3 (E1–E3).
    level: Mapped[int]
    #: When it was due then: a deadline that has moved escalates anew.
    due_at: Mapped[datetime]
    raised_at: Mapped[datetime]
    #: Employees who were told: ids as strings.
    told: Mapped[list[Any]] = mapped_column(Json, default=list)


class Notification(Base):
    """Something an employee should see. Never with case text: only what kind, and where."""

    __tablename__ = "notification"
    __table_args__ = (Index(None, "employee_id", "read_at", "created_at"),)

    id: Mapped[UUID] = new_row_id()
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"))
    #: escalation, handoff, task, incident, message, mention, substitute, annual_report, process_draft, process_draft_decided,
    #: process_request, process_request_decided, process_changed, or one of the birthdays
    kind: Mapped[str]
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"))
    user_task_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_task.id"))
    handoff_id: Mapped[UUID | None] = mapped_column(ForeignKey("handoff.id"))
    deadline_id: Mapped[UUID | None] = mapped_column(ForeignKey("deadline.id"))
    level: Mapped[int | None]
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
