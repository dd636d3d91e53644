"""Starts and advances instances. Pure: bytes and values in, bytes and values out; no database, no clock, no network."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.exceptions import SpiffWorkflowException

from casework.engine import observation
from casework.engine.activities import choose_start
from casework.engine.compaction import compact
from casework.engine.evaluation import FEEL
from casework.engine.events import awaited
from casework.engine.happening import happen_to
from casework.engine.moment import Moment
from casework.engine.outcome import outcome
from casework.engine.state import dump, load
from casework.engine.steps import Cause, Stuck
from casework.engine.workflow import TokenWorkflow
from casework.errors import InvalidError
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from casework.engine.definition import Definition
    from casework.engine.evaluation import Evaluator
    from casework.engine.steps import Event, Standing, Step


def start(
    definition: Definition,
    *,
    variables: Mapping[str, Any],
    facts: Mapping[str, Any],
    now: datetime | None,
    start_element: str | None = None,
    evaluator: Evaluator = FEEL,
) -> Step:
    """A new instance, begun at `start_element`, else at the plain start event, else at the only one.

    Raises `Stuck`, and `InvalidError` when the process cannot begin there.
    """
    moment = _moment(definition, variables, facts, now, evaluator)
    with _no_traceback(definition):
        workflow = TokenWorkflow(definition.spec, definition.subprocess_specs, script_engine=moment)
        if not choose_start(workflow, start_element):
            raise InvalidError(message("The process has no start {name}.", name=start_element or ""))
        workflow.settle()
        compact(workflow)
        return replace(outcome(workflow, moment), state=dump(workflow))


def advance(
    definition: Definition,
    state: bytes,
    event: Event,
    *,
    variables: Mapping[str, Any],
    facts: Mapping[str, Any],
    now: datetime | None,
    evaluator: Evaluator = FEEL,
) -> Step:
    """One thing has happened. Raises `NotStandingError`, `Stuck` (the step did not happen), `StateFormatError`."""
    moment = _moment(definition, variables, facts, now, evaluator)
    workflow = load(state, definition.spec, definition.subprocess_specs, moment)
    before = observation.observe(workflow)
    with _no_traceback(definition):
        happen_to(workflow, moment, event)
        workflow.settle()
        compact(workflow)
        return replace(outcome(workflow, moment, before, event), state=dump(workflow))


def standing(definition: Definition, state: bytes) -> tuple[Standing, ...]:
    """All that awaits the outside world now, without evaluated inputs and wait values."""
    return tuple(stands for _, stands in observation.standing_of(_load(definition, state)))


def progress(definition: Definition, state: bytes) -> list[tuple[str, str, tuple[str, ...]]]:
    """Where tokens are: process id, element id and the activities around it. Waiting boundary events hold no token."""
    return observation.progress_of(_load(definition, state))


def due_conditions(
    definition: Definition,
    state: bytes,
    variables: Mapping[str, Any],
    facts: Mapping[str, Any],
    *,
    now: datetime | None = None,
    evaluator: Evaluator = FEEL,
) -> list[tuple[str, str]]:
    """The conditional waits (task id, element id) whose condition is true. Fire one, then ask again."""
    moment = _moment(definition, variables, facts, now, evaluator)
    workflow = load(state, definition.spec, definition.subprocess_specs, moment)
    return [
        (task.id.hex, wait.element.id)
        for task in workflow.event_manager.tasks.values()
        for wait in awaited(task)
        if wait.element.event == "conditional" and moment.evaluate(task, wait.element.expression) is True
    ]


def _moment(
    definition: Definition,
    variables: Mapping[str, Any],
    facts: Mapping[str, Any],
    now: datetime | None,
    evaluator: Evaluator,
) -> Moment:
    return Moment(evaluator=evaluator, tables=definition.tables, variables=variables, facts=facts, now=now)


def _load(definition: Definition, state: bytes) -> TokenWorkflow:
    return load(state, definition.spec, definition.subprocess_specs, _moment(definition, {}, {}, None, FEEL))


@contextmanager
def _no_traceback(definition: Definition) -> Iterator[None]:
    """What the token engine refuses by itself is an incident too, not a bug of the caller."""
    try:
        yield
    except SpiffWorkflowException as error:
        spec = getattr(error, "task_spec", None)
        element = getattr(spec, "element", None)
        raise Stuck(
            message("The process cannot go on here: {detail}", detail=str(error)),
            process_id=element.process_id if element else definition.process_id,
            element_id=element.id if element else "",
            cause=Cause.ENGINE,
        ) from error
