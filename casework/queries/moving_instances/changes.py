"""What changes for instances that would be moved, added up: dates, forms, units, and what falls away or comes besides."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import calendar, clock, sealed_answers
from casework.calendar.duration_words import duration_words
from casework.config import settings
from casework.errors import CaseworkError
from casework.forms.words import words
from casework.i18n import message
from casework.model import ACTIVE, Deadline, DeadlineState, ProcessInstance, Timer, TimerState, UserTask
from casework.queries.moving_instances.groups import name_of
from casework.released import form_of, release_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.engine import DeadlineRule, Element
    from casework.engine.elements import Key
    from casework.i18n import Message
    from casework.released import Release


@dataclass(frozen=True)
class Changes:
    """Sentences, the most frequent first."""

    deadlines: tuple[Message, ...]
    timers: tuple[Message, ...]
    tasks: tuple[Message, ...]


@dataclass(frozen=True)
class _Asked:
    session: Session
    old: Release
    new: Release
    pairs: Mapping[Key, Key]
    moving: frozenset[UUID]

    def rows(self, table: Any, *states: Any) -> Iterator[Any]:
        """What stands of the instances that would be moved."""
        query = select(table).join(ProcessInstance, ProcessInstance.id == table.instance_id)
        query = query.where(ProcessInstance.process_version_id == self.old.id, table.state.in_(states))
        return (row for row in self.session.scalars(query) if row.instance_id in self.moving)

    def both(self, row: Any) -> tuple[Element, Element] | None:
        """The element that a row stands at, in both versions."""
        key = row.process_id, row.element_id
        if key not in self.pairs or key not in self.old.definition.elements:
            return None
        return self.old.definition.elements[key], self.new.definition.elements[self.pairs[key]]


def changes(
    session: Session, versions: tuple[UUID, UUID], pairs: Mapping[Key, Key], moving: frozenset[UUID]
) -> Changes:
    """For the instances in `moving`, which run on the first of the versions."""
    old, new = (release_of(session, version) for version in versions)
    asked = _Asked(session, old, new, pairs, moving)
    return Changes(tuple(_deadlines(asked)), tuple(_timers(asked)), tuple(_tasks(asked)))


def _deadlines(asked: _Asked) -> Iterator[Message]:
    """1. Another length. 2. Fallen away. Those that come besides are told with the tasks that they belong to."""
    counts: Counter[tuple[str, str, str, str, str]] = Counter()
    late: Counter[tuple[str, str, str, str, str]] = Counter()
    gone: Counter[tuple[str, str]] = Counter()
    now = clock.now()
    for row in asked.rows(Deadline, DeadlineState.RUNNING):
        rules = _rules(asked, row)
        if rules is None or rules[1] is None:
            gone[row.name, row.name_en] += 1
            continue
        old, new = rules[0], rules[1]
        if (old.duration, old.calendar) != (new.duration, new.calendar):
            key = row.name, row.name_en, old.duration, new.duration, new.calendar
            counts[key] += 1
            due = _due(new, row.starts_at)
            late[key] += due is not None and row.due_at > now >= due
    for key, count in counts.most_common():
        said = {
            "name": words(key[0], key[1]),
            "before": _length(key[2], key[4]),
            "after": _length(key[3], key[4]),
            "count": count,
        }
        if late[key]:
            yield message(
                "{name}: {before} → {after}, {count} deadlines, {late} of them late at once", late=late[key], **said
            )
        else:
            yield message("{name}: {before} → {after}, {count} deadlines", **said)
    for (name, name_en), count in gone.most_common():
        yield message("{name}: the deadline falls away, {count} times", name=words(name, name_en), count=count)


def _rules(asked: _Asked, row: Deadline) -> tuple[DeadlineRule, DeadlineRule | None] | None:
    """The rule that it was made by, and the one with the same key in the new version."""
    if row.engine_task_id is None:
        before, after = (r.definition.process(r.process_id).deadlines for r in (asked.old, asked.new))
    else:
        both = asked.both(row)
        if both is None:
            return None
        before, after = both[0].deadlines, both[1].deadlines
    old = next((rule for rule in before if rule.key == row.key), None)
    return None if old is None else (old, next((rule for rule in after if rule.key == row.key), None))


def _due(rule: DeadlineRule, start: datetime) -> datetime | None:
    """None where the length is worked out for each case."""
    try:
        kind = calendar.CalendarKind(rule.calendar)
        return calendar.due(rule.duration, kind, start, closed_days=settings().closed_days).instant
    except (CaseworkError, ValueError):
        return None


def _length(duration: str, calendar_name: str) -> Message:
    return duration_words(duration, calendar_name) or words(duration)


def _timers(asked: _Asked) -> Iterator[Message]:
    counts: Counter[tuple[Key, Key]] = Counter()
    for row in asked.rows(Timer, TimerState.WAITING):
        both = asked.both(row)
        if both and both[0].expression != both[1].expression:
            counts[both[0].key, both[1].key] += 1
    for (old, new), count in counts.most_common():
        before, after = asked.old.definition.elements[old], asked.new.definition.elements[new]
        yield message(
            "{name}: {before} → {after}, {count} times",
            name=name_of(after),
            before=_length(before.expression, before.timer.calendar or "calendar"),
            after=_length(after.expression, after.timer.calendar or "calendar"),
            count=count,
        )


def _tasks(asked: _Asked) -> Iterator[Message]:
    """Other forms, with the answers in drafts that nobody asks for any more; other units; deadlines that come besides."""
    forms: Counter[Key] = Counter()
    lost: dict[Key, Counter[tuple[str, str]]] = {}
    lanes: Counter[Key] = Counter()
    added: Counter[tuple[Key, str]] = Counter()
    for task in asked.rows(UserTask, *ACTIVE):
        both = asked.both(task)
        if both is None:
            continue
        old, new = both
        form_id = asked.new.forms.get(new.form_key)
        if form_id != task.form_id:
            forms[new.key] += 1
            lost.setdefault(new.key, Counter()).update(_unasked(asked.session, task, form_id))
        lanes[new.key] += old.lane != new.lane
        for rule in new.deadlines:
            added[new.key, rule.key] += rule.key not in {r.key for r in old.deadlines}
    elements = asked.new.definition.elements
    for key, count in forms.most_common():
        yield message("{name}: {count} open tasks get the new form", name=name_of(elements[key]), count=count)
        for (label, label_en), drafts in lost[key].most_common():
            yield message(
                "{name}: “{question}” is answered in {count} drafts and no longer asked; the answers stay in the drafts",
                name=name_of(elements[key]),
                question=words(label, label_en),
                count=drafts,
            )
    for key, count in (+lanes).most_common():
        yield message("{name}: {count} open tasks come to another unit", name=name_of(elements[key]), count=count)
    for (key, _), count in (+added).most_common():
        yield message("{name}: {count} open tasks get a deadline besides", name=name_of(elements[key]), count=count)


def _unasked(session: Session, task: UserTask, form_id: UUID | None) -> list[tuple[str, str]]:
    """The labels of what the draft of a task has answers to, and the new form does not ask."""
    if not task.draft_version or task.form_id is None:
        return []
    session.refresh(task, ["draft"])
    asked = {path for path, _ in form_of(session, form_id).fields} if form_id else set()
    answered = sealed_answers.masked(task.draft)
    gone = [
        c
        for path, c in form_of(session, task.form_id).fields
        if path not in asked and answered.get(path) not in (None, "", [], {})
    ]
    return [(component.label.danish, component.label.id) for component in gone]
