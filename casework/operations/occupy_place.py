"""A child gets a place at a unit. It leaves the place it had, and waits nowhere any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.calendar import day_of
from casework.database import transaction
from casework.errors import InvalidError
from casework.i18n import message
from casework.model import EndReason, PlaceStay, StayState
from casework.model.visibility import sees_whole_case
from casework.operations.journal import record
from casework.operations.packages.locking import require_ours
from casework.operations.packages.stays import is_full, require_unit, staying
from casework.operations.turns import lock_case

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor, Case


@dataclass(frozen=True)
class Occupied:
    """`is_overbooked`: more children than places stand there on that day. It is told, not refused: the child lives there."""

    stay_id: UUID
    is_overbooked: bool


def occupy_place(
    actor: Actor, *, case_id: UUID, unit_id: str, on: date | None = None, left_because: EndReason = EndReason.PLANNED
) -> Occupied:
    """Occupy it from `on` (today unless said); `left_because` is why an earlier place is left. Again on one day: one stay.

    Refuses who does not see the case whole (NotFoundError) or is not of the responsible unit (ForbiddenError), no unit or one
    that is no more, and a day before the earlier place was occupied (InvalidError).
    """
    at = clock.now()
    first = on or day_of(at)
    with transaction() as session:
        case = lock_case(session, case_id, sees_whole_case(actor))
        require_ours(actor, case)
        unit = require_unit(session, unit_id)
        before = staying(session, case_id)
        if before is not None and before.unit_id == unit_id:
            return Occupied(before.id, is_full(session, unit_id, first, besides=before.id))
        _leave(session, case, before, first, left_because)
        is_overbooked = is_full(session, unit_id, first)
        stay = _taken(session, case, unit_id, first)
        stay.recorded_at, stay.recorded_by = at, actor.name
        session.add(stay)
        session.flush()
        said: dict[str, Any] = {"unit": unit.name, "unit_id": unit_id, "stay_id": str(stay.id), "on": first.isoformat()}
        record(session, case, "place_taken", actor, at, is_overbooked=is_overbooked, **said)
        return Occupied(stay.id, is_overbooked)


def _leave(session: Session, case: Case, before: PlaceStay | None, on: date, reason: EndReason) -> None:
    if before is None:
        return
    if before.starts_on is None or on < before.starts_on:
        wrong = message("The child got its earlier place after that day.")
        raise InvalidError(wrong, {"on": [wrong]})
    before.end(on, reason)
    session.flush()  # one case has one place at a time, and the database says so too
    case.version += 1


def _taken(session: Session, case: Case, unit_id: str, on: date) -> PlaceStay:
    """What waited there becomes the stay; what waits elsewhere is dropped."""
    waits = select(PlaceStay).where(PlaceStay.case_id == case.id, PlaceStay.state == StayState.WAITING)
    waiting = {stay.unit_id: stay for stay in session.scalars(waits)}
    stay = waiting.pop(unit_id, None)
    for other in waiting.values():
        other.drop(on)
    if stay is not None:
        stay.begin(on)
        return stay
    return PlaceStay(case_id=case.id, unit_id=unit_id, state=StayState.STAYING, starts_on=on)
