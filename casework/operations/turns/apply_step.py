"""Turns what a step of the engine produced into rows: first everything is worked out, then everything is noted down.

Working it out may find that the instance cannot go on (`Stuck`: a deadline without a duration); nothing has happened then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.identifiers import new_id
from casework.model import (
    Deadline,
    Job,
    MessageState,
    Passage,
    ProcessMessage,
    Subscription,
    Timer,
    UserTask,
)
from casework.operations.turns.deliveries import Delivery
from casework.operations.turns.endings import Endings
from casework.operations.turns.openings import Opening, rows_of
from casework.operations.turns.outbound import send_outside
from casework.operations.turns.traits import traits_of
from casework.operations.turns.watching import seen
from casework.released import release_of

if TYPE_CHECKING:
    from casework.database import Base
    from casework.engine import Sent, Step
    from casework.model import ProcessInstance
    from casework.operations.turns.timers import Schedule
    from casework.operations.turns.turn import Row, Turn
    from casework.released import Release


def apply_step(
    turn: Turn,
    instance: ProcessInstance,
    release: Release,
    step: Step,
    *,
    carried: dict[str, Schedule] | None = None,
) -> None:
    """Note all of a step down in the turn. Raises `Stuck` before anything is noted."""
    endings = turn.endings[instance.id] | _endings(release, step)
    planned: list[tuple[type[Base], Row]] = []
    # Activities first: tasks inside show their deadlines.
    for standing in sorted(step.opened, key=lambda one: one.kind != "activity"):
        element = release.definition.element(standing.process_id, standing.element_id)
        beside = [row for table, row in planned if table is Deadline]
        opening = Opening(turn, instance, release, standing, element, step.variables, endings, carried or {}, beside)
        planned += rows_of(opening)
    turn.endings[instance.id] = endings
    _close(turn, release, step)
    for table, row in planned:
        turn.add(table, row)
    _move_on(turn, instance, step)
    for sent in step.sent:
        _send(turn, instance, release, sent)
    seen(instance, step)


def note_completion(turn: Turn, instance: ProcessInstance, task: UserTask) -> None:
    """What ends with a user task because a person has done it, whatever the engine makes of it."""
    traits, endings = traits_of(release_of(turn.session, instance.process_version_id)), turn.endings[instance.id]
    if task.element_id in traits.with_deadline:
        endings.met.add(task.engine_task_id)
    endings.passed |= {(task.process_id, task.element_id)} & traits.ends_deadline


def _endings(release: Release, step: Step) -> Endings:
    traits, endings = traits_of(release), Endings()
    for closed in step.closed:
        if closed.kind in ("user_task", "activity") and closed.element_id in traits.with_deadline:
            (endings.met if closed.how == "completed" else endings.withdrawn).add(closed.task_id)
    completed = {(passed.process_id, passed.element_id) for passed in step.passed if passed.how == "completed"}
    endings.passed = completed & traits.ends_deadline
    endings.is_over = step.is_completed and (traits.has_process_deadlines or bool(traits.with_deadline))
    return endings


def _close(turn: Turn, release: Release, step: Step) -> None:
    """What no longer stands; who completed it has said so already, so only what was cancelled is noted here."""
    timers = traits_of(release).timers
    gone = [closed for closed in step.closed if closed.how == "cancelled"]
    for table, kind in ((UserTask, "user_task"), (Job, "job")):
        turn.cancel(table, [closed.task_id for closed in gone if closed.kind == kind])
    waits = [closed for closed in gone if closed.kind == "wait"]
    turn.cancel(Timer, [closed.task_id for closed in waits if closed.element_id in timers])
    turn.cancel(Subscription, [closed.task_id for closed in waits if closed.element_id not in timers])
    turn.fallen_away |= {closed.task_id for closed in gone if closed.kind in ("user_task", "job")}


def _move_on(turn: Turn, instance: ProcessInstance, step: Step) -> None:
    before = instance.variables
    changed = {name for name, value in step.variables.items() if name not in before or before[name] != value}
    turn.changed_variables[instance.id] |= changed | (before.keys() - step.variables.keys())
    instance.engine_state, instance.variables = step.state, step.variables
    instance.version += 1
    for passed in step.passed:
        turn.add(
            Passage,
            {
                "id": new_id(),
                "instance_id": instance.id,
                "process_id": passed.process_id,
                "element_id": passed.element_id,
                "element_type": passed.type,
                "how": passed.how,
                "at": turn.at,
                "step": instance.version,
            },
        )
    if step.is_completed:
        instance.finish(turn.at, step.ended_at[-1] if step.ended_at else None)
        turn.finished.add(instance.id)
        turn.record("process_completed", instance, outcome=instance.outcome)


def _send(turn: Turn, instance: ProcessInstance, release: Release, sent: Sent) -> None:
    element = release.definition.element(sent.process_id, sent.element_id)
    if element.event == "signal":
        turn.deliveries.append(Delivery("signal", sent.name, dict(sent.payload)))
        return
    row: Row = {
        "id": new_id(),
        "case_id": turn.case.id,
        "name": sent.name,
        "correlation": "",
        "payload": dict(sent.payload),
        "sender": release.name,
        "dedupe_key": None,
        "state": MessageState.SENT if element.outward else MessageState.KEPT,
        "received_at": turn.at,
        "delivered_at": None,
        "instance_id": None,
        "reason": None,
    }
    turn.add(ProcessMessage, row)
    send_outside(turn, instance, row, element.id, element.process_id)
    if not element.outward:
        turn.deliveries.append(Delivery("message", sent.name, row["payload"], row=row))
