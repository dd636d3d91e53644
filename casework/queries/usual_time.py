"""How long a task usually takes, from when it comes until it is done: the half of those before it that took least."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from casework.i18n import Message, message
from casework.model import ElementHistory

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Of fewer nothing is usual.
FEWEST = 5
#: The fifth of nine deciles.
MIDDLE = 4
MINUTE, HOUR, DAY = 60, 3600, 86_400
#: So many are still said in the smaller unit.
MOST_MINUTES, MOST_HOURS = 90, 36

_HISTORY = select(ElementHistory.measured, ElementHistory.deciles).where(
    ElementHistory.process_id == bindparam("of_process"), ElementHistory.element_id == bindparam("of_element")
)


def usual_time(session: Session, process_id: str, element_id: str) -> Message | None:
    """Say it ("2 days"); None where fewer than `FEWEST` have been done."""
    row = session.execute(_HISTORY, {"of_process": process_id, "of_element": element_id}).one_or_none()
    if row is None or row.measured < FEWEST or not row.deciles:
        return None
    return span_words(row.deciles[MIDDLE])


def span_words(seconds: float) -> Message:
    """Say a span in the unit that people would take."""
    minutes, hours, days = (max(1, round(seconds / unit)) for unit in (MINUTE, HOUR, DAY))
    if minutes <= MOST_MINUTES:
        return message("1 minute") if minutes == 1 else message("{count} minutes", count=minutes)
    if hours <= MOST_HOURS:
        return message("{count} hours", count=hours)
    return message("{count} days", count=days)
