"""R1: notifications and the assessment within 24 hours, by source and area, with how many children are notified of again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.calendar import day_of
from casework.database import read
from casework.i18n import Message, message
from casework.model import Case, Deadline, DeadlineState, ProcessInstance
from casework.queries.reports.options import option_names
from casework.queries.reports.report import Figure, Report, counting_row, figure_columns, name_column, share
from casework.tables import Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.queries.reports.report import Asked
    from casework.tables import Cell, Row

ASSESSMENT = "vurdering24"
#: The field of the registration that says who notifies, which becomes a variable of the same name.
FORM, SOURCE = "F01", "underretterType"
UNKNOWN = message("Not registered yet")
AGAIN_WITHIN = timedelta(days=365)


@dataclass(frozen=True)
class Notified:
    """One notification. `is_in_time` is None while the 24 hours run."""

    case_id: UUID
    district: str
    source: str | None
    received_at: datetime
    is_in_time: bool | None
    is_again: bool


FIGURES = (
    Figure("received", message("Received"), lambda _: True),
    Figure("in_time", message("Assessed within 24 hours"), lambda one: one.is_in_time is True),
    Figure("late", message("Assessed later or not at all"), lambda one: one.is_in_time is False),
    Figure("running", message("Still within the 24 hours"), lambda one: one.is_in_time is None),
    Figure("again", message("Notified of again within a year"), lambda one: one.is_again),
)


def notifications(ask: Asked) -> Report:
    """Count what was received in the period. A notification counts where the case lies now."""
    with read() as session:
        lines, sources = _lines(session, ask), option_names(session, FORM, SOURCE)
    by_source = _table(
        ask, "by_source", message("By source"), lines, lambda one: (one.source, sources.get(one.source or "", UNKNOWN))
    )
    by_area = _table(ask, "by_area", message("By area"), lines, lambda one: (one.district, one.district.capitalize()))
    by_month = _table(
        ask, "by_month", message("By month"), lines, lambda one: (_month(one), _month(one)), every=_months(ask)
    )
    return Report(
        "R1", message("Notifications and the 24-hour assessment"), ask.period, ask.now, (by_source, by_area, by_month)
    )


def _lines(session: Session, ask: Asked) -> list[Notified]:
    chosen = (
        select(
            Deadline.case_id,
            Deadline.starts_at,
            Deadline.due_at,
            Deadline.ended_at,
            Deadline.state,
            Case.district,
            ProcessInstance.variables[SOURCE].as_string().label("source"),
        )
        .join(Case, Case.id == Deadline.case_id)
        .join(ProcessInstance, ProcessInstance.id == Deadline.instance_id)
        .where(Deadline.key == ASSESSMENT, Deadline.state != DeadlineState.WITHDRAWN, ask.counts())
        .where(Deadline.starts_at >= ask.period.start - AGAIN_WITHIN, Deadline.starts_at < ask.period.end)
        .order_by(Deadline.case_id, Deadline.starts_at)
    )
    return [
        _line(row, before, ask.now)
        for before, row in pairwise((None, *session.execute(chosen)))
        if row is not None and row.starts_at >= ask.period.start
    ]


def _line(row: Any, before: Any, now: datetime) -> Notified:
    is_same_child = before is not None and before.case_id == row.case_id
    is_again = is_same_child and row.starts_at - before.starts_at <= AGAIN_WITHIN
    in_time = _is_in_time(row.ended_at, row.due_at, now)
    return Notified(row.case_id, row.district, row.source, row.starts_at, in_time, is_again)


def _month(line: Notified) -> str:
    return f"{day_of(line.received_at):%Y-%m}"


def _months(ask: Asked) -> list[str]:
    """Those of the period that have begun: one in which nothing came is told too."""
    first, last = ask.period.first, min(ask.period.last, day_of(ask.now))
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{number // 12}-{number % 12 + 1:02}" for number in numbers]


def _is_in_time(ended_at: datetime | None, due_at: datetime, now: datetime) -> bool | None:
    if ended_at is not None:
        return ended_at <= due_at
    return None if now <= due_at else False


def _table(
    ask: Asked,
    key: str,
    title: Message,
    lines: Sequence[Notified],
    group_of: Callable[[Notified], tuple[str | None, Cell]],
    *,
    every: Sequence[str] = (),
) -> Table:
    """A row for each group, and for each of `every` though it be empty."""
    groups: dict[str, list[Notified]] = defaultdict(list, {name: [] for name in every})
    names: dict[str, Cell] = {name: name for name in every}
    for line in lines:
        group, name = group_of(line)
        groups[group or "unknown"].append(line)
        names[group or "unknown"] = name
    rows = [_row(ask, group, names[group], found) for group, found in sorted(groups.items())]
    percent = Column("percent_in_time", message("Within 24 hours, %"), Kind.PERCENT)
    note = message("The 24 hours run through nights and weekends. What still runs is not counted in the per cent.")
    columns = (name_column(title), *figure_columns(FIGURES), percent)
    return Table(key, title, columns, (*rows, _row(ask, "total", message("All"), lines)), note)


def _row(ask: Asked, key: str, name: Cell, group: Sequence[Notified]) -> Row:
    ended = [line for line in group if line.is_in_time is not None]
    percent = share(sum(line.is_in_time is True for line in ended), len(ended))
    return counting_row(key, name, group, FIGURES, ask, percent)
