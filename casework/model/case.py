"""The case: one child's matter through all processes, departments and years."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from casework.database import Base, Document, Json, new_row_id
from casework.errors import ConflictError
from casework.i18n import message
from casework.model.person import Person


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"  #: Somebody is responsible.
    CLOSED = "closed"  #: Nothing runs; it can be opened again.


TRANSITIONS = {CaseState.OPEN: {CaseState.CLOSED}, CaseState.CLOSED: {CaseState.OPEN}}


_OPEN = text("state = 'open'")


class Case(Base):
    """An open case always has a responsible unit. Whoever changes anything of a case locks this row first."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_responsible_unit", "responsible_unit_id", "state", "opened_at"),
        Index("ix_cases_responsible_employee", "responsible_employee_id", "state", "opened_at"),
        Index("ix_cases_child", "child_id"),
        Index("ix_cases_starts_planned", "starts_planned", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[UUID] = new_row_id()
    #: Opaque for people, as `S-2026-0417`.
    number: Mapped[str] = mapped_column(unique=True)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    #: Chooses between units of one lane, as `nord`.
    district: Mapped[str]
    state: Mapped[CaseState] = mapped_column(default=CaseState.OPEN)
    responsible_unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    responsible_employee_id: Mapped[UUID | None] = mapped_column(ForeignKey("employee.id"))
    #: What the case knows whoever asks, by name: `foedselsdato`, `kendskabsDato`, ...
    facts: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    #: Rises with each change that another reader must not overwrite.
    version: Mapped[int] = mapped_column(default=1)
    #: Names that the processes of the case read for their `deadlines`, `timers` and `conditions`: a fact that changes without
    #: being read by any costs nothing. Names are added, never taken away.
    reads: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    #: For which stand of the released start timers its `ProcessStart` rows were made; 0: not yet. See `start_due_processes`.
    starts_planned: Mapped[int] = mapped_column(default=0)
    #: How many messages are kept: where there are none, no wait asks for them.
    kept_messages: Mapped[int] = mapped_column(default=0)
    #: How many incidents it has ever had: where there were none, none is looked for to be solved.
    incidents: Mapped[int] = mapped_column(default=0)
    #: The end of the journal's hash chain: its length and its last hash.
    journal_length: Mapped[int] = mapped_column(default=0)
    journal_head: Mapped[bytes] = mapped_column(default=b"")

    child: Mapped[Person] = relationship(lazy="raise")

    def close(self, at: datetime) -> None:
        """Nothing runs any more."""
        self._move_to(CaseState.CLOSED)
        self.closed_at = at

    def reopen(self) -> None:
        """Something starts again on a closed case."""
        self._move_to(CaseState.OPEN)
        self.closed_at = None
        self.starts_planned = 0  # what starts by the clock is asked as for a new case

    def _move_to(self, state: CaseState) -> None:
        if state not in TRANSITIONS[self.state]:
            is_closed = self.state is CaseState.CLOSED
            sentence = message("The case is closed already.") if is_closed else message("The case is open already.")
            raise ConflictError(sentence, changed={"state": self.state.value})
        self.state = state
        self.version += 1


class TeamMember(Base):
    """Who works on a case beside its responsible unit; being here gives access."""

    __tablename__ = "team_member"
    __table_args__ = (Index("ix_team_member_employee", "employee_id", "case_id"), Index(None, "case_id"))

    id: Mapped[UUID] = new_row_id()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"))
    #: caseworker, coordinator (tovholder), reassessor, participant
    role: Mapped[str]
    since: Mapped[datetime]
    until: Mapped[datetime | None]
