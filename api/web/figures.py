"""Cells of tables as pages say them: in the reader's language, numbers so that they line up, nothing as a dash."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from api.language import reader_language
from api.web import blueprint
from api.web.words import say, when
from casework.forms.written import amount_said
from casework.i18n import Message
from casework.tables import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casework.tables import Cell, Row, Table

#: How files name a month, so that they sort.
MONTH = re.compile(r"\d{4}-\d{2}")
NOTHING = "–"
#: The column that says to whom something went.
RECEIVER = "receiver"


@blueprint.app_template_filter("figure")
def figure(cell: Cell, kind: Kind) -> str:
    """One cell of a column of this kind; percentages and days with one decimal, amounts in whole kroner."""
    match cell:
        case None:
            return NOTHING
        case Message():
            return say(cell)
        case str():
            return when(month_of(cell), "month") if MONTH.fullmatch(cell) else cell
        case date():
            return when(cell, "digits_year")
    if kind in (Kind.PERCENT, Kind.DAYS):
        said = f"{cell:.1f}"
        return said.replace(".", ",") if reader_language() == "da" else said
    return amount_said(round(cell), reader_language())


@blueprint.app_template_filter("cells")
def cells(row: Row, table: Table) -> list[dict[str, object]]:
    """The cells of a row with their column, and whether they open into cases."""
    pairs = zip(table.columns, row.cells, strict=True)
    return [{"column": column, "cell": cell, "opens": column.key in row.cases} for column, cell in pairs]


@blueprint.app_template_filter("row_name")
def row_name(row: Row, table: Table) -> str:
    """What a row is about: its first cell, and for what goes between two units both."""
    said = figure(row.cells[0], table.columns[0].kind)
    (_, *others) = zip(table.columns, row.cells, strict=True)
    to = [figure(cell, column.kind) for column, cell in others if column.key == RECEIVER]
    return " → ".join([said, *to])


@blueprint.app_template_test("counting_nothing")
def counts_nothing(table: Table) -> bool:
    """Whether no figure of the table is anything but zero."""
    places = [place for place, column in enumerate(table.columns) if column.kind is not Kind.TEXT]
    return not any(_is_something(row.cells, places) for row in table.rows)


def month_of(name: str) -> date:
    """The first day of a month that a file calls `2026-11`."""
    year, month = name.split("-")
    return date(int(year), int(month), 1)


def _is_something(row: Sequence[Cell], places: Sequence[int]) -> bool:
    return any(isinstance(row[place], Message) or row[place] not in (None, 0, Decimal(0)) for place in places)
