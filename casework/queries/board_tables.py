"""The overdue board as tables to take away: what stands on it, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.i18n import message
from casework.queries.deadline_table import table_of
from casework.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from casework.queries.overdue_board import OverdueBoard

_NOT_TAKEN = message("Not taken")


def board_tables(board: OverdueBoard) -> tuple[Table, ...]:
    """Overdue by rule and unit, the next days, what is longest past its date, workload, and hand-offs without an answer."""
    return (
        _rules(board),
        _days(board),
        table_of("longest", message("Longest past the date"), board.longest),
        _workload(board),
        _handoffs(board),
    )


def _rules(board: OverdueBoard) -> Table:
    columns = (
        Column("rule", message("Rule"), Kind.TEXT),
        Column("due_class", message("Class"), Kind.TEXT),
        *(Column(unit.id, unit.name) for unit in board.units),
        Column("total", message("In all")),
        Column("longest", message("Longest"), Kind.TEXT),
    )
    rows = [Row(row.key, (row.rule, row.due_class, *row.counts, row.total, row.longest)) for row in board.by_rule]
    return Table("by_rule", message("Overdue now"), columns, tuple(rows))


def _days(board: OverdueBoard) -> Table:
    columns = (Column("day", message("Day"), Kind.DATE), Column("count", message("Fall due")))
    rows = tuple(Row(day.day.isoformat(), (day.day, day.count)) for day in board.next_days)
    return Table("next_days", message("The next 5 working days"), columns, rows)


def _workload(board: OverdueBoard) -> Table:
    columns = (
        Column("employee", message("Employee"), Kind.TEXT),
        Column("open", message("Open")),
        Column("overdue", message("Overdue")),
    )
    rows = [
        Row(str(place), (row.employee.name if row.employee else _NOT_TAKEN, row.open, row.overdue))
        for place, row in enumerate(board.workload)
    ]
    return Table("workload", message("Workload"), columns, tuple(rows))


def _handoffs(board: OverdueBoard) -> Table:
    columns = (
        Column("due_at", message("Answer"), Kind.INSTANT),
        Column("subject", message("Subject"), Kind.TEXT),
        Column("sender", message("From"), Kind.TEXT),
        Column("receiver", message("To"), Kind.TEXT),
    )
    rows = [Row(str(row.id), (row.due.at, row.subject, row.from_unit.name, row.to_unit.name)) for row in board.handoffs]
    return Table("handoffs", message("Hand-offs that are stuck"), columns, tuple(rows))
