"""The nine standing reports (domain reference, A.6). Each is one module here and one line in `REPORTS`.

A report counts lines: one for each notification, deadline, hand-off and so on, each of one case. So every figure opens into its
cases, for whoever may see them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.errors import NotFoundError
from casework.i18n import message
from casework.queries.reports.capacity import capacity
from casework.queries.reports.handoffs import handoffs
from casework.queries.reports.notifications import notifications
from casework.queries.reports.placements import placements
from casework.queries.reports.report import Report, asked
from casework.queries.reports.schooling import schooling
from casework.queries.reports.timeliness import timeliness
from casework.queries.reports.young_people import young_people

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from casework.model import Actor
from casework.queries.reports.report import Asked

__all__ = ["REPORTS", "Report", "report"]

REPORTS: dict[str, Callable[[Asked], Report]] = {
    "R1": notifications,
    "R2": timeliness,
    "R4": handoffs,
    "R5": capacity,
    "R6": young_people,
    "R7": schooling,
    "R8": placements,
}


def report(
    actor: Actor, key: str, *, first: date | None = None, last: date | None = None, unit: str | None = None
) -> Report:
    """Make a report now, for a period (both days counted; the last twelve months) and a unit (else all that the actor leads)."""
    make = REPORTS.get(key)
    if make is None:
        raise NotFoundError(message("There is no report {key}.", key=key))
    return make(asked(actor, first=first, last=last, unit=unit))
