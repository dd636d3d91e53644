"""What the topic `place` of a diagram asks for: go on a waiting list, occupy a place, leave it. Safe to repeat."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from casework import clock
from casework.calendar import day_of
from casework.database import read
from casework.errors import InvalidError, NotFoundError
from casework.i18n import message
from casework.model import SYSTEM, Case, Job
from casework.operations.leave_place import leave_place
from casework.operations.occupy_place import occupy_place
from casework.operations.packages.end_reason import end_reason
from casework.operations.packages.stays import staying
from casework.operations.packages.with_stay import begin_with_stay, end_with_stay
from casework.operations.turns.units import unit_of
from casework.operations.wait_for_place import wait_for_place

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import PlaceStay

#: Whose place it is when a diagram does not say.
LANE = "anbringelsessted"


def place_of_job(*, job_id: UUID) -> dict[str, Any]:
    """Do what the input `action` says: wait, occupy or leave.

    `unit`: a unit's id or a lane; unless given the one that answers for `anbringelsessted` on the case. `on`: a day, today
    unless given. `reason`: why the place is left (`EndReason`), or an earlier one when another is occupied. `package_id`: the
    approved package that runs while the child has the place. Gives `id` of the stay, `unit`, and `overbooked`. A day before the
    child came to its present place counts as that day: a job that was refused for a wrong date could never be done again.
    """
    with read() as session:
        job = session.get(Job, job_id)
        if job is None or job.case_id is None:
            raise NotFoundError(message("There is no such job."))
        on = _day(job.inputs.get("on"), staying(session, job.case_id))
        unit_id = unit_of(session, session.get_one(Case, job.case_id), str(job.inputs.get("unit") or LANE))
    reason, package_id = end_reason(job.inputs.get("reason")), job.inputs.get("package_id")
    match job.inputs.get("action"):
        case "wait":
            return _said(wait_for_place(SYSTEM, case_id=job.case_id, unit_id=unit_id), unit_id)
        case "occupy":
            done = occupy_place(SYSTEM, case_id=job.case_id, unit_id=unit_id, on=on, left_because=reason)
            begin_with_stay(package_id)
            return {**_said(done.stay_id, unit_id), "overbooked": done.is_overbooked}
        case "leave":
            left = leave_place(SYSTEM, case_id=job.case_id, reason=reason, on=on)
            end_with_stay(package_id, reason, on)
            return _said(left, unit_id)
    raise InvalidError(message("The job does not say what is to be done with the place."))


def _said(stay_id: UUID | None, unit_id: str) -> dict[str, Any]:
    return {"id": str(stay_id) if stay_id else None, "unit": unit_id, "overbooked": False}


def _day(value: Any, stay: PlaceStay | None) -> date:
    day = day_of(value) if isinstance(value, datetime) else value
    wanted = day if isinstance(day, date) else day_of(clock.now())
    return max(wanted, stay.starts_on) if stay and stay.starts_on else wanted
