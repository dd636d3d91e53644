"""Escalations of a period and what came of them; each figure opens into its cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.boards import (
    FILE,
    figure_asked,
    file_of,
    for_period,
    looked_at,
    page_asked,
    period_asked,
    picture_of,
    unit_asked,
)
from api.web.periods import chosen
from casework import clock
from casework.calendar import day_of
from casework.queries.boards.escalations import OUTCOMES, escalation_cases, escalation_table, escalations

if TYPE_CHECKING:
    from flask import Response

#: What the bars show of a rule.
DRAWN = "on_time:accent", "late:soon", "overdue:overdue", "running:neutral"


@blueprint.get("/overview/escalations")
@needs_sign_in
def escalations_page() -> str | tuple[str, int]:
    """For a period and the units that one leads."""
    made, refused = for_period(escalations)
    page = render_template(
        "overview/escalations.html",
        made=made,
        refused=refused,
        unit=unit_asked(),
        today=day_of(clock.now()),
        given=period_asked(made.period) if made else {},
        picture=picture_of(made.by_rule, *DRAWN) if made else None,
    )
    return (page, refused.status) if refused else page


@blueprint.get("/overview/escalations/cases")
@needs_sign_in
def escalation_cases_page() -> str:
    """What one figure counts; that somebody looked at it is on record."""
    found = escalation_cases(actor(), page=page_asked(), **figure_asked(), **chosen())
    looked_at("escalations")
    asked = {**figure_asked(), **period_asked(found.period)}
    return render_template("overview/escalation_cases.html", found=found, asked=asked, outcomes=OUTCOMES)


@blueprint.get(f"/overview/escalations{FILE}")
@needs_sign_in
def escalations_file(kind: str) -> Response:
    """All tables of the page."""
    return file_of(kind, "escalations", escalations(actor(), **chosen()).tables)


@blueprint.get(f"/overview/escalations/cases{FILE}")
@needs_sign_in
def escalation_cases_file(kind: str) -> Response:
    """All that one figure counts."""
    found = escalation_cases(actor(), page=None, **figure_asked(), **chosen())
    return file_of(kind, "escalations", [escalation_table(found)])
