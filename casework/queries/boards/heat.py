"""A heat map of one diagram: how long each step took within a period, and how often it was late; and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Case, Person
from casework.model.visibility import sees_case
from casework.queries.boards.counting import TOTAL, Grouping, behind, counted
from casework.queries.boards.heat_lines import HeatLine, heat_lines
from casework.queries.boards.heat_processes import ProcessName, chosen_of, processes_of
from casework.queries.boards.heat_versions import versions_of
from casework.queries.boards.passes import levels, passes
from casework.queries.flow_order import flow_order
from casework.queries.reports.report import Figure, asked, share
from casework.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.queries.boards.counting import Counted
    from casework.queries.reports.report import Period
    from casework.tables import Cell

#: What the colours can mean.
DURATION, LATENESS, FREQUENCY = "duration", "lateness", "frequency"
#: From these on a step is hotter: median in days; part that was late in per cent (any at all is warm).
DAYS, PERCENT = (1, 3, 7, 21), (0, 10, 25, 50)
#: So many lines on a page.
ROWS = 100
FIGURES = (
    Figure("done", message("Done"), lambda _: True),
    Figure("late", message("Late"), lambda one: one.is_late is True),
    Figure("on_time", message("On time"), lambda one: one.is_late is False),
)
MORE = (
    Column("percent_late", message("Late, %"), Kind.PERCENT),
    Column("median", message("Median, days"), Kind.DAYS),
    Column("slow", message("Slowest fifth from, days"), Kind.DAYS),
    Column("longest", message("Longest, days"), Kind.DAYS),
)


@dataclass(frozen=True)
class Heat:
    """`duration`, `lateness` and `frequency`: by element how hot it is (0 to 4), and the figure. `table` and `passes` are in the
    order of the diagram. `version`: that one alone is counted; None: all of `versions`.
    """

    process: ProcessName
    processes: tuple[ProcessName, ...]
    versions: tuple[int, ...]
    version: int | None
    period: Period
    table: Table
    passes: Table
    duration: dict[str, tuple[int, Decimal]]
    lateness: dict[str, tuple[int, Decimal]]
    frequency: dict[str, tuple[int, Decimal]]


@dataclass(frozen=True)
class HeatCases:
    """What a figure counts, the newest first, with number and child of those cases that the actor sees."""

    counted: Counted
    process: ProcessName
    version: int | None
    period: Period
    rows: tuple[tuple[HeatLine, str, str], ...]
    total: int
    unseen: int
    next_page: int | None


def heat(
    actor: Actor,
    *,
    process_id: str | None = None,
    version: int | None = None,
    unit: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> Heat:
    """Make it for a diagram, one of its versions (else all, on the released one), a unit (else all that are counted for the
    actor) and a period (the last twelve months).

    Refuses as the standing reports do (ForbiddenError, InvalidError); NotFoundError for a diagram that is not released.
    """
    ask = asked(actor, first=first, last=last, unit=unit)
    with read() as session:
        processes = processes_of(session)
        process = chosen_of(processes, process_id)
        versions = versions_of(session, process.process_id, version)
        process = replace(process, version_id=versions.version_id)
        lines = heat_lines(session, ask, process.process_id, versions.ran_on)
        order = flow_order(session, process.version_id).get(process.process_id, ())
        passed = passes(session, ask, process.process_id, versions, order)
    places = {element_id: place for place, element_id in enumerate(order)}
    table = counted(grouping(), lines, rank=lambda some: places.get(some[0].element_id, len(places)))
    if not ask.may_open:
        table = Table(table.key, table.title, table.columns, tuple(Row(row.key, row.cells) for row in table.rows))
    shown = [row for row in table.rows if row.key in places]
    return Heat(
        process=process,
        processes=processes,
        versions=versions.numbers,
        version=version,
        period=ask.period,
        table=table,
        passes=passed,
        duration=_levels(table, shown, "median", DAYS),
        lateness=_levels(table, shown, "percent_late", PERCENT),
        frequency=levels(passed),
    )


def heat_cases(
    actor: Actor,
    *,
    table: str,
    row: str,
    figure: str,
    process_id: str | None = None,
    version: int | None = None,
    unit: str | None = None,
    first: date | None = None,
    last: date | None = None,
    page: int | None = 0,
) -> HeatCases:
    """Open one figure; `page` None gives all of it. NotFoundError where there is none, and for who sees figures only."""
    ask = asked(actor, first=first, last=last, unit=unit)
    if not ask.may_open:
        raise NotFoundError(message("There is no such figure, or it opens into no cases."))
    with read() as session:
        process = chosen_of(processes_of(session), process_id)
        counts = versions_of(session, process.process_id, version).ran_on
        opened = behind((grouping(),), heat_lines(session, ask, process.process_id, counts), table, row, figure)
        shown = opened.lines if page is None else opened.lines[page * ROWS : (page + 1) * ROWS]
        known = _known(session, actor, {line.case_id for line in shown})
    rows = tuple((line, *known[line.case_id]) for line in shown if line.case_id in known)
    return HeatCases(
        counted=opened,
        process=process,
        version=version,
        period=ask.period,
        rows=rows,
        total=len(opened.lines),
        unseen=len(shown) - len(rows),
        next_page=page + 1 if page is not None and len(opened.lines) > (page + 1) * ROWS else None,
    )


def heat_table(opened: HeatCases) -> Table:
    """All of it, to take away."""
    columns = (
        Column("ended_at", message("Done"), Kind.INSTANT),
        Column("what", message("What"), Kind.TEXT),
        Column("began_at", message("Begun"), Kind.INSTANT),
        Column("took", message("Took, days"), Kind.DAYS),
        Column("due_at", message("Deadline"), Kind.INSTANT),
        Column("case", message("Case"), Kind.TEXT),
        Column("child", message("Child"), Kind.TEXT),
    )
    rows = tuple(
        Row(str(place), (line.ended_at, line.name, line.began_at, _days(line), line.due_at, number, child))
        for place, (line, number, child) in enumerate(opened.rows)
    )
    return Table("heat", opened.counted.column, columns, rows)


def grouping() -> Grouping:
    """By step of the diagram."""
    return Grouping(
        "by_step",
        message("By step"),
        message("Step"),
        FIGURES,
        lambda one: one.element_id,
        lambda one: one.name,
        MORE,
        _more,
    )


def _more(lines: Sequence[HeatLine]) -> Sequence[Cell]:
    days = sorted(_days(line) for line in lines)
    dated = [line for line in lines if line.is_late is not None]
    slow = days[min(len(days) - 1, len(days) * 4 // 5)]
    late = share(sum(line.is_late is True for line in dated), len(dated))
    return late, median(days).quantize(Decimal("0.1")), slow, days[-1]


def _days(line: HeatLine) -> Decimal:
    return (Decimal(str(line.took / timedelta(days=1)))).quantize(Decimal("0.1"))


def _levels(table: Table, rows: Sequence[Row], key: str, steps: Sequence[int]) -> dict[str, tuple[int, Decimal]]:
    place = next(place for place, column in enumerate(table.columns) if column.key == key)
    found = {row.key: row.cells[place] for row in rows if row.key != TOTAL}
    return {
        name: (sum(cell > step for step in steps), cell) for name, cell in found.items() if isinstance(cell, Decimal)
    }


def _known(session: Session, actor: Actor, case_ids: set[UUID]) -> dict[UUID, tuple[str, str]]:
    rows = session.execute(
        select(Case.id, Case.number, Person.name)
        .join(Person, Person.id == Case.child_id)
        .where(Case.id.in_(case_ids), sees_case(actor))
    )
    return {row.id: (row.number, row.name) for row in rows}
