"""The nine standing reports (domain reference, A.6). Each is one module here and one line in `REPORTS`.

A report counts lines: one for each notification, deadline, hand-off and so on, each of one case. So every figure opens into its
cases, for whoever may see them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.calendar import day_of
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import SYSTEM
from casework.queries.reports.capacity import capacity
from casework.queries.reports.handoffs import handoffs
from casework.queries.reports.notifications import notifications
from casework.queries.reports.placements import placements
from casework.queries.reports.report import Asked, Report, asked
from casework.queries.reports.schooling import schooling
from casework.queries.reports.supervision import supervision
from casework.queries.reports.timeliness import timeliness
from casework.queries.reports.year import (
    anonymous,
    as_json,
    has_cases_before,
    is_kept,
    kept_year,
    title,
    whole_year,
    year_of,
)
from casework.queries.reports.young_people import young_people

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from casework.model import Actor

__all__ = ["REPORTS", "Report", "owed_year", "report"]

REPORTS: dict[str, Callable[[Asked], Report]] = {
    "R1": notifications,
    "R2": timeliness,
    "R3": supervision,
    "R4": handoffs,
    "R5": capacity,
    "R6": young_people,
    "R7": schooling,
    "R8": placements,
}


#: From this day on the figures of the year before are made: the annual report comes out at the end of the first quarter.
YEAR_DUE = (3, 15)


def year(ask: Asked) -> Report:
    """R9 for the year that the period ends in, as it was kept, else as it stands now: of all units, nobody recognisable."""
    return kept_year(ask) or _year(ask.now, year_of(ask))


def _year(now: datetime, number: int) -> Report:
    everything = Asked(SYSTEM, whole_year(number), None, now, with_cases=False)
    tables = anonymous(
        (key, table) for key, make in REPORTS.items() if key != "R9" for table in make(everything).tables
    )
    return Report("R9", title(number), everything.period, now, tables)


REPORTS["R9"] = year


def owed_year(now: datetime) -> tuple[int, list[dict[str, Any]]] | None:
    """The last year and its tables for `keep_annual_report`, when they are due and have not been made; else None."""
    today = day_of(now)
    number = today.year - 1
    is_owed = (today.month, today.day) >= YEAR_DUE and not is_kept(number) and has_cases_before(number)
    return (number, as_json(_year(now, number).tables)) if is_owed else None


def report(
    actor: Actor,
    key: str,
    *,
    first: date | None = None,
    last: date | None = None,
    unit: str | None = None,
    **more: Any,
) -> Report:
    """Make a report now, for a period (both days counted; the last twelve months) and a unit (else all that the actor leads).

    With `with_cases=False`, or `only` one row and column, figures may say only that they have cases, which costs less.
    """
    make = REPORTS.get(key)
    if make is None:
        raise NotFoundError(message("There is no report {key}.", key=key))
    return make(asked(actor, first=first, last=last, unit=unit, **more))
