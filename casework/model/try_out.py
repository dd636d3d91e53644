"""Walks through a process draft that somebody tries out, and what came of running its scenarios. Invented children only."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, new_row_id


class TryOut(Base):
    """Where somebody stands with a draft. The steps are all there is to it; whatever they led to can be made again."""

    __tablename__ = "try_out"
    __table_args__ = (UniqueConstraint("process_draft_id", "employee_id"),)

    id: Mapped[UUID] = new_row_id()
    process_draft_id: Mapped[UUID] = mapped_column(ForeignKey("process_draft.id"))
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"))
    #: JSON as text, because the order of names counts: how it begins, as a scenario has it before `forløb`.
    beginning: Mapped[str]
    #: The same of a list: each step as a scenario has it.
    steps: Mapped[str]
    #: Counts up with each change: of two tabs, the second is told.
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]


class ScenarioRun(Base):
    """The scenarios of a draft, run on its files as they were: `checksum` says of which files."""

    __tablename__ = "scenario_run"
    __table_args__ = (Index(None, "process_draft_id", "checksum"),)

    id: Mapped[UUID] = new_row_id()
    process_draft_id: Mapped[UUID] = mapped_column(ForeignKey("process_draft.id"))
    checksum: Mapped[bytes]
    #: How many there are to run.
    total: Mapped[int]
    #: Of each that has been run: file, line, name, seconds, problems, flows taken.
    outcomes: Mapped[list[Any]]
    started_at: Mapped[datetime]
    started_by: Mapped[str]
    #: When the last was run; None: it goes on.
    ended_at: Mapped[datetime | None]

    @property
    def failures(self) -> list[dict[str, Any]]:
        """The outcomes that are otherwise than expected."""
        return [one for one in self.outcomes if one["problems"]]
