"""Overdue deadlines counted by rule and unit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from casework.calendar.duration_words import duration_words
from casework.forms.words import words
from casework.i18n import Message, message
from casework.model import Deadline, DeadlineClass
from casework.queries.deadlines import in_state
from casework.queries.due_words import over_words

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class RuleRow:
    """One rule, with a count for each unit; `longest` says how late the latest of them is."""

    key: str
    due_class: str
    rule: Message
    counts: tuple[int, ...]
    total: int
    longest: Message


def rule_rows(session: Session, unit_ids: list[str], now: datetime) -> tuple[RuleRow, ...]:
    """Count; statutory rules first, then what is late longest."""
    rows = session.execute(
        select(
            Deadline.key,
            Deadline.due_class,
            Deadline.unit_id,
            func.count().label("count"),
            func.min(Deadline.due_at).label("earliest"),
            func.max(Deadline.name).label("name"),
            func.max(Deadline.name_en).label("name_en"),
            func.max(Deadline.duration).label("duration"),
            func.max(Deadline.calendar).label("calendar"),
        )
        .where(Deadline.unit_id.in_(unit_ids), *in_state("overdue", now))
        .group_by(Deadline.key, Deadline.due_class, Deadline.unit_id)
    )
    by_rule: dict[tuple[str, DeadlineClass], list[Any]] = defaultdict(list)
    for row in rows:
        by_rule[row.key, row.due_class].append(row)
    ordered = sorted(by_rule.items(), key=lambda one: (one[0][1] is not DeadlineClass.LOV, _earliest(one[1])))
    return tuple(_row(key, due_class, found, unit_ids, now) for (key, due_class), found in ordered)


def _row(key: str, due_class: DeadlineClass, found: list[Any], unit_ids: list[str], now: datetime) -> RuleRow:
    counts = {row.unit_id: row.count for row in found}
    return RuleRow(
        key=key,
        due_class=due_class.value,
        rule=_words(found[0]),
        counts=tuple(counts.get(unit_id, 0) for unit_id in unit_ids),
        total=sum(counts.values()),
        longest=over_words(_earliest(found), now),
    )


def _earliest(found: list[Any]) -> datetime:
    earliest: datetime = min(row.earliest for row in found)
    return earliest


def _words(row: Any) -> Message:
    name, amount = words(row.name, row.name_en), duration_words(row.duration, row.calendar)
    return message("{name}, {amount}", name=name, amount=amount) if amount else name
