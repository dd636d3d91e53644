"""Which unit a lane of a diagram means for a case. Units change some times a year, so they are read once in a while only.

Nothing of access is decided here: rules ask the actor, who is loaded anew for each request.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.model import Unit
from casework.model.case_facts import chosen_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import URL
    from sqlalchemy.orm import Session

    from casework.model import Case

#: Seconds for which a changed unit may still get tasks under its old lane.
KEPT_FOR = 5.0


@dataclass(frozen=True)
class _Lane:
    unit_id: str
    lane: str
    district: str | None


@dataclass(frozen=True)
class _Reading:
    url: URL
    until: float
    lanes: Sequence[_Lane]


_last: list[_Reading] = []


def unit_of(session: Session, case: Case, lane: str) -> str:
    """The active unit that answers for `lane`: the one chosen on the case, else its district's, else that of all districts,
    else the responsible one. A unit's own id names that unit.
    """
    if not lane:
        return case.responsible_unit_id
    found = _found(_lanes(session), lane, case)
    if found is None:  # perhaps it is new
        forget()
        found = _found(_lanes(session), lane, case)
    return found or case.responsible_unit_id


def lane_of(session: Session, unit_id: str) -> str:
    """The lane that a unit answers for; empty where it answers for none."""
    return next((unit.lane for unit in _lanes(session) if unit.unit_id == unit_id), "")


def forget() -> None:
    """Read the units anew at the next question."""
    _last.clear()


def _found(lanes: Sequence[_Lane], lane: str, case: Case) -> str | None:
    chosen = chosen_unit(case.facts, lane)
    fitting = [u for u in lanes if u.lane == lane and (u.unit_id == chosen or u.district in (case.district, None))]
    fitting = fitting or [u for u in lanes if u.unit_id == lane]
    fitting.sort(key=lambda u: (u.unit_id != chosen, u.district is None, u.unit_id))
    return fitting[0].unit_id if fitting else None


def _lanes(session: Session) -> Sequence[_Lane]:
    reading, url = _last[0] if _last else None, session.get_bind().engine.url
    if reading is None or reading.until < time.monotonic() or reading.url != url:
        reading = _Reading(url, time.monotonic() + KEPT_FOR, _read(session))
        _last[:] = [reading]
    return reading.lanes


def _read(session: Session) -> list[_Lane]:
    rows = session.execute(select(Unit.id, Unit.lane, Unit.district).where(Unit.lane.is_not(None), Unit.is_active))
    return [_Lane(row.id, row.lane, row.district) for row in rows if row.lane]
