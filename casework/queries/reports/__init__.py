"""The nine standing reports (domain reference, A.6). Each is one module here and one line in `REPORTS`.

A report counts lines: one for each notification, deadline, hand-off and so on, each of one case. So every figure opens into its
cases, for whoever may see them.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    kept_year,
    made_on,
    title,
    whole_year,
    year_of,
)
from casework.queries.reports.young_people import young_people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime

    from casework.model import Actor

__all__ = ["REPORTS", "OwedYear", "Report", "owed_years", "report"]

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
    """R9 for the year that the period ends in, as it was made last, else as it stands now: of all units, nobody recognisable."""
    return kept_year(ask) or _year(ask.now, year_of(ask))


def _year(now: datetime, number: int) -> Report:
    everything = Asked(SYSTEM, whole_year(number), None, now, with_cases=False)
    tables = anonymous(
        (key, table) for key, make in REPORTS.items() if key != "R9" for table in make(everything).tables
    )
    return Report("R9", title(number), everything.period, now, tables)


REPORTS["R9"] = year


@dataclass(frozen=True)
class OwedYear:
    """What `keep_annual_report` keeps."""

    year: int
    tables: list[dict[str, Any]]
    is_final: bool


def owed_years(now: datetime) -> Iterator[OwedYear]:
    """The last year's final figures when they are due and have not been made, and this year's when they are of another day."""
    today = day_of(now)
    last = made_on(today.year - 1)
    if (today.month, today.day) >= YEAR_DUE and not (last and last[1]) and has_cases_before(today.year - 1):
        yield OwedYear(today.year - 1, as_json(_year(now, today.year - 1).tables), is_final=True)
    this = made_on(today.year)
    if (this is None or this[0] != today) and has_cases_before(today.year):
        yield OwedYear(today.year, as_json(_year(now, today.year).tables), is_final=False)


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
