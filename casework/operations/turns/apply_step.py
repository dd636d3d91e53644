"""Turns what a step of the engine produced into rows: first everything is worked out, then everything is noted down.

Working it out may find that the instance cannot go on (`Stuck`: a deadline without a duration); nothing has happened then.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casework import values
from casework.identifiers import new_id
from casework.model import (
    Deadline,
    Job,
    JobState,
    MessageState,
    Passage,
    ProcessMessage,
    Subscription,
    SubscriptionState,
    Timer,
    TimerState,
    UserTask,
)
from casework.operations.turns.deadlines import deadline_row
from casework.operations.turns.deliveries import Delivery
from casework.operations.turns.expressions import as_expression
from casework.operations.turns.timers import Schedule, schedule_of
from casework.operations.turns.traits import traits_of
from casework.operations.turns.units import unit_of
from casework.operations.turns.user_tasks import task_row
from casework.released import release_of

if TYPE_CHECKING:
    from casework.database import Base
    from casework.engine import Element, Sent, Standing, Step
    from casework.model import ProcessInstance
    from casework.operations.turns.turn import Row, Turn
    from casework.released import Release


@dataclass
class Opening:
    """One thing that a step has opened, with what is needed to make its rows."""

    turn: Turn
    instance: ProcessInstance
    release: Release
    standing: Standing
    element: Element
    variables: dict[str, Any]
    #: A repeating timer goes on by this schedule instead of beginning anew.
    carried: dict[str, Schedule] = field(default_factory=dict)

    @property
    def words(self) -> Row:
        """The columns that all rows of an instance have."""
        return {"case_id": self.turn.case.id, "instance_id": self.instance.id}

    @property
    def place(self) -> Row:
        """Where in the diagram, and by which id the engine knows it."""
        stands = self.standing
        return {"engine_task_id": stands.task_id, "process_id": stands.process_id, "element_id": stands.element_id}

    @property
    def context(self) -> dict[str, Any]:
        """What FEEL may read here."""
        return {**self.turn.facts, **self.variables, **self.standing.items, "now": self.turn.at}


def apply_step(
    turn: Turn,
    instance: ProcessInstance,
    release: Release,
    step: Step,
    *,
    carried: dict[str, Schedule] | None = None,
) -> None:
    """Note all of a step down in the turn. Raises `Stuck` before anything is noted."""
    planned = [
        planned
        for standing in step.opened
        for planned in _rows(
            Opening(
                turn,
                instance,
                release,
                standing,
                release.definition.element(standing.process_id, standing.element_id),
                step.variables,
                carried or {},
            )
        )
    ]
    _close(turn, instance, release, step)
    for table, row in planned:
        turn.add(table, row)
    _move_on(turn, instance, step)
    for sent in step.sent:
        _send(turn, release, sent)


def note_completion(turn: Turn, instance: ProcessInstance, task: UserTask) -> None:
    """What ends with a user task because a person has done it, whatever the engine makes of it."""
    traits, endings = traits_of(release_of(turn.session, instance.process_version_id)), turn.endings[instance.id]
    if task.element_id in traits.with_deadline:
        endings.met.add(task.engine_task_id)
    endings.passed |= {(task.process_id, task.element_id)} & traits.ends_deadline


def _rows(opening: Opening) -> list[tuple[type[Base], Row]]:
    match opening.standing.kind:
        case "user_task":
            unit = unit_of(opening.turn.session, opening.turn.case, opening.element.lane)
            deadlines = _deadline_rows(opening, unit)
            task = task_row(opening, unit, deadlines)
            return [*((Deadline, row) for row in deadlines), (UserTask, task)]
        case "activity":
            unit = unit_of(opening.turn.session, opening.turn.case, opening.element.lane)
            return [(Deadline, row) for row in _deadline_rows(opening, unit)]
        case "job":
            return [(Job, _job_row(opening))]
    return [_wait_row(opening)]


def _deadline_rows(opening: Opening, unit_id: str) -> list[Row]:
    element = opening.element
    return [
        deadline_row(
            rule,
            opening.context,
            at=opening.turn.at,
            process_id=element.process_id,
            element_id=element.id,
            engine_task_id=opening.standing.task_id,
            name=element.name or element.id,
            name_en=element.name_en or element.name or element.id,
            unit_id=unit_id,
            **opening.words,
        )
        for rule in element.deadlines
    ]


def _job_row(opening: Opening) -> Row:
    at = opening.turn.at
    return {
        "id": new_id(),
        **opening.words,
        **opening.place,
        "topic": opening.element.topic,
        "inputs": dict(opening.standing.inputs),
        "dedupe_key": f"{opening.instance.id}:{opening.standing.task_id}",
        "state": JobState.READY,
        "attempts": 0,
        "next_at": at,
        "lease": None,
        "error": None,
        "created_at": at,
        "ended_at": None,
    }


def _wait_row(opening: Opening) -> tuple[type[Base], Row]:
    wait = opening.standing.wait
    if wait is None:
        raise ValueError(opening.standing.element_id)
    if wait.kind in ("timeDate", "timeDuration", "timeCycle"):
        return Timer, _timer_row(opening)
    return Subscription, {
        "id": new_id(),
        **opening.words,
        **opening.place,
        "kind": wait.kind,
        "name": wait.name or wait.expression,
        "correlation": "" if wait.correlation is None else str(values.to_json(wait.correlation)),
        "state": SubscriptionState.WAITING,
        "created_at": opening.turn.at,
        "ended_at": None,
    }


def _timer_row(opening: Opening) -> Row:
    standing, element = opening.standing, opening.element
    schedule = opening.carried.get(standing.element_id) or schedule_of(standing, opening.turn.at)
    return {
        "id": new_id(),
        **opening.words,
        **opening.place,
        "kind": element.timer_kind,
        **schedule.columns(),
        "expression": element.expression,
        "start_expression": as_expression(element.timer.start) or None,
        "calendar": element.timer.calendar,
        "state": TimerState.WAITING,
        "ended_at": None,
    }


def _close(turn: Turn, instance: ProcessInstance, release: Release, step: Step) -> None:
    """What no longer stands; who completed it has said so already, so only what was cancelled is noted here."""
    traits, endings = traits_of(release), turn.endings[instance.id]
    gone = [closed for closed in step.closed if closed.how == "cancelled"]
    for table, kind in ((UserTask, "user_task"), (Job, "job")):
        turn.cancel(table, [closed.task_id for closed in gone if closed.kind == kind])
    waits = [closed for closed in gone if closed.kind == "wait"]
    turn.cancel(Timer, [closed.task_id for closed in waits if closed.element_id in traits.timers])
    turn.cancel(Subscription, [closed.task_id for closed in waits if closed.element_id not in traits.timers])
    turn.fallen_away |= {closed.task_id for closed in gone if closed.kind in ("user_task", "job")}
    for closed in step.closed:
        if closed.kind in ("user_task", "activity") and closed.element_id in traits.with_deadline:
            (endings.met if closed.how == "completed" else endings.withdrawn).add(closed.task_id)
    endings.passed |= {
        (passed.process_id, passed.element_id)
        for passed in step.passed
        if passed.how == "completed" and (passed.process_id, passed.element_id) in traits.ends_deadline
    }
    endings.is_over |= step.is_completed and (traits.has_process_deadlines or bool(traits.with_deadline))


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


def _send(turn: Turn, release: Release, sent: Sent) -> None:
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
        "state": MessageState.KEPT,
        "received_at": turn.at,
        "delivered_at": None,
        "instance_id": None,
        "reason": None,
    }
    turn.add(ProcessMessage, row)
    turn.deliveries.append(Delivery("message", sent.name, row["payload"], row=row))
