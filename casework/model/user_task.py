"""User tasks: what an instance awaits from a person, with the draft of the form."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, Json, new_row_id
from casework.errors import ConflictError
from casework.i18n import message
from casework.model.words import state_words


class UserTaskState(StrEnum):
    """Where a user task stands."""

    OPEN = "open"  #: Waiting in a unit's inbox.
    CLAIMED = "claimed"  #: One employee has taken it.
    COMPLETED = "completed"  #: The form was accepted. Final.
    WITHDRAWN = "withdrawn"  #: The process no longer needs it. Final.


TRANSITIONS = {
    UserTaskState.OPEN: {
        UserTaskState.OPEN,  # passed on to another unit
        UserTaskState.CLAIMED,
        UserTaskState.COMPLETED,
        UserTaskState.WITHDRAWN,
    },
    UserTaskState.CLAIMED: {
        UserTaskState.OPEN,
        UserTaskState.CLAIMED,
        UserTaskState.COMPLETED,
        UserTaskState.WITHDRAWN,
    },
    UserTaskState.COMPLETED: set(),
    UserTaskState.WITHDRAWN: set(),
}
ACTIVE = (UserTaskState.OPEN, UserTaskState.CLAIMED)
#: `inbox_at` of a task without a deadline: after all others.
END_OF_TIME = datetime(9000, 1, 1, tzinfo=UTC)
_ACTIVE = text("state IN ('open', 'claimed')")
_DONE = text("state = 'completed'")
_AWAITED = text("state IN ('open', 'claimed') AND awaited_by_unit_id IS NOT NULL")


class UserTask(Base):
    """Deadline columns repeat those of its deadline, so that an inbox is one index scan over this table."""

    __tablename__ = "user_task"
    __table_args__ = (
        # What is included lets an inbox be counted without a look at the table.
        Index(
            "ix_user_task_inbox",
            "unit_id",
            "inbox_at",
            "id",
            sqlite_where=_ACTIVE,
            postgresql_where=_ACTIVE,
            postgresql_include=["assignee_id"],
        ),
        Index("ix_user_task_assignee", "assignee_id", "inbox_at", "id", sqlite_where=_ACTIVE, postgresql_where=_ACTIVE),
        Index(
            "ix_user_task_awaited",
            "awaited_by_unit_id",
            "inbox_at",
            "id",
            sqlite_where=_AWAITED,
            postgresql_where=_AWAITED,
        ),
        Index("ix_user_task_deadline", "deadline_id", "id", sqlite_where=_ACTIVE, postgresql_where=_ACTIVE),
        Index("ix_user_task_instance", "instance_id", "state"),
        Index("ix_user_task_case", "case_id", "state"),
        Index("ix_user_task_done", "process_id", "ended_at", sqlite_where=_DONE, postgresql_where=_DONE),
    )

    id: Mapped[UUID] = new_row_id()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"))
    #: The engine's id of what stands.
    engine_task_id: Mapped[str]
    process_id: Mapped[str]
    element_id: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    form_id: Mapped[UUID | None] = mapped_column(ForeignKey("artifact.id"))
    #: The loop items and inputs that the task sees, for prefilling.
    items: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    lane: Mapped[str]
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("employee.id"))
    #: The case's responsible unit when another unit does the task, and so the first one waits; else None.
    awaited_by_unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    #: Nobody who has worked on the case before may take it.
    needs_separation: Mapped[bool] = mapped_column(default=False)
    #: The hand-off by which another department sees it.
    handoff_id: Mapped[UUID | None] = mapped_column(ForeignKey("handoff.id"))
    state: Mapped[UserTaskState] = mapped_column(default=UserTaskState.OPEN)
    created_at: Mapped[datetime]
    deadline_id: Mapped[UUID | None] = mapped_column(ForeignKey("deadline.id"))
    due_at: Mapped[datetime | None]
    #: What inboxes sort by: `due_at`, or `END_OF_TIME` for a task without a deadline.
    inbox_at: Mapped[datetime]
    #: LOV, LOKAL or INTERN
    due_class: Mapped[str | None]
    draft: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, deferred=True)
    #: Rises with each saved draft; who saves from an older one gets a conflict field by field.
    draft_version: Mapped[int] = mapped_column(default=0)
    #: Which answer changed at which draft version: path to pairs of version and hash of the answer.
    draft_marks: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, deferred=True)
    draft_at: Mapped[datetime | None]
    draft_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("employee.id"))
    #: Who has taken it put it aside until this day (in the municipality). No deadline moves with it.
    follow_up_on: Mapped[date | None]
    #: Rises with claim, give back, reassign, complete: the `ETag` of the task.
    version: Mapped[int] = mapped_column(default=1)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]

    def claim(self, employee_id: UUID) -> None:
        """One employee takes it, or it is given to one."""
        self._move_to(UserTaskState.CLAIMED)
        self.assignee_id, self.follow_up_on = employee_id, None

    def give_back(self) -> None:
        """Back to the unit's inbox; the draft stays."""
        self._move_to(UserTaskState.OPEN)
        self.assignee_id, self.follow_up_on = None, None

    def complete(self, by: str, at: datetime) -> None:
        """The form was accepted."""
        self._move_to(UserTaskState.COMPLETED)
        self.ended_at, self.ended_by = at, by

    def withdraw(self, at: datetime) -> None:
        """The process no longer needs it."""
        self._move_to(UserTaskState.WITHDRAWN)
        self.ended_at = at

    def _move_to(self, state: UserTaskState) -> None:
        if state not in TRANSITIONS[self.state]:
            raise ConflictError(
                message("The task is already {state}.", state=state_words(self.state)),
                changed={"state": self.state.value, "by": self.ended_by},
            )
        self.state = state
        self.version += 1


class Submission(Base):
    """The immutable record of one filled form, as the person saw it. Of several of one task the newest counts."""

    __tablename__ = "submission"
    __table_args__ = (Index(None, "case_id"), Index(None, "user_task_id"), Index(None, "form_id", "submitted_at"))

    id: Mapped[UUID] = new_row_id()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    user_task_id: Mapped[UUID] = mapped_column(ForeignKey("user_task.id"))
    form_id: Mapped[UUID] = mapped_column(ForeignKey("artifact.id"))
    answers: Mapped[dict[str, Any]] = mapped_column(Json, deferred=True)
    submitted_at: Mapped[datetime]
    submitted_by: Mapped[str]
    submitted_by_id: Mapped[UUID | None]
    #: Why it was late, asked when its deadline had passed.
    late_reason: Mapped[str | None]
    #: The version that this one puts right, and why (`correct_answers`). Nothing here is ever deleted, so it needs no guard.
    corrects_id: Mapped[UUID | None]
    correction_reason: Mapped[str | None]
