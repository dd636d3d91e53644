"""The deadlines behind a figure of a forecast as a table to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.i18n import message
from casework.queries.forecast.judging import Answer
from casework.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from casework.queries.deadline_rows import DeadlineRow
    from casework.queries.forecast import ForecastCases
    from casework.queries.forecast.lines import ForecastLine

ANSWERS = {
    Answer.LIKELY: message("Likely late"),
    Answer.POSSIBLE: message("Perhaps late"),
    Answer.IN_TIME: message("In time"),
    Answer.UNKNOWN: message("Cannot be said"),
}
COLUMNS = (
    Column("due_at", message("Deadline"), Kind.INSTANT),
    Column("answer", message("To be expected"), Kind.TEXT),
    Column("typical_at", message("Typically done"), Kind.INSTANT),
    Column("slow_at", message("Slowly done"), Kind.INSTANT),
    Column("seen", message("Seen before")),
    Column("what", message("What"), Kind.TEXT),
    Column("due_class", message("Class"), Kind.TEXT),
    Column("case", message("Case"), Kind.TEXT),
    Column("child", message("Child"), Kind.TEXT),
    Column("waits_for", message("Waits for"), Kind.TEXT),
    Column("with", message("With"), Kind.TEXT),
    Column("since", message("Since"), Kind.INSTANT),
    Column("unit", message("Unit"), Kind.TEXT),
)


def forecast_table(opened: ForecastCases) -> Table:
    """All of it, the nearest first."""
    rows = tuple(_row(line, row) for line, row in opened.rows)
    return Table("forecast", opened.counted.column, COLUMNS, rows)


def _row(line: ForecastLine, row: DeadlineRow) -> Row:
    known = line.typical_at is not None
    cells = (
        line.due_at,
        ANSWERS[line.answer],
        line.typical_at,
        line.slow_at,
        line.seen if known else None,
        line.rule,
        line.due_class,
        row.case_number,
        row.child.name,
        line.waits_for,
        line.waits_with.name if line.waits_with else None,
        line.since,
        line.unit.name,
    )
    return Row(str(line.deadline_id), cells)
