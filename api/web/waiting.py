"""On whom cases wait and how long, and how evenly the work lies; each figure opens into its cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.boards import FILE, figure_asked, file_of, looked_at, page_asked, picture_of, unit_asked
from casework.queries.boards.waiting import waiting, waiting_cases, waiting_table
from casework.queries.substitutes_page import substitutes_today

if TYPE_CHECKING:
    from flask import Response

#: What the bars show of a party or a person.
WAITS = ("all:accent",)
LOAD = "late:overdue", "soon:soon", "later:neutral"


@blueprint.get("/overview/waiting")
@needs_sign_in
def waiting_page() -> str:
    """For the units that one leads."""
    made = waiting(actor(), unit=unit_asked())
    return render_template(
        "overview/waiting.html",
        made=made,
        unit=unit_asked(),
        load=picture_of(made.workload, *LOAD),
        waits=picture_of(made.by_party, *WAITS),
        substitutes=substitutes_today(actor()),
    )


@blueprint.get("/overview/waiting/cases")
@needs_sign_in
def waiting_cases_page() -> str:
    """What one figure counts; that somebody looked at it is on record."""
    found = waiting_cases(actor(), unit=unit_asked(), page=page_asked(), **figure_asked())
    looked_at("waiting")
    return render_template("overview/waiting_cases.html", found=found, asked={**figure_asked(), "unit": unit_asked()})


@blueprint.get(f"/overview/waiting{FILE}")
@needs_sign_in
def waiting_file(kind: str) -> Response:
    """All tables of the page."""
    return file_of(kind, "waiting", waiting(actor(), unit=unit_asked()).tables)


@blueprint.get(f"/overview/waiting/cases{FILE}")
@needs_sign_in
def waiting_cases_file(kind: str) -> Response:
    """All that one figure counts."""
    found = waiting_cases(actor(), unit=unit_asked(), page=None, **figure_asked())
    return file_of(kind, "waiting", [waiting_table(found)])
