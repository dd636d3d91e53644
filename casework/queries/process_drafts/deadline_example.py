"""What a deadline that somebody draws would mean, for whatever begins now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.calendar import CalendarKind, due, usual_calendar
from casework.config import settings
from casework.errors import CaseworkError
from casework.i18n import message
from casework.model.process_rights import require_sight

if TYPE_CHECKING:
    from casework.i18n import Message
    from casework.model import Actor


def deadline_example(actor: Actor, *, duration: str, calendar: str) -> Message | None:
    """When it would be due; None for what nobody can count here: an expression, or what is no duration."""
    require_sight(actor)
    try:
        kind = CalendarKind(calendar) if calendar else usual_calendar(duration)
        end = due(duration, kind, clock.now(), closed_days=settings().closed_days)
    except (CaseworkError, ValueError):
        return None
    return message("Example: what begins now is due {at}.", at=end.instant)
