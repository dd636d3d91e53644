"""What an instance that is moved waits for: subscriptions and jobs go along, what the new version adds is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import values
from casework.engine.moving import CannotMoveError
from casework.errors import CaseworkError
from casework.model import Job, Subscription, Timer
from casework.operations.moving_instances.beginnings import begun_at
from casework.operations.moving_instances.timers import schedule_since
from casework.operations.turns.expressions import value_of
from casework.operations.turns.openings import Opening, rows_of

if TYPE_CHECKING:
    from datetime import datetime

    from casework.engine import Element, Standing
    from casework.engine.moving import Kept
    from casework.operations.moving_instances.plan import Moving
    from casework.operations.turns.timers import Schedule


def keep_subscription(moving: Moving, row: Subscription, kept: Kept) -> None:
    """It waits on, with what it was correlated by unless the new version correlates by something else."""
    old, new = moving.old_element(kept.old), moving.new_element(kept.new)
    row.process_id, row.element_id = new.process_id, new.id
    row.name = new.event_name or new.expression
    if old.correlation != new.correlation:
        row.correlation = _correlation(moving, new, kept.new)


def _correlation(moving: Moving, element: Element, standing: Standing) -> str:
    try:
        value = value_of(element.correlation, moving.context(standing))
    except CaseworkError as error:
        raise CannotMoveError([error.message]) from error
    return "" if value is None else str(values.to_json(value))


def keep_job(row: Job, kept: Kept) -> None:
    """It was asked for already, so its inputs stay; whoever has it in hand finishes it."""
    row.process_id, row.element_id = kept.new.process_id, kept.new.element_id


def open_wait(moving: Moving, standing: Standing) -> None:
    """A wait that the new version adds: beside an activity that runs, or behind a gateway that waits."""
    turn, release = moving.turn, moving.plan.new
    element = moving.new_element(standing)
    variables = moving.instance.variables
    carried: dict[str, Schedule] = {}
    if element.event == "timer":
        since = _since(moving, standing)
        carried[element.id] = schedule_since(moving, element, since, moving.context(standing))
    ending = turn.endings[moving.instance.id]
    for table, row in rows_of(Opening(turn, moving.instance, release, standing, element, variables, ending, carried)):
        turn.add(table, row)
        if table is Timer and row["due_at"] <= moving.at:
            turn.session.info["wakes"] = True


def _since(moving: Moving, standing: Standing) -> datetime:
    """When the activity beside which it waits began, or the gateway behind which it waits."""
    host = moving.moved.hosts.get(standing.task_id)
    if host is not None:
        attached = moving.new_element(standing).attached_to
        activity = moving.plan.new.definition.element(standing.process_id, attached)
        return begun_at(moving, host, moving.was(standing, attached), activity)
    return min(
        row.started_at if isinstance(row, Timer) else row.created_at
        for (task_id, _), row in moving.rows.items()
        if task_id == standing.task_id
    )


def close_waits(moving: Moving) -> None:
    """What the new version does not wait for; what was stuck there is no longer wanted."""
    for standing in moving.moved.closed:
        row: Any = moving.rows.get((standing.task_id, standing.element_id))
        if isinstance(row, Timer | Subscription):
            row.cancel(moving.at)
        if standing.kind == "wait":
            moving.turn.fallen_away.add(standing.task_id)
