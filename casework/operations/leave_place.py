"""A child leaves its place, and whatever waiting list it is on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.calendar import day_of
from casework.database import transaction
from casework.errors import InvalidError
from casework.i18n import message
from casework.model import PlaceStay, StayState, Unit
from casework.model.visibility import sees_whole_case
from casework.operations.journal import record
from casework.operations.packages.locking import require_ours
from casework.operations.packages.stays import staying
from casework.operations.turns import lock_case

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from casework.model import Actor, EndReason


def leave_place(actor: Actor, *, case_id: UUID, reason: EndReason, on: date | None = None) -> UUID | None:
    """Give the stay that ended, None when there was none. `on` (today unless said) is the first day without the place.

    Refuses who does not see the case whole (NotFoundError) or is not of the responsible unit (ForbiddenError), and a day before
    the place was occupied (InvalidError).
    """
    at = clock.now()
    last = on or day_of(at)
    with transaction() as session:
        case = lock_case(session, case_id, sees_whole_case(actor))
        require_ours(actor, case)
        waits = select(PlaceStay).where(PlaceStay.case_id == case_id, PlaceStay.state == StayState.WAITING)
        for waiting in session.scalars(waits):
            waiting.drop(last)
        stay = staying(session, case_id)
        if stay is None:
            return None
        if stay.starts_on is None or last < stay.starts_on:
            wrong = message("The child got the place after that day.")
            raise InvalidError(wrong, {"on": [wrong]})
        stay.end(last, reason)
        name = session.get_one(Unit, stay.unit_id).name
        said: dict[str, Any] = {"unit": name, "unit_id": stay.unit_id, "stay_id": str(stay.id), "on": last.isoformat()}
        record(session, case, "place_left", actor, at, why=reason.value, **said)
        return stay.id
