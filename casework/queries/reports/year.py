"""R9: the year's key figures from all other reports, as politicians and the university get them: no case can be recognised."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select

from casework.calendar import day_of, instant_of
from casework.database import read
from casework.i18n import Message, message
from casework.model import AnnualReport, Case
from casework.queries.reports.report import Period, Report
from casework.tables import Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casework.queries.reports.report import Asked
    from casework.tables import Cell

#: Fewer cases than this are not told as a number: whoever knows the town could guess the child.
FEWEST = 5
FEW = message("fewer than {limit}", limit=FEWEST)


def anonymous(tables: Iterable[tuple[str, Table]]) -> tuple[Table, ...]:
    """The tables of several reports (each with the report's key) without cases, small numbers, and what follows from these."""
    return tuple(_anonymous(f"{key}_{table.key}", table) for key, table in tables)


def _anonymous(key: str, table: Table) -> Table:
    rows = tuple(Row(row.key, _covered(table, row)) for row in table.rows)
    note = message("Numbers below {limit} are not told, nor what follows from them.", limit=FEWEST)
    return Table(key, table.title, table.columns, rows, note)


def _covered(table: Table, row: Row) -> tuple[Cell, ...]:
    counted = [cell for column, cell in zip(table.columns, row.cells, strict=True) if column.kind is Kind.COUNT]
    has_few = any(isinstance(cell, int) and 0 < cell < FEWEST for cell in counted)
    return tuple(
        _cover(column.kind, cell, has_few=has_few) for column, cell in zip(table.columns, row.cells, strict=True)
    )


def _cover(kind: Kind, cell: Cell, *, has_few: bool) -> Cell:
    if kind is Kind.COUNT:
        return FEW if isinstance(cell, int) and 0 < cell < FEWEST else cell
    return None if has_few and kind is not Kind.TEXT else cell


def year_of(ask: Asked) -> int:
    """The year that the asked period ends in."""
    return ask.period.last.year


def kept_year(ask: Asked) -> Report | None:
    """The figures of that year as they were made last; None when they never were."""
    with read() as session:
        found = session.get(AnnualReport, year_of(ask))
    if found is None:
        return None
    tables = tuple(Table.from_json(one) for one in found.tables)
    return Report("R9", title(found.year), whole_year(found.year), found.made_at, tables)


def title(year: int) -> Message:
    """What it is called."""
    return message("Key figures of {year}", year=str(year))


def whole_year(year: int) -> Period:
    """First to last day."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def has_cases_before(year: int) -> bool:
    """Whether there was any case before the end of that year: of a year without there is nothing to tell."""
    with read() as session:
        return bool(session.scalar(select(exists().where(Case.opened_at < instant_of(date(year + 1, 1, 1))))))


def made_on(year: int) -> tuple[date, bool] | None:
    """The day on which the figures of that year were made last, and whether they are final; None: they never were."""
    with read() as session:
        found = session.get(AnnualReport, year)
    return (day_of(found.made_at), found.is_final) if found else None


def as_json(tables: Iterable[Table]) -> list[dict[str, Any]]:
    """What `AnnualReport.tables` keeps."""
    return [table.to_json() for table in tables]
