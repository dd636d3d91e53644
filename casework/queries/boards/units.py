"""For which units a leader's board speaks: one that the actor leads, and those beneath it that do work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Unit
from casework.queries.names import UnitName, unit_name

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from casework.model import Actor


def units_led(actor: Actor) -> tuple[UnitName, ...]:
    """Those that a board can be asked for: all that the actor leads, the topmost first, each before those beneath it."""
    with read() as session:
        rows = session.execute(
            select(Unit.id, Unit.name, Unit.name_en).where(Unit.id.in_(sorted(actor.led_units))).order_by(Unit.path)
        )
        return tuple(unit_name(*row) for row in rows)


def board_units(session: Session, actor: Actor, unit: str | None) -> tuple[UnitName, tuple[UnitName, ...]]:
    """Give the unit (by default the topmost) and those of it that do work; NotFoundError for who leads none of it."""
    led = select(Unit).where(Unit.id.in_(sorted(actor.led_units))).order_by(func.length(Unit.path), Unit.name)
    top = session.scalars(led if unit is None else led.where(Unit.id == unit)).first()
    if top is None:
        raise NotFoundError(message("You lead no such unit."))
    rows = session.scalars(
        select(Unit).where(Unit.path.startswith(top.path, autoescape=True), Unit.lane.is_not(None)).order_by(Unit.path)
    )
    return unit_name(top.id, top.name, top.name_en), tuple(unit_name(one.id, one.name, one.name_en) for one in rows)
