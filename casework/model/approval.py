"""How much a leader may approve: each unit may have a limit, and those beneath it have the same unless they have their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.model.package import KRONE
from casework.model.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from casework.model.actor import Actor


def approval_limit(session: Session, unit_id: str) -> int | None:
    """In kroner, what the leader nearest to a unit may approve; None: all."""
    return _limit(session, _place(session, unit_id))


def may_approve(session: Session, actor: Actor, unit_id: str, amount: int) -> bool:
    """Whether the actor leads the unit, or one above it, and may approve `amount` (in øre) there. The system may."""
    if actor.kind == "system":
        return True
    place = _place(session, unit_id)
    led = [number for number, one in enumerate(place) if one in actor.led_units]
    if not led:
        return False
    limit = _limit(session, place[: led[0] + 1])
    return limit is None or amount <= limit * KRONE


def _place(session: Session, unit_id: str) -> list[str]:
    """The ids from the root to the unit."""
    path = session.execute(select(Unit.path).where(Unit.id == unit_id)).scalar_one()
    return path.strip("/").split("/")


def _limit(session: Session, place: Sequence[str]) -> int | None:
    """The limit of the last unit that has one."""
    rows = session.execute(select(Unit.id, Unit.approval_limit).where(Unit.id.in_(place)))
    said = {row.id: row.approval_limit for row in rows}
    return next((limit for one in reversed(place) if (limit := said.get(one)) is not None), None)
