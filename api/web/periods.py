"""The period and unit that somebody chooses for a report: written in the address, read here, and periods near at hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import request

from api.web import blueprint
from casework.errors import InvalidError
from casework.forms.written import date_read
from casework.i18n import Message, message
from casework.queries.reports.report import year_until

DAYS = ("first", "last")


def chosen() -> dict[str, Any]:
    """What the address says, for `casework.queries.reports.report`. An empty field is no choice; InvalidError for no day."""
    days = {name: request.args.get(name, "").strip() for name in DAYS}
    read = {name: date_read(text) for name, text in days.items()}
    wrong = {name: [message("Write a day, as 26.11.2026.")] for name, text in days.items() if text and not read[name]}
    if wrong:
        raise InvalidError(message("This period cannot be shown"), wrong)
    return {name: date.fromisoformat(text) for name, text in read.items() if text} | {
        "unit": request.args.get("unit") or None
    }


@blueprint.app_template_global()
def periods(today: date) -> tuple[tuple[Message, date, date], ...]:
    """Name, first and last day of the periods that people ask for most; those that run end today."""
    year = today.replace(month=1, day=1)
    quarter = today.replace(month=today.month - (today.month - 1) % 3, day=1)
    before = quarter - timedelta(days=1)
    return (
        (message("The last twelve months"), year_until(today), today),
        (message("This quarter"), quarter, today),
        (message("The quarter before"), before.replace(month=before.month - 2, day=1), before),
        (message("This year"), year, today),
        (message("The year before"), year.replace(year=year.year - 1), year - timedelta(days=1)),
    )


@blueprint.app_template_filter("in_field")
def in_field(day: date) -> str:
    """A day as it is written into a field, and read from it, in both languages."""
    return f"{day.day}.{day.month}.{day.year}"
