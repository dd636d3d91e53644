"""Tells an instance that the moment of one of its timers has come; a cycle goes on from where it began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.engine import Fire
from casework.operations.turns.moves import attempt
from casework.operations.turns.timers import Schedule, following
from casework.released import release_of

if TYPE_CHECKING:
    from casework.model import ProcessInstance, Timer
    from casework.operations.turns.turn import Turn


def fire_timer(turn: Turn, instance: ProcessInstance, timer: Timer) -> None:
    """Fire it. Raises `Stuck` and `NotStandingError`; then nothing has happened, and `event_of_timer` is what to keep."""
    after = _next(turn, instance, timer)
    carried = {timer.element_id: after} if after else None
    attempt(turn, instance, event_of_timer(timer, is_last=after is None), carried=carried)
    timer.fire(turn.at)
    turn.record("timer_fired", instance, element=timer.element_id, due_at=timer.due_at.isoformat())


def event_of_timer(timer: Timer, *, is_last: bool = True) -> Fire:
    """What the engine is told; `is_last`: a repeating one does not wait again."""
    return Fire(timer.engine_task_id, timer.element_id, last=is_last)


def _next(turn: Turn, instance: ProcessInstance, timer: Timer) -> Schedule | None:
    """Only beside an activity that goes on does a cycle come again."""
    element = release_of(turn.session, instance.process_version_id).definition.element(
        timer.process_id, timer.element_id
    )
    if not element.attached_to or element.interrupting:
        return None
    now = Schedule(timer.started_at, timer.due_at, (), timer.interval, timer.repeats_left)
    return following(now, timer.calendar, turn.at)
