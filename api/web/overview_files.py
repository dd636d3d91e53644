"""What the overview and its lists of deadlines show, to take away. Deadlines name children, so taking them is on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from api.downloads import as_csv, as_xlsx
from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.overview import deadlines_asked
from casework import clock
from casework.calendar import day_of
from casework.operations.log_access import log_access
from casework.queries.board_tables import board_tables
from casework.queries.deadline_table import deadline_table
from casework.queries.overdue_board import overdue_board

if TYPE_CHECKING:
    from flask import Response

    from casework.tables import Table


@blueprint.get("/overview/csv")
@needs_sign_in
def overview_csv() -> Response:
    """All tables of the overview below each other."""
    return as_csv(_board(), _name("overview"))


@blueprint.get("/overview/xlsx")
@needs_sign_in
def overview_xlsx() -> Response:
    """A sheet for each table of the overview."""
    return as_xlsx(_board(), _name("overview"), clock.now())


@blueprint.get("/overview/deadlines/csv")
@needs_sign_in
def deadlines_csv() -> Response:
    """The list with the same filters, all of it."""
    return as_csv(_deadlines(), _name("deadlines"))


@blueprint.get("/overview/deadlines/xlsx")
@needs_sign_in
def deadlines_xlsx() -> Response:
    """The list with the same filters, all of it."""
    return as_xlsx(_deadlines(), _name("deadlines"), clock.now())


def _board() -> tuple[Table, ...]:
    tables = board_tables(overdue_board(actor(), unit=request.args.get("unit") or None))
    log_access(actor(), kind="export", subject="deadlines")
    return tables


def _deadlines() -> list[Table]:
    state, filters = deadlines_asked()
    table = deadline_table(actor(), state=state, **filters)
    said = ", ".join(f"{name} {value}" for name, value in {"state": state, **filters}.items())
    log_access(actor(), kind="export", subject="deadlines", detail=said)
    return [table]


def _name(what: str) -> str:
    return f"{what}-{day_of(clock.now())}"
