"""A child needs a place at a unit and goes on its waiting list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.calendar import day_of
from casework.database import transaction
from casework.model import PlaceStay, StayState
from casework.model.visibility import sees_whole_case
from casework.operations.journal import record
from casework.operations.packages.locking import require_ours
from casework.operations.packages.stays import require_unit
from casework.operations.turns import lock_case

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def wait_for_place(actor: Actor, *, case_id: UUID, unit_id: str) -> UUID:
    """Give the id of the stay that waits; who waits there already waits on.

    Refuses who does not see the case whole (NotFoundError) or is not of the responsible unit (ForbiddenError), and no unit or
    one that is no more (InvalidError).
    """
    at = clock.now()
    with transaction() as session:
        case = lock_case(session, case_id, sees_whole_case(actor))
        require_ours(actor, case)
        unit = require_unit(session, unit_id)
        waits = (PlaceStay.case_id == case_id, PlaceStay.unit_id == unit_id, PlaceStay.state == StayState.WAITING)
        known = session.scalar(select(PlaceStay.id).where(*waits))
        if known:
            return known
        stay = PlaceStay(
            case_id=case_id,
            unit_id=unit_id,
            state=StayState.WAITING,
            waiting_since=day_of(at),
            recorded_at=at,
            recorded_by=actor.name,
        )
        session.add(stay)
        session.flush()
        record(session, case, "place_awaited", actor, at, unit=unit.name, unit_id=unit_id, stay_id=str(stay.id))
        return stay.id
