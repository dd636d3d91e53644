"""The nine standing reports: what each answers, its figures with a picture, the cases behind them, and files to take away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from flask import render_template, request

from api.downloads import as_csv, as_xlsx
from api.problems import status_of
from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.notices import seen
from api.web.periods import chosen
from api.web.pictures import pictures
from api.web.refusals import Refused
from api.web.report_words import ABOUT
from casework.errors import InvalidError, NotFoundError
from casework.i18n import message
from casework.operations.log_access import log_access
from casework.queries.figure_cases import Figured, figure_cases
from casework.queries.reports import report
from casework.queries.reports.choices import report_choices

if TYPE_CHECKING:
    from flask import Response

    from api.web.pictures import Picture
    from casework.i18n import Message
    from casework.queries.reports import Report
    from casework.queries.reports.choices import ReportChoices
    from casework.tables import Table

T = TypeVar("T")
#: The report of a whole year, of which leaders are told when it is ready.
YEAR = "R9"
PATH = "/reports/<string(maxlength=10):key>"


@dataclass(frozen=True)
class Shown:
    """One table with its pictures. `note` and `report` are said where they are others than above.

    `report` is the key of the report that a table of the year's figures comes from.
    """

    table: Table
    pictures: tuple[Picture, ...]
    note: Message | None
    report: str | None


@blueprint.get("/reports")
@needs_sign_in
def reports_page() -> str:
    """What can be known, and for whom it is meant."""
    return render_template("reports/list.html", reports=ABOUT, choices=report_choices(actor()))


@blueprint.get(PATH)
@needs_sign_in
def report_page(key: str) -> str | tuple[str, int]:
    """One report for a period and a unit; a period that cannot be read comes back as it was written."""
    choices = report_choices(actor())
    if key not in ABOUT:
        raise NotFoundError(message("There is no report {key}.", key=key))
    try:
        made = report(actor(), key, with_cases=False, **chosen())
    except InvalidError as error:
        back = Refused("period", status_of(error), error.message, error.fields, request.args)
        return _page(key, choices, None, back), back.status
    if key == YEAR:
        seen(kind="annual_report")
    return _page(key, choices, made)


@blueprint.get(f"{PATH}/csv")
@needs_sign_in
def report_csv(key: str) -> Response:
    """All its tables below each other."""
    made = report(actor(), key, with_cases=False, **chosen())
    return as_csv(made.tables, _name(made))


@blueprint.get(f"{PATH}/xlsx")
@needs_sign_in
def report_xlsx(key: str) -> Response:
    """A sheet for each table."""
    made = report(actor(), key, with_cases=False, **chosen())
    return as_xlsx(made.tables, _name(made), made.made_at)


@blueprint.get(f"{PATH}/cases")
@needs_sign_in
def figure_page(key: str) -> str:
    """The cases that a figure counts; that somebody looked at them is on record."""
    figured = Figured(*(request.args.get(name, "") for name in ("table", "row", "figure")))
    found = figure_cases(actor(), key, figured, page=request.args.get("page", 0, int), **chosen())
    log_access(actor(), kind="read", subject="figure", detail=f"{key} {figured.row} {figured.column}")
    return render_template("reports/cases.html", key=key, about=ABOUT[key], found=found, asked=_asked(found.report))


def _page(key: str, choices: ReportChoices, made: Report | None, back: Refused | None = None) -> str:
    return render_template(
        "reports/page.html",
        key=key,
        about=ABOUT[key],
        titles={one: about.title for one, about in ABOUT.items()},
        choices=choices,
        made=made,
        shown=_shown(made) if made else (),
        asked=_asked(made) if made else {},
        unit=request.args.get("unit", ""),
        refused=back,
    )


def _shown(made: Report) -> tuple[Shown, ...]:
    is_year = made.key == "R9"
    sources = [table.key.partition("_")[0] if is_year else None for table in made.tables]
    notes = [None if is_year else table.note for table in made.tables]
    return tuple(
        Shown(table, pictures(made.key, table), _unless(note, last_note), _unless(source, last_source))
        for table, note, last_note, source, last_source in zip(
            made.tables, notes, [None, *notes], sources, [None, *sources], strict=False
        )
    )


def _unless(one: T | None, before: T | None) -> T | None:
    return None if one == before else one


def _asked(made: Report) -> dict[str, Any]:
    """What the address of the same report says, so that files and cases are of the very same period."""
    return {"first": made.period.first, "last": made.period.last, "unit": request.args.get("unit") or None}


def _name(made: Report) -> str:
    return f"{made.key}-{made.period.first}-{made.period.last}"
