"""A heat map of one diagram: how long each step took within a period, and how often it was late; and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.database import read
from casework.errors import NotFoundError
from casework.forms.words import words
from casework.i18n import message
from casework.model import Case, Person, ProcessVersion, ProcessVersionState
from casework.model.visibility import sees_case
from casework.queries.boards.counting import TOTAL, Grouping, behind, counted
from casework.queries.boards.heat_lines import HeatLine, heat_lines
from casework.queries.flow_order import flow_order
from casework.queries.reports.report import Figure, asked, share
from casework.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms.words import Words
    from casework.model import Actor
    from casework.queries.boards.counting import Counted
    from casework.queries.reports.report import Period
    from casework.tables import Cell

#: What the colours can mean.
DURATION, LATENESS = "duration", "lateness"
#: From these on a step is hotter: median in days; part that was late in per cent (any at all is warm).
DAYS, PERCENT = (1, 3, 7, 21), (0, 10, 25, 50)
#: So many lines on a page.
ROWS = 100
#: The diagram that is shown first.
USUAL = "intake_to_assessment"
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
class ProcessName:
    """A diagram that can be chosen."""

    process_id: str
    version_id: UUID
    name: Words


@dataclass(frozen=True)
class Heat:
    """`duration` and `lateness`: by element how hot it is (0 to 4), and the figure. `table` is in the order of the diagram."""

    process: ProcessName
    processes: tuple[ProcessName, ...]
    period: Period
    table: Table
    duration: dict[str, tuple[int, Decimal]]
    lateness: dict[str, tuple[int, Decimal]]


@dataclass(frozen=True)
class HeatCases:
    """What a figure counts, the newest first, with number and child of those cases that the actor sees."""

    counted: Counted
    process: ProcessName
    period: Period
    rows: tuple[tuple[HeatLine, str, str], ...]
    total: int
    unseen: int
    next_page: int | None


def heat(
    actor: Actor,
    *,
    process_id: str | None = None,
    unit: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> Heat:
    """Make it for a diagram, a unit (else all that are counted for the actor) and a period (the last twelve months).

    Refuses as the standing reports do (ForbiddenError, InvalidError); NotFoundError for a diagram that is not released.
    """
    ask = asked(actor, first=first, last=last, unit=unit)
    with read() as session:
        processes = _processes(session)
        process = _chosen(processes, process_id)
        lines = heat_lines(session, ask, process.process_id)
        order = flow_order(session, process.version_id).get(process.process_id, ())
    places = {element_id: place for place, element_id in enumerate(order)}
    table = counted(grouping(), lines, rank=lambda some: places.get(some[0].element_id, len(places)))
    if not ask.may_open:
        table = Table(table.key, table.title, table.columns, tuple(Row(row.key, row.cells) for row in table.rows))
    shown = [row for row in table.rows if row.key in places]
    return Heat(
        process=process,
        processes=processes,
        period=ask.period,
        table=table,
        duration=_levels(table, shown, "median", DAYS),
        lateness=_levels(table, shown, "percent_late", PERCENT),
    )


def heat_cases(
    actor: Actor,
    *,
    table: str,
    row: str,
    figure: str,
    process_id: str | None = None,
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
        process = _chosen(_processes(session), process_id)
        opened = behind((grouping(),), heat_lines(session, ask, process.process_id), table, row, figure)
        shown = opened.lines if page is None else opened.lines[page * ROWS : (page + 1) * ROWS]
        known = _known(session, actor, {line.case_id for line in shown})
    rows = tuple((line, *known[line.case_id]) for line in shown if line.case_id in known)
    return HeatCases(
        counted=opened,
        process=process,
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


def _processes(session: Session) -> tuple[ProcessName, ...]:
    rows = session.execute(
        select(ProcessVersion.process_id, ProcessVersion.id, ProcessVersion.name, ProcessVersion.name_en)
        .where(ProcessVersion.state == ProcessVersionState.RELEASED)
        .order_by(ProcessVersion.is_startable.desc(), ProcessVersion.name)
    )
    return tuple(ProcessName(row.process_id, row.id, words(row.name, row.name_en)) for row in rows)


def _chosen(processes: Sequence[ProcessName], process_id: str | None) -> ProcessName:
    found = next((one for one in processes if one.process_id == (process_id or USUAL)), None)
    if found is None and process_id is None:
        found = next(iter(processes), None)
    if found is None:
        raise NotFoundError(message("There is no such process."))
    return found


def _known(session: Session, actor: Actor, case_ids: set[UUID]) -> dict[UUID, tuple[str, str]]:
    rows = session.execute(
        select(Case.id, Case.number, Person.name)
        .join(Person, Person.id == Case.child_id)
        .where(Case.id.in_(case_ids), sees_case(actor))
    )
    return {row.id: (row.number, row.name) for row in rows}
