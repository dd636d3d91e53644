"""Which pictures stand above a table of a report, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.web.chart import MOST_BARS, bars, can_draw, drawn, rows_of
from api.web.figures import figure, month_of, row_name
from api.web.plot import line, months
from api.web.report_words import DRAWINGS
from api.web.words import when
from casework.i18n import Message, message

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.web.chart import Chart
    from api.web.report_words import Drawing
    from casework.tables import Cell, Column, Row, Table


@dataclass(frozen=True)
class Picture:
    """A chart with its name for who does not see it; `caption` says what cannot be seen in it."""

    id: str
    title: Message
    about: Message
    chart: Chart
    caption: Message | None


def pictures(report: str, table: Table) -> tuple[Picture, ...]:
    """The pictures of a table; none where there is nothing to draw. In the year's figures the table's key names its report."""
    key = table.key if report == "R9" else f"{report}_{table.key}"
    wanted = [one for one in DRAWINGS.get(key, ()) if can_draw(table, one.series)]
    return tuple(_picture(f"{key}-{number}", table, one) for number, one in enumerate(wanted))


def _picture(name: str, table: Table, drawing: Drawing) -> Picture:
    titles = {column.key: column.title for column in table.columns}
    drawn = [titles[one.column] for one in drawing.series]
    kind = message("Line") if drawing.kind == "line" else message("Bars")
    return Picture(
        id=name,
        title=message("{kind}: {table}", kind=kind, table=table.title),
        about=message("Shows {series}. The figures stand in the table below.", series=drawn),
        chart=_chart(table, drawing),
        caption=_caption(table, drawing),
    )


def _chart(table: Table, drawing: Drawing) -> Chart:
    match drawing.kind:
        case "months":
            return months(table, drawing.series, _said, _names(table))
        case "line":
            return line(table, drawing.series[0].column, _said, _names(table))
    return bars(table, drawing.series, _said, lambda row: row_name(row, table), of=drawing.of)


def _caption(table: Table, drawing: Drawing) -> Message | None:
    columns, rows = drawn(table, drawing.series), rows_of(table)
    if drawing.kind == "line":
        return columns[0][1].title
    if any(isinstance(row.cells[place], Message) for row in rows for place, _, _ in columns):
        return message("What has a number that is not told is not drawn.")
    if drawing.kind == "months" or len(rows) <= MOST_BARS:
        return None
    return message("The {most} largest of {count}; all stand in the table.", most=MOST_BARS, count=len(rows))


def _said(cell: Cell, column: Column) -> str:
    return figure(cell, column.kind)


def _names(table: Table) -> Callable[[Row], str]:
    """Months in a few letters, with the year below the first and where a year begins."""

    def name(row: Row) -> str:
        day = month_of(str(row.cells[0]))
        brief = when(day, "month_brief")
        return f"{brief}\n{day.year}" if day.month == 1 or row is table.rows[0] else brief

    return name
