"""Turns the deadline rules of a diagram into rows: due instant with its explanation, and the ladder of escalations.

The ladder (domain reference, E.0): E1 at half of the time, E2 at four fifths, E3 when it is due, unless the diagram says
otherwise. A deadline of class INTERN is a reminder: it has one rung, when it is due.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import calendar
from casework.calendar.local_time import instant_of
from casework.config import settings
from casework.engine import Stuck
from casework.errors import CaseworkError
from casework.i18n import message
from casework.identifiers import new_id
from casework.model import DeadlineClass, DeadlineState
from casework.operations.turns.expressions import UnreadableError, as_duration, as_expression, as_start, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from casework.engine import DeadlineRule
    from casework.i18n import Message

#: E1 and E2 as shares of the time from start to due.
SHARES = (0.5, 0.8)


def deadline_row(
    rule: DeadlineRule,
    context: Mapping[str, Any],
    *,
    at: datetime,
    process_id: str,
    element_id: str,
    engine_task_id: str | None = None,
    **words: Any,
) -> dict[str, Any]:
    """A running deadline. `words` are the columns that the caller knows: case, instance, names, unit. Raises `Stuck`."""
    try:
        return {
            "id": new_id(),
            "key": rule.key,
            "process_id": process_id,
            "element_id": element_id,
            "engine_task_id": engine_task_id,
            "met_by": None if engine_task_id else rule.met or None,
            "until": None if engine_task_id else rule.until or None,
            "due_class": DeadlineClass(rule.deadline_class),
            "law": rule.law or None,
            "start_expression": as_expression(rule.start) or None,
            "state": DeadlineState.RUNNING,
            "escalation_level": 0,
            "ended_at": None,
            "late_reason": None,
            "moved": None,
            "pauses": [],
            "paused_at": None,
            **counted(rule, context, at),
            **words,
        }
    except (CaseworkError, UnreadableError, ValueError) as error:
        raise Stuck(
            message("The deadline {key} cannot be counted: {reason}", key=rule.key, reason=_reason(error)),
            process_id=process_id,
            element_id=element_id,
            expression="\n".join(text for text in (rule.duration, rule.start) if text),
        ) from error


def counted(rule: DeadlineRule, context: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The columns that follow from where it starts: again asked for when a fact has moved the start.

    A start that nobody knows yet is `at`: a duty must not wait for a form. When the fact comes, the deadline moves.
    """
    known = _known_start(rule, context, at)
    start = at if known is None else known
    duration = as_duration(value_of(rule.duration, context))
    due = calendar.due(duration, calendar.CalendarKind(rule.calendar), start, closed_days=settings().closed_days)
    before = [] if known is not None else [message("The start is not known yet, so it counts from when this began.")]
    ladder = _ladder(rule, start, due.instant, at)
    return {
        "duration": duration,
        "calendar": rule.calendar,
        "starts_at": instant_of(start),
        "due_at": due.instant,
        "explanation": [sentence.to_json() for sentence in (*before, *due.explanation)],
        "ladder": [rung.isoformat() for rung in ladder],
        "next_escalation_at": ladder[0],
    }


def _known_start(rule: DeadlineRule, context: Mapping[str, Any], at: datetime) -> datetime | date | None:
    """None where nobody knows it, or where what stands there is no date: a clock that runs beats one that does not."""
    value = value_of(as_expression(rule.start), context) if rule.start else at
    try:
        return None if value is None else as_start(value)
    except UnreadableError:
        return None


def _ladder(rule: DeadlineRule, start: datetime | date, due: datetime, at: datetime) -> list[datetime]:
    if rule.deadline_class == DeadlineClass.INTERN and not (rule.e1 or rule.e2 or rule.e3):
        return [due]
    begin = min(instant_of(start), due)
    if begin == due:  # it counts back from a later day: the time that there is begins now
        begin = min(at, due)
    usual = [begin + (due - begin) * share for share in SHARES] + [due]
    return [_rung(text, rule, start) if text else rung for text, rung in zip(_rungs(rule), usual, strict=True)]


def _rungs(rule: DeadlineRule) -> tuple[str, str, str]:
    return rule.e1, rule.e2, rule.e3


def _rung(text: str, rule: DeadlineRule, start: datetime | date) -> datetime:
    usual = calendar.usual_calendar(text)
    kind = usual if usual is calendar.CalendarKind.ELAPSED else calendar.CalendarKind(rule.calendar)
    return calendar.due(text, kind, start, closed_days=settings().closed_days).instant


def _reason(error: Exception) -> Message | str:
    return error.message if isinstance(error, CaseworkError) else str(error)


def earliest(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The deadline that a task shows as its own, of several."""
    return min(rows, key=lambda row: row["due_at"], default=None)


def shown_on_task(deadline: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a user task that repeat those of its deadline."""
    return {
        "deadline_id": deadline["id"],
        "due_at": deadline["due_at"],
        "inbox_at": deadline["due_at"],
        "due_class": deadline["due_class"].value,
    }
