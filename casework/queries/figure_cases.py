"""The cases behind one figure of a standing report, for whoever may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Case
from casework.model.visibility import sees_case
from casework.queries.case_rows import case_rows, select_cases
from casework.queries.reports import report

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.queries.case_rows import CaseRow
    from casework.queries.reports import Report
    from casework.tables import Cell, Column, Row, Table

ROWS = 100
#: Databases bind only so many values in one statement.
_AT_ONCE = 500


@dataclass(frozen=True)
class Figured:
    """Which figure: keys of its table, row and column."""

    table: str
    row: str
    column: str


@dataclass(frozen=True)
class FigureCases:
    """One page of cases, by number. A case can be counted more than once, so `figure` may be more than `total`.

    `unseen` cases are counted too, but are none of the actor's.
    """

    report: Report
    table: Table
    row: Row
    column: Column
    figure: Cell
    total: int
    unseen: int
    rows: tuple[CaseRow, ...]
    next_page: int | None


def figure_cases(
    actor: Actor,
    key: str,
    figured: Figured,
    *,
    first: date | None = None,
    last: date | None = None,
    unit: str | None = None,
    page: int = 0,
) -> FigureCases:
    """Make the report again and open one figure. NotFoundError where none is, and where it may not be opened."""
    made = report(actor, key, first=first, last=last, unit=unit, only=(figured.row, figured.column))
    table, row, column, figure = _find(made, figured)
    behind = row.cases[column.key]
    page = max(0, page)
    with read() as session:
        seen = _seen(session, actor, behind)
        shown = seen[page * ROWS : (page + 1) * ROWS]
        rows = session.execute(select_cases(actor).where(Case.id.in_(shown)).order_by(Case.number)).all()
        return FigureCases(
            report=made,
            table=table,
            row=row,
            column=column,
            figure=figure,
            total=len(behind),
            unseen=len(behind) - len(seen),
            rows=case_rows(session, rows, clock.now()),
            next_page=page + 1 if len(seen) > (page + 1) * ROWS else None,
        )


def _find(made: Report, figured: Figured) -> tuple[Table, Row, Column, Cell]:
    for table in (one for one in made.tables if one.key == figured.table):
        for row in (one for one in table.rows if one.key == figured.row and figured.column in one.cases):
            pairs = zip(table.columns, row.cells, strict=True)
            column, figure = next((column, cell) for column, cell in pairs if column.key == figured.column)
            return table, row, column, figure
    raise NotFoundError(message("There is no such figure, or it opens into no cases."))


def _seen(session: Session, actor: Actor, behind: tuple[UUID, ...]) -> list[UUID]:
    """Those that the actor sees, by number."""
    found: list[tuple[str, UUID]] = []
    for start in range(0, len(behind), _AT_ONCE):
        some = behind[start : start + _AT_ONCE]
        chosen = select(Case.number, Case.id).where(Case.id.in_(some), sees_case(actor))
        found += [(row.number, row.id) for row in session.execute(chosen)]
    return [case_id for _, case_id in sorted(found)]
