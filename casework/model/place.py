"""Places of providers: how many there are, and which child has one when. What is not told here is told by packages."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, new_row_id
from casework.errors import ConflictError
from casework.i18n import message
from casework.model.package import EndReason


class PlaceCapacity(Base):
    """How many places a unit has from a day on, until its next row."""

    __tablename__ = "place_capacity"

    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True)
    places: Mapped[int]


class StayState(StrEnum):
    """Where a child's stay at a place stands."""

    WAITING = "waiting"  #: On the waiting list.
    STAYING = "staying"  #: The child has the place.
    LEFT = "left"  #: The child had the place. Final.
    DROPPED = "dropped"  #: The child waits no longer, and never came. Final.


TRANSITIONS = {
    StayState.WAITING: {StayState.STAYING, StayState.DROPPED},
    StayState.STAYING: {StayState.LEFT},
    StayState.LEFT: set(),
    StayState.DROPPED: set(),
}
_WAITS = text("state = 'waiting'")
_STAYS = text("state = 'staying'")


class PlaceStay(Base):
    """One child at one unit. A case has at most one place at a time, and waits once for each unit."""

    __tablename__ = "place_stay"
    __table_args__ = (
        Index(None, "case_id"),
        Index("ix_place_stay_unit", "unit_id", "starts_on", "ends_on"),
        Index("ix_place_stay_waiting", "unit_id", "case_id", unique=True, sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("ix_place_stay_staying", "case_id", unique=True, sqlite_where=_STAYS, postgresql_where=_STAYS),
    )

    id: Mapped[UUID] = new_row_id()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[StayState]
    waiting_since: Mapped[date | None]
    starts_on: Mapped[date | None]
    #: The first day on which the child no longer has the place.
    ends_on: Mapped[date | None]
    end_reason: Mapped[EndReason | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]

    def begin(self, on: date) -> None:
        """The child moves in."""
        self._move_to(StayState.STAYING)
        self.starts_on = on

    def end(self, on: date, reason: EndReason | None) -> None:
        """The child moves out; `on` is the first day without it."""
        self._move_to(StayState.LEFT)
        self.ends_on, self.end_reason = on, reason

    def drop(self, on: date) -> None:
        """The child needs it no more."""
        self._move_to(StayState.DROPPED)
        self.ends_on = on

    def _move_to(self, state: StayState) -> None:
        if state not in TRANSITIONS[self.state]:
            raise ConflictError(message("The place is no longer as you saw it."), changed={"state": self.state.value})
        self.state = state
