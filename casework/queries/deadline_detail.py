"""One deadline with its ladder and the sentences that explain it: "why this date"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.forms.words import words
from casework.i18n import Message, message
from casework.model import Deadline, DeadlineClass, DeadlineState, Escalation, Unit
from casework.queries import due_words
from casework.queries.clock_words import moved_sentence, pause_sentences, waits_for
from casework.queries.names import UnitName, unit_name
from casework.queries.rule_words import known_law, rule_words

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms.words import Words

_RUNG_WORDS = {
    1: message("At {at:digits_time} whoever has the task is reminded."),
    2: message("At {at:digits_time} the team leader is told as well."),
    3: message("At {at:digits_time} the team leader and the head of department are told."),
}


@dataclass(frozen=True)
class Rung:
    """A step of the escalation ladder; `part` of the time from start to deadline, which may be more than 1."""

    level: int
    at: datetime
    part: float
    raised_at: datetime | None
    words: Message


@dataclass(frozen=True)
class DeadlineDetail:
    """`passed` says how much time is gone, `part` the same as a number (more than 1 when overdue); `source`: what was read."""

    id: UUID
    key: str
    name: Words
    due: due_words.Due
    state: str
    starts_at: datetime
    passed: Message
    part: float
    ladder: tuple[Rung, ...]
    explanation: tuple[Message, ...]
    source: Message | None
    unit: UnitName
    late_reason: str | None
    #: From when to when it moved last, and why.
    moved: Message | None = None
    #: Its clock may be stopped by hand, or stands still.
    can_pause: bool = False
    is_paused: bool = False


def deadline_detail(
    session: Session, deadline_id: UUID | None, now: datetime, *, is_waiting: bool = False
) -> DeadlineDetail | None:
    """Give it for a deadline that the caller has found visible; None when there is none."""
    if deadline_id is None:
        return None
    row, unit = session.execute(
        select(Deadline, Unit).join(Unit, Unit.id == Deadline.unit_id).where(Deadline.id == deadline_id)
    ).one()
    escalations = session.execute(
        select(Escalation.level, Escalation.raised_at).where(
            Escalation.deadline_id == deadline_id, Escalation.due_at == row.due_at
        )
    )
    raised = {one.level: one.raised_at for one in escalations}
    return DeadlineDetail(
        id=row.id,
        key=row.key,
        name=words(row.name, row.name_en),
        due=_due(row, now, is_waiting=is_waiting),
        state=row.state.value,
        starts_at=row.starts_at,
        passed=message("{span} have passed.", span=due_words.span_words(max(now, row.starts_at) - row.starts_at)),
        part=_part(row, row.ended_at or now),
        ladder=tuple(_rungs(row, raised)),
        explanation=_explanation(row),
        source=law_source(row.law),
        unit=unit_name(unit.id, unit.name, unit.name_en),
        late_reason=row.late_reason,
        moved=moved_sentence(row.moved, row.due_at),
        can_pause=_can_pause(row, now),
        is_paused=row.paused_at is not None,
    )


def _explanation(row: Any) -> tuple[Message, ...]:
    """How it was counted, when it stood still, and what the law says."""
    counted = tuple(Message.from_json(one) for one in row.explanation)
    return counted + pause_sentences(row.pauses) + _law_sentence(row.law)


def _can_pause(row: Any, now: datetime) -> bool:
    is_running = row.state is DeadlineState.RUNNING and row.paused_at is None and row.due_at > now
    return is_running and row.due_class is not DeadlineClass.LOV


def law_source(key: str | None) -> Message | None:
    """Say where a rule was read and when; for one that nobody has read, that it is not confirmed."""
    law = known_law(key)
    if law is None:
        return None
    if not law.is_confirmed:
        return message("Not confirmed yet by a lawyer.") if law.confidence.value in {"I", "M"} else None
    if law.read is None:
        return message("Source: {source}.", source=law.source or law.citation("da"))
    return message("Source: {source}, read {day:digits_year}.", source=law.source or law.citation("da"), day=law.read)


def _law_sentence(key: str | None) -> tuple[Message, ...]:
    law = known_law(key)
    return (words(law.text_da, law.text_en),) if law else ()


def _due(row: Any, now: datetime, *, is_waiting: bool) -> due_words.Due:
    return due_words.due(
        row.due_at,
        now,
        due_class=row.due_class.value,
        starts_at=row.starts_at,
        rule=rule_words(row.duration, row.calendar, row.law),
        is_waiting=is_waiting,
        ended_at=row.ended_at,
        waits_for=waits_for(row.pauses) if row.paused_at else None,
    )


def _part(row: Any, at: datetime) -> float:
    whole = (row.due_at - row.starts_at).total_seconds()
    return max((at - row.starts_at).total_seconds() / whole, 0.0) if whole > 0 else 1.0


def _rungs(row: Any, raised: dict[int, datetime]) -> list[Rung]:
    instants = [datetime.fromisoformat(one) if isinstance(one, str) else None for one in row.ladder]
    return [
        Rung(level, at, _part(row, at), raised.get(level), Message(_RUNG_WORDS[level].id, {"at": at}))
        for level, at in enumerate(instants, 1)
        if at is not None and level in _RUNG_WORDS
    ]
