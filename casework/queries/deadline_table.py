"""Deadlines as a table to take away: all that the filters find, not a page of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.i18n import Message, message
from casework.queries.deadlines import MOST_ROWS, deadlines
from casework.queries.due_words import DueState
from casework.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casework.model import Actor
    from casework.queries.deadline_rows import DeadlineRow

#: More rows than anybody reads.
LONGEST = 10_000
STATES = {
    DueState.OVERDUE: message("Overdue"),
    DueState.SOON: message("Soon"),
    DueState.WAITING: message("Waiting"),
    DueState.NEUTRAL: message("There is time"),
    DueState.DONE: message("Done"),
}
COLUMNS = (
    Column("due_at", message("Deadline"), Kind.INSTANT),
    Column("state", message("State"), Kind.TEXT),
    Column("what", message("What"), Kind.TEXT),
    Column("due_class", message("Class"), Kind.TEXT),
    Column("rule", message("Rule"), Kind.TEXT),
    Column("case", message("Case"), Kind.TEXT),
    Column("child", message("Child"), Kind.TEXT),
    Column("with", message("With"), Kind.TEXT),
    Column("unit", message("Unit"), Kind.TEXT),
    Column("waits_for", message("Waits for"), Kind.TEXT),
    Column("late_reason", message("Why late"), Kind.TEXT),
)


def deadline_table(actor: Actor, **filters: Any) -> Table:
    """Give every deadline that the actor sees and `filters` (those of `deadlines`) find, the nearest first."""
    return table_of("deadlines", message("Deadlines"), _all(actor, filters))


def table_of(key: str, title: Message, rows: Iterable[DeadlineRow]) -> Table:
    """A table of these deadlines."""
    return Table(key, title, COLUMNS, tuple(_row(one) for one in rows))


def _all(actor: Actor, filters: dict[str, Any]) -> Iterator[DeadlineRow]:
    cursor, found = None, 0
    while found < LONGEST:
        page = deadlines(actor, cursor=cursor, limit=MOST_ROWS, **filters)
        yield from page.rows
        found += len(page.rows)
        cursor = page.next_cursor
        if cursor is None:
            return


def _row(one: DeadlineRow) -> Row:
    cells = (
        one.due.at,
        STATES[one.due.state],
        one.name,
        one.due.due_class,
        one.due.rule,
        one.case_number,
        one.child.name,
        one.assignee.name if one.assignee else None,
        one.unit.name,
        one.due.waits_for,
        one.late_reason,
    )
    return Row(str(one.id), cells)
