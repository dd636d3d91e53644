"""R2: timeliness. For each rule how much was on time, late, or is overdue now, how long it took, and at which ages.

The database counts: there are thousands of deadlines, and tens of thousands in a town. Which cases stand behind a figure is
asked only where somebody wants to see them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from functools import lru_cache
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    null,
    or_,
    select,
    true,
    union_all,
)

from casework.database import danish_day_number, day_number, read, seconds_between
from casework.forms.words import words
from casework.i18n import message
from casework.model import Case, Deadline, DeadlineClass, DeadlineState, Person
from casework.queries.columns import KEPT
from casework.queries.reports.report import Report, counts, median_days, name_column, share
from casework.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from sqlalchemy import CTE, CompoundSelect
    from sqlalchemy.orm import Session

    from casework.queries.reports.report import Asked
    from casework.tables import Cell

#: First and last age of each bucket, in whole years when the deadline began.
AGES = ((0, 2), (3, 5), (6, 9), (10, 14), (15, 17), (18, 23))
#: Month and day of who has a birthday every four years, and the day that it is kept on in between.
_LEAP_DAY, _DAY_BEFORE = 229, 228
#: Each line is one of these.
FIGURES = {"on_time": message("On time"), "late": message("Late"), "overdue": message("Overdue now")}
_ORDER = tuple(DeadlineClass)


class Rule(NamedTuple):
    """What is counted together in the first table."""

    due_class: DeadlineClass
    key: str


def timeliness(ask: Asked) -> Report:
    """Count deadlines that were met in the period, and those that are overdue now. Withdrawn duties count nowhere."""
    bounds = {"since": ask.period.start, "until": ask.period.end, "now": ask.now}
    with read() as session:
        counted = _Counted(session.execute(_counting(ask.unit_ids, _rule_opened(ask)), bounds).all())
        behind = _behind(session, ask, bounds) if ask.with_cases and ask.may_open else {}
    tables = (_by_rule(ask, counted, behind), _by_age(ask, counted, behind))
    return Report("R2", message("Timeliness"), ask.period, ask.now, tables)


def _rule_opened(ask: Asked) -> str | None:
    """The rule whose figure is opened: then nothing else need be counted."""
    return ask.only[0] if ask.only and ask.only[0] not in {_range(*ages) for ages in AGES} else None


def _lines(unit_ids: frozenset[str] | None, rule: str | None) -> CTE:
    """One deadline, of one rule or (None) of any, that ended in the period or is overdue now.

    `born` and `began` (as 20261127): of the law's alone; `took`: seconds, of those that ended.
    """
    since, until, now = (bindparam(name, type_=Deadline.due_at.type) for name in ("since", "until", "now"))
    met = and_(Deadline.state == DeadlineState.MET, Deadline.ended_at >= since, Deadline.ended_at < until)
    overdue = and_(Deadline.state == DeadlineState.RUNNING, Deadline.paused_at.is_(None), Deadline.due_at < now)
    is_law = Deadline.due_class == DeadlineClass.LOV
    figure = case(
        (Deadline.ended_at.is_(None), "overdue"), (Deadline.ended_at > Deadline.due_at, "late"), else_="on_time"
    )
    return (
        select(
            Deadline.case_id,
            Deadline.due_class,
            Deadline.key,
            Deadline.name,
            Deadline.name_en,
            Deadline.due_at,
            figure.cast(String).label("figure"),
            case((is_law, day_number(Person.birth_date))).label("born"),
            case((is_law, danish_day_number(Deadline.starts_at))).label("began"),
            seconds_between(Deadline.starts_at, Deadline.ended_at).label("took"),
        )
        .join(Case, Case.id == Deadline.case_id)
        .join(Person, Person.id == Case.child_id)
        .where(or_(met, overdue), counts(unit_ids), true() if rule is None else Deadline.key == rule)
        .cte("lines")
    )


def _age(lines: CTE) -> ColumnElement[int | None]:
    """Whole years when the deadline began; none before the birth. `casework.calendar.age_on` in SQL.

    Who was born on 29 February has the birthday on the 28th in common years.
    """
    born, began = lines.c.born, lines.c.began
    is_early = and_(born % 10_000 == _LEAP_DAY, began % 10_000 == _DAY_BEFORE, (began // 10_000) % 4 != 0)
    return case((born <= began, (began + case((is_early, 1), else_=0) - born) // 10_000))


@lru_cache(maxsize=KEPT)
def _counting(unit_ids: frozenset[str] | None, rule: str | None) -> CompoundSelect[Any]:
    """Two countings of the same lines, which are read once: by rule, with how long each took, and by age."""
    lines = _lines(unit_ids, rule)
    line, age = lines.c, _age(lines).label("age")
    nothing = {name: cast(null(), column.type) for name, column in line.items()}
    lengths = func.aggregate_strings(cast(line.took, String), " ")
    names = func.max(line.name).label("name"), func.max(line.name_en).label("name_en")
    by_rule = select(
        *(line.due_class, line.key, *names, line.figure, cast(null(), age.type).label("age")),
        *(func.count().label("count"), lengths.label("lengths")),
    ).group_by(line.due_class, line.key, line.figure)
    by_age = (
        select(
            *(nothing[name] for name in ("due_class", "key", "name", "name_en")),
            *(line.figure, age, func.count(), cast(null(), String)),
        )
        .where(line.born <= line.began)
        .group_by(line.figure, age)
    )
    return union_all(by_rule, by_age)


def _behind(session: Session, ask: Asked, bounds: dict[str, Any]) -> dict[Any, tuple[UUID, ...]]:
    """The cases behind each figure, of rules and of ages, what was due first before the others."""
    lines = _lines(ask.unit_ids, _rule_opened(ask))
    line = lines.c
    found: dict[tuple[Any, str], dict[UUID, None]] = defaultdict(dict)
    chosen = select(line.due_class, line.key, line.figure, _age(lines), line.case_id).order_by(line.due_at)
    if ask.only:
        chosen = chosen.where(line.figure == ask.only[1])
    for due_class, key, figure, age, case_id in session.execute(chosen, bounds):
        found[Rule(due_class, key), figure][case_id] = None
        found[_bucket(age), figure][case_id] = None
    return {figure: tuple(cases) for figure, cases in found.items()}


def _bucket(age: int | None) -> str | None:
    return next((_range(*ages) for ages in AGES if age is not None and ages[0] <= age <= ages[1]), None)


def _range(first: int, last: int) -> str:
    return f"{first}-{last}"


class _Counted:
    """What the database has counted. `lengths` in seconds, of those that ended."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self.names: dict[Rule, tuple[str, str]] = {}
        self.of_rule: dict[Rule, Counter[str]] = defaultdict(Counter)
        self.of_age: dict[str | None, Counter[str]] = defaultdict(Counter)
        self.lengths: dict[Rule, list[float]] = defaultdict(list)
        for row in rows:
            if row.key is None:
                self.of_age[_bucket(row.age)][row.figure] += row.count
            else:
                self._take(Rule(row.due_class, row.key), row)

    def _take(self, rule: Rule, row: Any) -> None:
        self.names[rule] = max(self.names.get(rule, ("", "")), (row.name, row.name_en))
        self.of_rule[rule][row.figure] += row.count
        # What was done before its time had begun took none of it.
        self.lengths[rule] += (max(0.0, float(one)) for one in (row.lengths or "").split())


def _by_rule(ask: Asked, counted: _Counted, behind: Any) -> Table:
    columns = (
        name_column(message("Deadline")),
        Column("due_class", message("Class"), Kind.TEXT),
        *_FIGURE_COLUMNS,
        Column("percent_on_time", message("On time, %"), Kind.PERCENT),
        Column("median_days", message("Median, days"), Kind.DAYS),
    )
    ordered = sorted(counted.of_rule, key=lambda rule: (_ORDER.index(rule.due_class), rule.key))
    rows = []
    for rule in ordered:
        numbers, lengths = counted.of_rule[rule], counted.lengths[rule]
        took = median_days([timedelta(seconds=median(lengths))] if lengths else [])
        said = (words(*counted.names[rule]), rule.due_class.value)
        rows.append(Row(rule.key, (*said, *_cells(numbers), took), _opens(ask, numbers, behind, rule)))
    note = message("LOV is the law's deadline, LOKAL the municipality's own.")
    return Table("by_rule", message("By rule"), columns, tuple(rows), note)


def _by_age(ask: Asked, counted: _Counted, behind: Any) -> Table:
    percent = Column("percent_on_time", message("On time, %"), Kind.PERCENT)
    columns = (name_column(message("Age")), *_FIGURE_COLUMNS, percent)
    rows = []
    for first, last in AGES:
        bucket, said = _range(first, last), message("{first}-{last} years", first=first, last=last)
        numbers = counted.of_age[bucket]
        rows.append(Row(bucket, (said, *_cells(numbers)), _opens(ask, numbers, behind, bucket)))
    return Table("by_age", message("The law's deadlines by the child's age"), columns, tuple(rows))


_FIGURE_COLUMNS = tuple(Column(key, title) for key, title in FIGURES.items())


def _cells(numbers: Counter[str]) -> tuple[Cell, ...]:
    """The figures, and how many of what has ended was on time."""
    ended = numbers["on_time"] + numbers["late"]
    return (*(numbers[key] for key in FIGURES), share(numbers["on_time"], ended))


def _opens(ask: Asked, numbers: Counter[str], behind: Any, group: Any) -> dict[str, tuple[UUID, ...]]:
    """The cases of each figure that is not nothing; where they were not asked for, only that there are some."""
    return {key: behind.get((group, key), ()) for key in FIGURES if numbers[key]} if ask.may_open else {}
