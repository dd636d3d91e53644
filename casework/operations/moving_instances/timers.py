"""Timers of an instance that is moved: they keep their start and get the new length, counted from it.

One whose new moment has passed fires at once, by the clock that fires all others. A cycle comes next at its first time after the
one that has come last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.engine.moving import CannotMoveError
from casework.engine.moving_pairs import named
from casework.errors import CaseworkError
from casework.i18n import message
from casework.model import Timer, TimerState
from casework.operations.turns.expressions import UnreadableError, as_expression, value_of
from casework.operations.turns.timers import Schedule, following, schedule

if TYPE_CHECKING:
    from datetime import datetime

    from casework.engine import Element
    from casework.engine.moving import Kept
    from casework.operations.moving_instances.plan import Moving

_REFUSED = (CaseworkError, UnreadableError, ValueError)


def keep_timer(moving: Moving, timer: Timer, kept: Kept) -> None:
    """Let a timer go along. One whose moment has come (it is stuck) is not counted anew."""
    old, new = moving.old_element(kept.old), moving.new_element(kept.new)
    timer.process_id, timer.element_id = new.process_id, new.id
    if _counts_as(old) == _counts_as(new):
        return
    if timer.state is TimerState.WAITING:
        found = _counted(moving, new, timer.started_at, moving.context(kept.new), old)
        before = timer.due_at
        timer.move(found.columns())
        if timer.due_at != before:
            moment = {"before": before.isoformat(), "after": timer.due_at.isoformat()}
            moving.turn.record("timer_moved", moving.instance, element=new.id, reason=moving.plan.reason, **moment)
        if timer.due_at <= moving.at:
            moving.turn.session.info["wakes"] = True
    timer.kind, timer.expression, timer.calendar = new.timer_kind, new.expression, new.timer.calendar
    timer.start_expression = as_expression(new.timer.start) or None


def schedule_since(moving: Moving, element: Element, begun_at: datetime, context: dict[str, Any]) -> Schedule:
    """The schedule of a timer that the new version adds to something that runs since `begun_at`."""
    start = begun_at
    try:
        if element.timer.start:
            return _with_cycle(
                moving, element, _first(element, context, value_of(as_expression(element.timer.start), context), start)
            )
    except _REFUSED as error:
        raise _refused(element, error) from error
    return _counted(moving, element, start, context, None)


def _counts_as(element: Element) -> tuple[str, ...]:
    return element.timer_kind, element.expression, element.timer.calendar, element.timer.start


def _counted(
    moving: Moving, element: Element, started_at: datetime, context: dict[str, Any], old: Element | None
) -> Schedule:
    try:
        return _with_cycle(moving, element, _first(element, context, None, started_at), old)
    except _REFUSED as error:
        raise _refused(element, error) from error


def _first(element: Element, context: dict[str, Any], start: Any, since: datetime) -> Schedule:
    value = value_of(element.expression, context)
    return schedule(element.timer_kind, value, start, element.timer.calendar, since)


def _with_cycle(moving: Moving, element: Element, first: Schedule, old: Element | None = None) -> Schedule:
    """Of a cycle what comes after the time that came last, however often it has come."""
    if first.interval is None:
        return first
    known = [(e.process_id, e.id) for e in (element, old) if e is not None]
    columns: Any = Timer
    fired = select(Timer).where(columns.instance_id == moving.instance.id, columns.state == TimerState.FIRED)
    fired = fired.where(columns.ended_at >= first.started_at).order_by(columns.ended_at.desc())
    last = next((t for t in moving.turn.session.scalars(fired) if (t.process_id, t.element_id) in known), None)
    if last is None or last.ended_at is None or last.ended_at < first.due_at:
        return first
    after = following(first, element.timer.calendar, last.ended_at)
    if after is None:
        raise CannotMoveError(
            [message("{name} has come as often as it comes in the new version.", name=named(element))]
        )
    return after


def _refused(element: Element, error: Exception) -> CannotMoveError:
    if isinstance(error, CannotMoveError):
        return error
    reason = error.message if isinstance(error, CaseworkError) else str(error)
    return CannotMoveError([message("{name} has no time: {reason}", name=named(element), reason=reason)])
