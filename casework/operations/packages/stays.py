"""Questions that the operations on places ask: which unit, who stays, is there room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from casework.errors import InvalidError
from casework.i18n import message
from casework.model import PlaceCapacity, PlaceStay, StayState, Unit

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session


def require_unit(session: Session, unit_id: str) -> Unit:
    """The unit; refused (InvalidError) when there is none or it is no more."""
    unit = session.get(Unit, unit_id)
    if unit is None or not unit.is_active:
        wrong = message("There is no such unit.")
        raise InvalidError(wrong, {"unit_id": [wrong]})
    return unit


def staying(session: Session, case_id: UUID) -> PlaceStay | None:
    """Where the child has a place now."""
    return session.scalars(
        select(PlaceStay).where(PlaceStay.case_id == case_id, PlaceStay.state == StayState.STAYING)
    ).one_or_none()


def is_full(session: Session, unit_id: str, on: date, *, besides: UUID | None = None) -> bool:
    """Whether as many children as there are places have one on that day; a unit that has told no places is never full."""
    places = session.scalar(
        select(PlaceCapacity.places)
        .where(PlaceCapacity.unit_id == unit_id, PlaceCapacity.since <= on)
        .order_by(PlaceCapacity.since.desc())
        .limit(1)
    )
    there = session.scalar(
        select(func.count()).where(
            PlaceStay.unit_id == unit_id,
            PlaceStay.starts_on <= on,
            or_(PlaceStay.ends_on.is_(None), PlaceStay.ends_on > on),
            *([PlaceStay.id != besides] if besides else []),
        )
    )
    return places is not None and (there or 0) >= places
