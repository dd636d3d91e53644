"""The rows of what a step has opened: user tasks, jobs, timers, subscriptions, and the deadlines of tasks and activities."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casework import values
from casework.identifiers import new_id
from casework.model import (
    Deadline,
    Job,
    JobState,
    Subscription,
    SubscriptionState,
    Timer,
    TimerState,
    UserTask,
)
from casework.operations.turns.deadlines import deadline_row
from casework.operations.turns.expressions import as_expression
from casework.operations.turns.timers import Schedule, schedule_of
from casework.operations.turns.units import unit_of
from casework.operations.turns.user_tasks import task_row

if TYPE_CHECKING:
    from casework.database import Base
    from casework.engine import Element, Standing
    from casework.model import ProcessInstance
    from casework.operations.turns.endings import Endings
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
    #: What has ended in this turn, this step included.
    endings: Endings
    #: A repeating timer goes on by this schedule instead of beginning anew.
    carried: dict[str, Schedule] = field(default_factory=dict)
    #: Deadlines that the same step has opened before it.
    beside: list[Row] = field(default_factory=list)

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


def rows_of(opening: Opening) -> list[tuple[type[Base], Row]]:
    """Table and row, in the order in which they refer to each other. Raises `Stuck`."""
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
