"""What the boards of leaders have in common: which figure is opened, the pictures above a table, and files to take away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from flask import request

from api.downloads import as_csv, as_xlsx
from api.problems import status_of
from api.signed_in import actor
from api.web import blueprint
from api.web.chart import MOST_BARS, Series, bars, can_draw, drawn, rows_of, told_sum
from api.web.figures import figure, row_name
from api.web.periods import chosen
from api.web.pictures import Picture
from api.web.refusals import Refused
from casework import clock
from casework.calendar import day_of
from casework.errors import InvalidError
from casework.i18n import message
from casework.operations.log_access import log_access
from casework.queries.boards import units_led

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask import Response

    from casework.queries.names import UnitName
    from casework.queries.reports.report import Period
    from casework.tables import Table

T = TypeVar("T")

#: What kind of file, at the end of an address.
FILE = '/<any("csv", "xlsx"):kind>'


def unit_asked() -> str | None:
    """The unit that the address names."""
    return request.args.get("unit") or None


@blueprint.app_template_global()
def units_of_boards() -> tuple[UnitName, ...]:
    """What the reader may choose from: the units that the reader leads."""
    return units_led(actor())


def figure_asked() -> dict[str, Any]:
    """Which figure the address names."""
    return {name: request.args.get(name, "") for name in ("table", "row", "figure")}


def page_asked() -> int:
    """Which page of what is behind it, from 0."""
    return max(0, request.args.get("page", 0, int))


def picture_of(table: Table, *series: str) -> Picture | None:
    """Bars of the rows of a table that have any, each series as `column:tone`; None where there is nothing to draw."""
    wanted = tuple(Series(*one.split(":")) for one in series)
    if not can_draw(table, wanted):
        return None
    columns = drawn(table, wanted)
    table = replace(table, rows=tuple(row for row in rows_of(table) if told_sum(row, columns)))
    count = len(table.rows)
    most = message("The {most} largest of {count}; all stand in the table.", most=MOST_BARS, count=count)
    titles = {column.key: column.title for column in table.columns}
    return Picture(
        id=f"bars-{table.key}",
        title=message("{kind}: {table}", kind=message("Bars"), table=table.title),
        about=message(
            "Shows {series}. The figures stand in the table below.", series=[titles[s.column] for s in wanted]
        ),
        chart=bars(table, wanted, lambda cell, column: figure(cell, column.kind), lambda row: row_name(row, table)),
        caption=most if count > MOST_BARS else None,
    )


def looked_at(board: str) -> None:
    """Put on record that the cases behind a figure were looked at."""
    asked = figure_asked()
    log_access(actor(), kind="read", subject="figure", detail=f"{board} {asked['row']} {asked['figure']}")


def file_of(kind: str, name: str, tables: Sequence[Table]) -> Response:
    """A file of the tables, and the export on record; `kind` is csv or xlsx."""
    detail = " ".join(f"{key} {value}" for key, value in request.args.items())
    log_access(actor(), kind="export", subject=name, detail=detail)
    now = clock.now()
    file = f"{name}-{day_of(now)}"
    return as_xlsx(tables, file, now) if kind == "xlsx" else as_csv(tables, file)


def for_period(make: Callable[..., T]) -> tuple[T | None, Refused | None]:
    """Make a board for the period and unit that the address names; a period that cannot be read comes back as it was written."""
    try:
        return make(actor(), **chosen()), None
    except InvalidError as error:
        return None, Refused("period", status_of(error), error.message, error.fields, request.args)


def period_asked(period: Period) -> dict[str, Any]:
    """What the address of the same board says."""
    return {"first": period.first, "last": period.last, "unit": unit_asked()}
