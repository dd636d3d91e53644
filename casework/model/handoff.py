"""Hand-offs: one department asks another to take something over. Until acceptance the sender is responsible."""

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
from casework.model.words import state_words


class HandoffState(StrEnum):
    """Where a hand-off stands, and so who is responsible."""

    OFFERED = "offered"  #: The receiver has not answered. The sender is responsible.
    MORE_ASKED = "more_asked"  #: The receiver asked for more. The sender is responsible and must answer.
    ACCEPTED = "accepted"  #: The receiver is responsible.
    DECLINED = "declined"  #: The receiver said no, with a reason. The sender is responsible. Final.
    RETURNED = "returned"  #: The receiver gave it back after accepting. The sender is responsible. Final.
    COMPLETED = "completed"  #: The receiver has done its part. Final.
    WITHDRAWN = "withdrawn"  #: The sender took it back before acceptance. Final.


TRANSITIONS = {
    HandoffState.OFFERED: {
        HandoffState.MORE_ASKED,
        HandoffState.ACCEPTED,
        HandoffState.DECLINED,
        HandoffState.WITHDRAWN,
    },
    HandoffState.MORE_ASKED: {HandoffState.OFFERED, HandoffState.WITHDRAWN},
    HandoffState.ACCEPTED: {HandoffState.RETURNED, HandoffState.COMPLETED},
    HandoffState.DECLINED: set(),
    HandoffState.RETURNED: set(),
    HandoffState.COMPLETED: set(),
    HandoffState.WITHDRAWN: set(),
}


_UNANSWERED = text("state IN ('offered', 'more_asked') AND escalated_at IS NULL")


class Handoff(Base):
    """What is asked, of whom, on which basis, until when; and what was answered."""

    __tablename__ = "handoff"
    __table_args__ = (
        Index(None, "to_unit_id", "state"),
        Index(None, "from_unit_id", "state"),
        Index(None, "case_id"),
        Index("ix_handoff_late", "due_at", sqlite_where=_UNANSWERED, postgresql_where=_UNANSWERED),
    )

    id: Mapped[UUID] = new_row_id()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    #: The instance that waits for the answer (message `OverleveringKvittering`, correlation = this id); None: made by hand.
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_instance.id"))
    from_unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    to_unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    #: Whose leaders must act on refusal or silence too. The sender stays responsible all the while.
    fallback_unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    subject: Mapped[str]
    purpose: Mapped[str]
    wanted_answer: Mapped[str] = mapped_column(default="")
    #: What the receiver sees: members of `DataClass`.
    data_classes: Mapped[list[Any]] = mapped_column(Json, default=list)
    #: Key of `processes/law.toml`, or None when it rests on a consent.
    legal_basis: Mapped[str | None]
    consent_id: Mapped[UUID | None] = mapped_column(ForeignKey("consent.id"))
    #: Acceptance moves the responsibility for the whole case, not only for this part.
    moves_responsibility: Mapped[bool] = mapped_column(default=False)
    due_at: Mapped[datetime]
    #: When the leaders of both units were told that nobody has answered.
    escalated_at: Mapped[datetime | None]
    state: Mapped[HandoffState] = mapped_column(default=HandoffState.OFFERED)
    offered_at: Mapped[datetime]
    offered_by: Mapped[str]
    offered_by_id: Mapped[UUID | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None]
    #: The job that offered it: the same job again offers nothing new.
    job_id: Mapped[UUID | None] = mapped_column(ForeignKey("job.id"), unique=True)
    #: When the child (10 years and over) or its parents were told.
    child_informed_on: Mapped[date | None]
    #: Who should have it instead, in the eyes of the unit that declined.
    suggested_unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    #: Who does the next thing at the receiver's.
    next_employee_id: Mapped[UUID | None] = mapped_column(ForeignKey("employee.id"))
    #: Why it was declined, returned or withdrawn.
    reason: Mapped[str | None]
    #: Questions and answers in order: {"at", "by", "kind": "question"|"answer", "text"}.
    exchanges: Mapped[list[Any]] = mapped_column(Json, default=list)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def responsible_unit_id(self) -> str:
        """Who answers for it now."""
        accepted = self.state in (HandoffState.ACCEPTED, HandoffState.COMPLETED)
        return self.to_unit_id if accepted else self.from_unit_id

    def move_to(self, state: HandoffState) -> None:
        """Allowed moves only (`TRANSITIONS`)."""
        if state not in TRANSITIONS[self.state]:
            raise ConflictError(
                message("The hand-off is already {state}.", state=state_words(self.state)),
                changed={"state": self.state.value, "by": self.answered_by},
            )
        self.state = state
        self.version += 1


class ConsentState(StrEnum):
    """Where a consent stands."""

    GIVEN = "given"  #: It counts.
    DECLINED = "declined"  #: Asked, and the answer was no. Final.
    WITHDRAWN = "withdrawn"  #: It no longer counts. Final.


class Consent(Base):
    """Who agreed that what may be shared with whom, for which purpose, how long (form F29)."""

    __tablename__ = "consent"
    __table_args__ = (Index(None, "case_id", "state"),)

    id: Mapped[UUID] = new_row_id()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str]
    data_classes: Mapped[list[Any]] = mapped_column(Json, default=list)
    #: Free words of the form: from whom, to whom.
    shared_with: Mapped[str]
    purpose: Mapped[str]
    valid_until: Mapped[datetime | None]
    state: Mapped[ConsentState] = mapped_column(default=ConsentState.GIVEN)
    given_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    recorded_by: Mapped[str]
