"""The standing reports R1–R9: as JSON, and as CSV or XLSX in the reader's language."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from api.downloads import CSV, XLSX, as_csv, as_xlsx
from api.language import reader_language
from api.v1.endpoint import endpoint
from api.v1.shapes import Day, Id, In, Out, Text
from casework.queries.reports import REPORTS, report

if TYPE_CHECKING:
    from flask import Response

    from casework.queries.load_actor import Actor
    from casework.queries.reports import Report
    from casework.tables import Table


class ReportFilter(In):
    """For which time, and whose cases."""

    first: Day | None = None
    """First day; without it a year before the last."""
    last: Day | None = None
    """Last day, counted; without it today."""
    unit: Id | None = None
    """Only this unit's cases; without it all that the caller leads."""


class KeysOut(Out):
    """Which reports there are."""

    items: list[str]


class ColumnOut(Out):
    """A column; `kind` says what its cells are."""

    key: str
    title: Text
    kind: str
    """text, count, percent, days, money or date."""


class RowOut(Out):
    """A row."""

    key: str
    cells: list[Any]
    """In the order of the columns; percentages, days and amounts as decimal strings."""
    cases: dict[str, list[UUID]]
    """By column: the cases that a figure counts; empty for callers who may not see them."""


class TableOut(Out):
    """A table of a report."""

    key: str
    title: Text
    note: Text | None
    columns: list[ColumnOut]
    rows: list[RowOut]


class ReportOut(Out):
    """A report."""

    key: str
    title: Text
    first: Day
    last: Day
    made_at: datetime
    tables: list[TableOut]


@endpoint("GET /reports", scope="reports:read", gives=KeysOut)
def list_reports(who: Actor) -> KeysOut:
    """List the keys of the standing reports."""
    who.require_scope("reports:read")
    return KeysOut(items=sorted(REPORTS))


@endpoint("GET /reports/<string(maxlength=10):key>", scope="reports:read", chosen=ReportFilter, gives=ReportOut)
def get_report(who: Actor, key: str, chosen: ReportFilter) -> ReportOut:
    """Make a report now."""
    made = report(who, key, **chosen.model_dump())
    words = {"key": made.key, "title": made.title, "first": made.period.first, "last": made.period.last}
    return ReportOut.model_validate(words | {"made_at": made.made_at, "tables": [_table(one) for one in made.tables]})


@endpoint("GET /reports/<string(maxlength=10):key>/csv", scope="reports:read", chosen=ReportFilter, media_type=CSV)
def get_report_csv(who: Actor, key: str, chosen: ReportFilter) -> Response:
    """Make a report as CSV."""
    made = report(who, key, **chosen.model_dump())
    return as_csv(made.tables, _name(made))


@endpoint("GET /reports/<string(maxlength=10):key>/xlsx", scope="reports:read", chosen=ReportFilter, media_type=XLSX)
def get_report_xlsx(who: Actor, key: str, chosen: ReportFilter) -> Response:
    """Make a report as XLSX, a sheet for each table."""
    made = report(who, key, **chosen.model_dump())
    return as_xlsx(made.tables, _name(made), made.made_at)


def _table(table: Table) -> TableOut:
    language = reader_language()
    rows = [
        RowOut(
            key=row.key,
            cells=[_cell(cell, language) for cell in row.cells],
            cases={k: list(v) for k, v in row.cases.items()},
        )
        for row in table.rows
    ]
    columns = [ColumnOut.model_validate(column) for column in table.columns]
    return TableOut.model_validate(
        {"key": table.key, "title": table.title, "note": table.note, "columns": columns, "rows": rows}
    )


def _cell(cell: Any, language: str) -> Any:
    return cell.text(language) if hasattr(cell, "text") else cell


def _name(made: Report) -> str:
    return f"{made.key}-{made.period.first}-{made.period.last}"
