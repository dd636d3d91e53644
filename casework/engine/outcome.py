"""Sums up a step: what stands now and did not before, what no longer does, what was passed. The bytes are the runner's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from casework.engine.events import awaited
from casework.engine.observation import Observed, standing_of, tokens_of
from casework.engine.steps import Cause, Closed, Fire, Passed, Step, Stuck
from casework.i18n import message

if TYPE_CHECKING:
    from SpiffWorkflow.task import Task

    from casework.engine.moment import Moment
    from casework.engine.steps import Event, How, Standing
    from casework.engine.workflow import TokenWorkflow

NOTHING = Observed({}, {})
#: Tokens that a join took in were neither completed nor cancelled.
JOINS = frozenset({"parallelGateway", "inclusiveGateway"})


def outcome(workflow: TokenWorkflow, moment: Moment, before: Observed = NOTHING, event: Event | None = None) -> Step:
    """The step from `before` to `workflow`, which has settled, still without its bytes. Raises `Stuck` at a standstill."""
    is_completed = bool(workflow.is_completed())
    stands = [] if is_completed else list(standing_of(workflow))
    if not is_completed and not any(standing.kind != "activity" for _, standing in stands):
        raise _standstill(workflow)
    completed = {passed.task_id for passed in moment.passed}
    now_standing = {standing.key for _, standing in stands}
    gone = [standing for key, standing in before.standing.items() if key not in now_standing]
    tokens = set() if is_completed else {task.id.hex for task in tokens_of(workflow)}
    return Step(
        state=b"",
        opened=tuple(opened(moment, task, s) for task, s in stands if s.key not in before.standing),
        closed=tuple(Closed(s.task_id, s.element_id, s.kind, _how(s, completed, event)) for s in gone),
        passed=(*moment.passed, *_cancelled(before, tokens | completed)),
        sent=tuple(moment.sent),
        is_completed=is_completed,
        ended_at=tuple(moment.ended_at),
        decided=tuple(moment.decided),
        weighed=tuple(moment.weighed),
        variables=moment.variables,
    )


def opened(moment: Moment, task: Task, standing: Standing) -> Standing:
    """With the values of what the diagram says in FEEL."""
    element = task.task_spec.element
    if standing.wait is None:
        inputs = moment.values(task, element.inputs) if standing.kind != "activity" else {}
        return replace(standing, inputs=inputs)
    at = next(w.element for w in awaited(task) if w.element.id == standing.element_id)
    pairs = [("value", at.expression)] if at.event == "timer" else []
    pairs += [("start", "=" + at.timer.start.removeprefix("="))] if at.timer.start else []
    pairs += [("correlation", at.correlation)] if at.correlation else []
    return replace(standing, wait=replace(standing.wait, **moment.values(task, pairs)))


def _how(standing: Standing, completed: set[str], event: Event | None) -> How:
    """Of the waits behind one gateway, only the one that was told is completed."""
    if isinstance(event, Fire) and event.task_id == standing.task_id:
        return "completed" if event.element_id == standing.element_id else "cancelled"
    return "completed" if standing.task_id in completed else "cancelled"


def _cancelled(before: Observed, accounted: set[str]) -> list[Passed]:
    return [
        Passed(element.process_id, element.id, type_, how="cancelled", task_id=task_id)
        for task_id, (element, type_) in before.tokens.items()
        if task_id not in accounted and type_ not in JOINS
    ]


def _standstill(workflow: TokenWorkflow) -> Stuck:
    at = [task.task_spec.element for task in tokens_of(workflow)]
    names = ", ".join(sorted({element.name or element.id for element in at}))
    return Stuck(
        message("After this nothing could ever happen again: everything waits at {names}.", names=names),
        process_id=at[0].process_id if at else workflow.spec.name,
        element_id=at[0].id if at else "",
        cause=Cause.STANDSTILL,
    )
