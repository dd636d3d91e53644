"""Waiting on whom, and who carries how much: by party, by person or unit, and the workload of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import mean
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.database import read
from casework.i18n import message
from casework.model import Case, Employee, Membership, Person
from casework.model.visibility import sees_case
from casework.queries.boards.counting import TOTAL, behind, counted
from casework.queries.boards.units import board_units
from casework.queries.boards.waiting_groups import belongs, groupings, is_workload
from casework.queries.boards.waiting_lines import WaitingLine, waiting_lines
from casework.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.queries.boards.counting import Counted
    from casework.queries.names import UnitName

#: So many lines on a page.
ROWS = 100


@dataclass(frozen=True)
class Waiting:
    """`average`: open tasks of each person; `most` and `least`: of the persons, by name and number, None without any."""

    now: datetime
    unit: UnitName
    by_party: Table
    by_who: Table
    handoffs: Table
    workload: Table
    average: Decimal
    most: tuple[str, int] | None
    least: tuple[str, int] | None

    @property
    def tables(self) -> tuple[Table, ...]:
        """All of it, to take away."""
        return (self.by_party, self.by_who, self.handoffs, self.workload)


@dataclass(frozen=True)
class WaitingCases:
    """What a figure counts, the longest first, with number and child of those cases that the actor sees."""

    counted: Counted
    now: datetime
    unit: UnitName
    total: int
    rows: tuple[tuple[WaitingLine, str | None, str | None], ...]
    next_page: int | None


def waiting(actor: Actor, *, unit: str | None = None) -> Waiting:
    """Make it for a unit that the actor leads (by default the topmost); NotFoundError for who leads none of it."""
    now = clock.now()
    with read() as session:
        top, units = board_units(session, actor, unit)
        ids = [one.id for one in units]
        lines, staff = waiting_lines(session, ids, now), _staff(session, ids)
    by_party, by_who, handoffs, workload = groupings(now)
    table = _with_idle(counted(workload, [line for line in lines if is_workload(line)]), staff)
    loads = sorted((int(row.cells[1]), str(row.cells[0])) for row in table.rows if row.key not in ("", TOTAL))  # type: ignore[arg-type]
    return Waiting(
        now=now,
        unit=top,
        by_party=counted(by_party, lines),
        by_who=counted(by_who, lines),
        handoffs=counted(handoffs, [line for line in lines if line.handoff_id]),
        workload=table,
        average=Decimal(str(mean(load for load, _ in loads))).quantize(Decimal("0.1")) if loads else Decimal(0),
        most=(loads[-1][1], loads[-1][0]) if loads else None,
        least=(loads[0][1], loads[0][0]) if loads else None,
    )


def waiting_cases(
    actor: Actor, *, unit: str | None, table: str, row: str, figure: str, page: int | None = 0
) -> WaitingCases:
    """Open one figure; `page` None gives all of it. NotFoundError where there is none, and for who leads none of it."""
    now = clock.now()
    with read() as session:
        top, units = board_units(session, actor, unit)
        lines = waiting_lines(session, [one.id for one in units], now)
        wanted = [line for line in lines if belongs(line, table)]
        opened = behind(groupings(now), wanted, table, row, figure)
        shown = opened.lines if page is None else opened.lines[page * ROWS : (page + 1) * ROWS]
        known = _known(session, actor, {line.case_id for line in shown})
    return WaitingCases(
        counted=opened,
        now=now,
        unit=top,
        total=len(opened.lines),
        rows=tuple((line, *known.get(line.case_id, (None, None))) for line in shown),
        next_page=page + 1 if page is not None and len(opened.lines) > (page + 1) * ROWS else None,
    )


def _staff(session: Session, unit_ids: Sequence[str]) -> dict[str, str]:
    rows = session.execute(
        select(Employee.id, Employee.name)
        .join(Membership, Membership.employee_id == Employee.id)
        .where(Membership.unit_id.in_(unit_ids), Employee.is_active)
        .distinct()
        .order_by(Employee.name)
    )
    return {str(row.id): row.name for row in rows}


def waiting_table(opened: WaitingCases) -> Table:
    """All of it, to take away."""
    columns = (
        Column("since", message("Since"), Kind.INSTANT),
        Column("what", message("What"), Kind.TEXT),
        Column("who", message("With"), Kind.TEXT),
        Column("due_at", message("Deadline"), Kind.INSTANT),
        Column("case", message("Case"), Kind.TEXT),
        Column("child", message("Child"), Kind.TEXT),
        Column("reason", message("Reason"), Kind.TEXT),
    )
    rows = [
        Row(str(place), (line.since, line.what, line.who, line.due_at, number, child, line.reason))
        for place, (line, number, child) in enumerate(opened.rows)
    ]
    return Table("waiting", opened.counted.column, columns, tuple(rows))


def _with_idle(table: Table, staff: dict[str, str]) -> Table:
    """Who has nothing to do stands below the others: to them work can be given."""
    busy = {row.key for row in table.rows}
    nothing = (0,) * (len(table.columns) - 1)
    idle = [Row(key, (name, *nothing)) for key, name in staff.items() if key not in busy]
    total = [row for row in table.rows if row.key == TOTAL]
    return replace(table, rows=(*(row for row in table.rows if row.key != TOTAL), *idle, *total))


def _known(session: Session, actor: Actor, case_ids: set[UUID]) -> dict[UUID, tuple[str, str]]:
    rows = session.execute(
        select(Case.id, Case.number, Person.name)
        .join(Person, Person.id == Case.child_id)
        .where(Case.id.in_(case_ids), sees_case(actor))
    )
    return {row.id: (row.number, row.name) for row in rows}
