"""R2: timeliness. For each rule how much was on time, late, or is overdue now, how long it took, and at which ages."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import or_, select

from casework.calendar import age_on, day_of
from casework.database import read
from casework.forms.words import words
from casework.i18n import message
from casework.model import Case, Deadline, DeadlineClass, DeadlineState, Person
from casework.queries.reports.report import (
    Figure,
    Report,
    counting_row,
    figure_columns,
    median_days,
    name_column,
    share,
)
from casework.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.queries.reports.report import Asked
    from casework.tables import Cell

#: First and last age of each bucket, in whole years when the deadline began.
AGES = ((0, 2), (3, 5), (6, 9), (10, 14), (15, 17), (18, 23))
_ORDER = tuple(DeadlineClass)
#: What was done before its time had begun took none of it.
NONE_OF_IT = timedelta(0)


class Measured(NamedTuple):
    """One deadline that ended in the period or is overdue now. A tuple, for there are thousands. `age`: of the law's alone."""

    case_id: UUID
    key: str
    due_class: DeadlineClass
    #: Danish and English.
    name: tuple[str, str]
    age: int | None
    is_late: bool
    is_open: bool
    took: timedelta | None


FIGURES = (
    Figure("on_time", message("On time"), lambda one: not one.is_open and not one.is_late),
    Figure("late", message("Late"), lambda one: not one.is_open and one.is_late),
    Figure("overdue", message("Overdue now"), lambda one: one.is_open),
)


def timeliness(ask: Asked) -> Report:
    """Count deadlines that were met in the period, and those that are overdue now. Withdrawn duties count nowhere."""
    with read() as session:
        lines = _lines(session, ask)
    by_rule = _by_rule(ask, lines)
    by_age = _by_age(ask, lines)
    return Report("R2", message("Timeliness"), ask.period, ask.now, (by_rule, by_age))


def _lines(session: Session, ask: Asked) -> list[Measured]:
    met = (
        (Deadline.state == DeadlineState.MET)
        & (Deadline.ended_at >= ask.period.start)
        & (Deadline.ended_at < ask.period.end)
    )
    overdue = (Deadline.state == DeadlineState.RUNNING) & Deadline.paused_at.is_(None) & (Deadline.due_at < ask.now)
    rows = session.execute(
        select(
            Deadline.case_id,
            Deadline.key,
            Deadline.due_class,
            Deadline.name,
            Deadline.name_en,
            Deadline.starts_at,
            Deadline.due_at,
            Deadline.ended_at,
            Person.birth_date,
        )
        .join(Case, Case.id == Deadline.case_id)
        .join(Person, Person.id == Case.child_id)
        .where(or_(met, overdue), ask.counts())
        .order_by(Deadline.due_at)
    )
    return [_line(*row) for row in rows]


def _line(  # noqa: PLR0917  the columns of the statement, in its order
    case_id: UUID,
    key: str,
    due_class: DeadlineClass,
    name: str,
    name_en: str,
    starts_at: datetime,
    due_at: datetime,
    ended_at: datetime | None,
    birth_date: date | None,
) -> Measured:
    return Measured(
        case_id,
        key,
        due_class,
        (name, name_en),
        _age(birth_date, starts_at) if due_class is DeadlineClass.LOV else None,
        is_late=ended_at is None or ended_at > due_at,
        is_open=ended_at is None,
        took=max(ended_at - starts_at, NONE_OF_IT) if ended_at else None,
    )


def _age(birth_date: date | None, starts_at: datetime) -> int | None:
    began = day_of(starts_at)
    return age_on(birth_date, began) if birth_date and birth_date <= began else None


def _by_rule(ask: Asked, lines: Sequence[Measured]) -> Table:
    groups = _grouped(lines, lambda one: (_ORDER.index(one.due_class), one.key))
    title = message("By rule")
    columns = (
        name_column(message("Deadline")),
        Column("due_class", message("Class"), Kind.TEXT),
        *figure_columns(FIGURES),
        Column("percent_on_time", message("On time, %"), Kind.PERCENT),
        Column("median_days", message("Median, days"), Kind.DAYS),
    )
    rows = [_rule_row(ask, key, group) for (_, key), group in groups]
    return Table(
        "by_rule", title, columns, tuple(rows), message("LOV is the law's deadline, LOKAL the municipality's own.")
    )


def _rule_row(ask: Asked, key: str, group: Sequence[Measured]) -> Row:
    row = counting_row(key, words(*group[0].name), group, FIGURES, ask, *_percent_and_median(group))
    return Row(row.key, (row.cells[0], group[0].due_class.value, *row.cells[1:]), row.cases)


def _percent_and_median(group: Sequence[Measured]) -> tuple[Cell, Cell]:
    ended = [one for one in group if not one.is_open]
    spans = [one.took for one in ended if one.took is not None]
    return share(sum(not one.is_late for one in ended), len(ended)), median_days(spans)


def _by_age(ask: Asked, lines: Sequence[Measured]) -> Table:
    statutory = [line for line in lines if line.due_class is DeadlineClass.LOV]
    columns = (
        name_column(message("Age")),
        *figure_columns(FIGURES),
        Column("percent_on_time", message("On time, %"), Kind.PERCENT),
    )
    rows = [_age_row(ask, first, last, statutory) for first, last in AGES]
    return Table("by_age", message("The law's deadlines by the child's age"), columns, tuple(rows))


def _age_row(ask: Asked, first: int, last: int, lines: Sequence[Measured]) -> Row:
    group = [line for line in lines if line.age is not None and first <= line.age <= last]
    percent, _ = _percent_and_median(group)
    return counting_row(
        f"{first}-{last}", message("{first}-{last} years", first=first, last=last), group, FIGURES, ask, percent
    )


def _grouped(lines: Iterable[Measured], key_of: Callable[[Measured], Any]) -> list[tuple[Any, list[Measured]]]:
    groups: dict[Any, list[Measured]] = defaultdict(list)
    for line in lines:
        groups[key_of(line)].append(line)
    return sorted(groups.items(), key=lambda one: one[0])
