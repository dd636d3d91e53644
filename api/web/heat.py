"""Heat map: a diagram with each step as hot as it is slow or late, and the same figures as a table that opens into its cases."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import render_template, request

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.boards import FILE, figure_asked, file_of, for_period, looked_at, page_asked, period_asked, unit_asked
from api.web.figures import figure
from api.web.numbers import number_asked
from api.web.periods import chosen
from casework import clock
from casework.calendar import day_of
from casework.queries.boards.heat import DAYS, DURATION, FREQUENCY, LATENESS, PERCENT, heat, heat_cases, heat_table
from casework.queries.boards.passes import SHARES
from casework.queries.reports.choices import report_choices
from casework.tables import Kind

if TYPE_CHECKING:
    from decimal import Decimal

    from flask import Response

    from casework.queries.boards.heat import Heat

STEPS = {DURATION: DAYS, LATENESS: PERCENT, FREQUENCY: SHARES}


@blueprint.get("/overview/heat")
@needs_sign_in
def heat_page() -> str | tuple[str, int]:
    """One diagram for a period, a unit and perhaps a version; `measure` is duration, lateness or frequency."""
    choices, measure = report_choices(actor()), _measure()
    made, refused = for_period(lambda who, **asked: heat(who, process_id=_process(), version=_version(), **asked))
    page = render_template(
        "overview/heat.html",
        made=made,
        refused=refused,
        choices=choices,
        today=day_of(clock.now()),
        unit=unit_asked(),
        measure=measure,
        process=made.process.process_id if made else _process(),
        given=_given(made) if made else {},
        levels=_written(getattr(made, measure), measure) if made else "{}",
        steps=STEPS[measure],
    )
    return (page, refused.status) if refused else page


@blueprint.get("/overview/heat/cases")
@needs_sign_in
def heat_cases_page() -> str:
    """What one figure counts; that somebody looked at it is on record."""
    found = heat_cases(
        actor(), process_id=_process(), version=_version(), page=page_asked(), **figure_asked(), **chosen()
    )
    looked_at("heat")
    asked = {**figure_asked(), **period_asked(found.period), "process": found.process.process_id}
    asked |= {"version": found.version} if found.version else {}
    return render_template("overview/heat_cases.html", found=found, asked=asked)


@blueprint.get(f"/overview/heat{FILE}")
@needs_sign_in
def heat_file(kind: str) -> Response:
    """The table of the page."""
    made = heat(actor(), process_id=_process(), version=_version(), **chosen())
    return file_of(kind, "heat", [made.table, made.passes])


@blueprint.get(f"/overview/heat/cases{FILE}")
@needs_sign_in
def heat_cases_file(kind: str) -> Response:
    """All that one figure counts."""
    found = heat_cases(actor(), process_id=_process(), version=_version(), page=None, **figure_asked(), **chosen())
    return file_of(kind, "heat", [heat_table(found)])


def _process() -> str | None:
    return request.args.get("process") or None


def _version() -> int | None:
    return number_asked(request.args.get("version"))


def _measure() -> str:
    asked = request.args.get("measure", DURATION)
    return asked if asked in STEPS else DURATION


def _given(made: Heat) -> dict[str, Any]:
    asked = period_asked(made.period) | {"process": made.process.process_id}
    return asked | ({"version": made.version} if made.version else {})


def _written(levels: dict[str, tuple[int, Decimal]], measure: str) -> str:
    """As the viewer reads it: level and figure of each element."""
    kind, sign = (Kind.DAYS, "") if measure == DURATION else (Kind.PERCENT, " %")
    return json.dumps({name: [level, figure(cell, kind) + sign] for name, (level, cell) in levels.items()})
