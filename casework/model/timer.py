"""Timers: what an instance awaits from the clock. The instant is computed by `casework.calendar` when the wait opens."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, Json, new_row_id


class TimerState(StrEnum):
    """Where a timer stands."""

    WAITING = "waiting"  #: Its instant has not come.
    FIRED = "fired"  #: The instance was told. Final.
    CANCELLED = "cancelled"  #: The process no longer waits. Final.
    STUCK = "stuck"  #: Firing it led to an incident; solving that fires it.


_WAITING = text("state = 'waiting'")


class Timer(Base):
    """One timer wait of an instance."""

    __tablename__ = "timer"
    __table_args__ = (
        Index("ix_timer_due", "due_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_timer_instance", "instance_id", "state"),
    )

    id: Mapped[UUID] = new_row_id()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"))
    engine_task_id: Mapped[str]
    process_id: Mapped[str]
    element_id: Mapped[str]
    #: timeDate, timeDuration or timeCycle
    kind: Mapped[str]
    #: What it counts from: kept when a case moves to another version.
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    #: Cycles: the ISO duration and how often it still repeats (None: for ever).
    interval: Mapped[str | None]
    repeats_left: Mapped[int | None]
    #: What it was computed from, so that a corrected fact can move it: `sag:timer`, and the text of the diagram.
    expression: Mapped[str]
    start_expression: Mapped[str | None]
    calendar: Mapped[str]
    #: Messages of `casework.calendar`, as JSON.
    explanation: Mapped[list[Any]] = mapped_column(Json, default=list)
    state: Mapped[TimerState] = mapped_column(default=TimerState.WAITING)
    ended_at: Mapped[datetime | None]

    def move(self, counted: dict[str, Any]) -> None:
        """What it counts from has changed; `counted` are the columns counted anew."""
        for name, value in counted.items():
            setattr(self, name, value)

    def fire(self, at: datetime) -> None:
        """The instance was told."""
        self.state, self.ended_at = TimerState.FIRED, at

    def get_stuck(self) -> None:
        """Its instant has come, and telling the instance led to an incident."""
        self.state = TimerState.STUCK

    def cancel(self, at: datetime) -> None:
        """The process no longer waits."""
        self.state, self.ended_at = TimerState.CANCELLED, at
