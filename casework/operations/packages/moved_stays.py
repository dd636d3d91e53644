"""A corrected date moves the stay that was recorded by it, so that occupancy (R5) and the case page say what was true.

A stay has no date of its own that a person could correct: it is noted when somebody tells when the child moved in or out.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.calendar import instant_of
from casework.model import PlaceStay, StayState, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.operations.turns.turn import Turn

#: Facts, and answers of F16i, that say when a child moved in; and the fact that says when it moved out.
BEGINS = ("anbringelsesDato", "indflytningsDato")
ENDS = ("ophoerDato",)
_LIVED = (StayState.STAYING, StayState.LEFT)


def move_stays(turn: Turn, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Move stays that begin or end on a day that was wrong `before`; with the journal, and why.

    Who moved from one place to another on that day left the first on the new day. A stay moves only as far as the stays around
    it and its own other end allow: whom the law's clock counts for must never wait for our book-keeping.
    """
    moved = [
        (name, old, new)
        for name in (*BEGINS, *ENDS)
        if isinstance(old := before.get(name), date) and isinstance(new := after.get(name), date) and old != new
    ]
    if not moved:
        return
    lived = select(PlaceStay).where(PlaceStay.case_id == turn.case.id, PlaceStay.state.in_(_LIVED))
    stays = list(turn.session.scalars(lived.order_by(PlaceStay.starts_on, PlaceStay.id)))
    for name, old, new in moved:
        _move_end(turn, stays, name, old, new) if name in ENDS else _move_beginning(turn, stays, name, old, new)


def _move_beginning(turn: Turn, stays: list[PlaceStay], name: str, old: date, new: date) -> None:
    index = next((n for n in reversed(range(len(stays))) if stays[n].starts_on == old), None)
    if index is None:
        return
    stay, earlier = stays[index], stays[index - 1] if index else None
    came_from = earlier if earlier is not None and name == "indflytningsDato" and earlier.ends_on == old else None
    floor = earlier and (earlier.starts_on if came_from else earlier.ends_on)
    day = min(max(new, floor or new), stay.ends_on or date.max)
    if came_from is not None:
        came_from.ends_on = day
    stay.starts_on = day
    _record(turn, stay, name, old, day)


def _move_end(turn: Turn, stays: list[PlaceStay], name: str, old: date, new: date) -> None:
    index = next((n for n in reversed(range(len(stays))) if stays[n].ends_on == old), None)
    if index is None:
        return
    stay, later = stays[index], stays[index + 1] if index + 1 < len(stays) else None
    day = max(min(new, (later and later.starts_on) or new), stay.starts_on or new)
    stay.ends_on = day
    _record(turn, stay, name, old, day)


def _record(turn: Turn, stay: PlaceStay, name: str, old: date, day: date) -> None:
    if day == old:
        return
    unit = turn.session.get_one(Unit, stay.unit_id)
    said: dict[str, Any] = {
        "before": instant_of(old).isoformat(),
        "after": instant_of(day).isoformat(),
        "because": [name],
    }
    if turn.reason:
        said["reason"] = turn.reason
    turn.record("place_moved", unit=unit.name, unit_id=unit.id, stay_id=str(stay.id), **said)
