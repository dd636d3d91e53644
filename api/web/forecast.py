"""What will be late if nothing happens, with its uncertainty; each figure opens into its cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.boards import FILE, figure_asked, file_of, looked_at, page_asked, picture_of, unit_asked
from casework.queries.forecast import forecast, forecast_cases
from casework.queries.forecast.spread import CERTAIN, FEW
from casework.queries.forecast.tables import ANSWERS, forecast_table

if TYPE_CHECKING:
    from flask import Response

#: What the bars show of a rule: late likely, perhaps late, not to be said.
DRAWN = "likely_far:overdue", "possible_far:soon", "unknown_far:neutral"


@blueprint.get("/overview/forecast")
@needs_sign_in
def forecast_page() -> str:
    """Within five and within twenty working days, for the units that one leads."""
    made = forecast(actor(), unit=unit_asked())
    picture = picture_of(made.by_rule, *DRAWN)
    return render_template("overview/forecast.html", made=made, unit=unit_asked(), picture=picture, few=FEW)


@blueprint.get("/overview/forecast/cases")
@needs_sign_in
def forecast_cases_page() -> str:
    """The deadlines behind one figure; that somebody looked at them is on record."""
    found = forecast_cases(actor(), unit=unit_asked(), page=page_asked(), **figure_asked())
    looked_at("forecast")
    asked = {**figure_asked(), "unit": unit_asked()}
    return render_template("overview/forecast_cases.html", found=found, asked=asked, answers=ANSWERS, certain=CERTAIN)


@blueprint.get(f"/overview/forecast{FILE}")
@needs_sign_in
def forecast_file(kind: str) -> Response:
    """All tables of the page."""
    return file_of(kind, "forecast", forecast(actor(), unit=unit_asked()).tables)


@blueprint.get(f"/overview/forecast/cases{FILE}")
@needs_sign_in
def forecast_cases_file(kind: str) -> Response:
    """All deadlines behind one figure."""
    found = forecast_cases(actor(), unit=unit_asked(), page=None, **figure_asked())
    return file_of(kind, "forecast", [forecast_table(found)])
