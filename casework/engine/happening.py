"""One event of the outside world happens to an instance: a completed task, a finished job, a wait whose moment has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.util.task import TaskState

from casework.engine.activities import JobTask, UserTask
from casework.engine.beginning import begin_branch
from casework.engine.events import BoundaryEvent, Thrown, awaited, catch_at, happen, throw_outward
from casework.engine.setting import set_to
from casework.engine.steps import Begin, Complete, Event, Fire, JobDone, NotStandingError, SetTo, Throw
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from SpiffWorkflow.task import Task

    from casework.engine.moment import Moment
    from casework.engine.workflow import TokenWorkflow

#: Waits that happen once, though their host goes on: a moment passes once, and a condition that held still holds.
ONE_SHOT = frozenset({"timeDate", "timeDuration", ""})


def happen_to(workflow: TokenWorkflow, moment: Moment, event: Event) -> None:
    """Apply `event`; what follows by itself comes later. Raises `NotStandingError` when its task or wait no longer stands."""
    match event:
        case Complete(task_id, results):
            task = _task(workflow, task_id, UserTask)
            moment.variables.update(results)
            _finish(task, moment, results)
        case JobDone(task_id, result):
            _finish(_task(workflow, task_id, JobTask), moment, result)
        case Fire():
            _fire(workflow, moment, event)
        case Throw(task_id, code):
            task = _task(workflow, task_id, (JobTask, UserTask))
            thrown = Thrown("error", code)
            if not catch_at(task, thrown):
                throw_outward(task, thrown)
        case SetTo(at, after, results):
            moment.variables.update(results)
            set_to(workflow, at, after=after)
        case Begin(branches):
            for branch in branches:
                begin_branch(workflow, moment, branch)


def _finish(task: Task, moment: Moment, result: Mapping[str, Any]) -> None:
    moment.results[task.task_spec.element.key] = result
    task.run()


def _fire(workflow: TokenWorkflow, moment: Moment, event: Fire) -> None:
    """Tell one wait that its moment has come.

    1. The wait must still stand.
    2. A non-interrupting boundary event first sets a fresh wait beside itself, unless this was its last time or it happens
       only once.
    3. The wait is over; its outputs may read the payload.
    """
    task = workflow.event_manager.tasks.get(_uuid(event.task_id))
    wait = next((w for w in awaited(task) if w.element.id == event.element_id), None) if task else None
    if task is None or wait is None or not task.has_state(TaskState.WAITING):
        raise _gone()
    beside = isinstance(task.task_spec, BoundaryEvent) and not task.task_spec.cancel_activity
    once = wait.element.event in ("timer", "conditional") and wait.element.timer_kind in ONE_SHOT
    moment.results[wait.element.key] = event.payload
    happen(task, BpmnEvent(wait), again=beside and not once and not event.last)


def _task(workflow: TokenWorkflow, task_id: str, kinds: Any) -> Task:
    wanted = _uuid(task_id)
    for process in (workflow, *workflow.subprocesses.values()):
        task = process.tasks.get(wanted)
        if task is not None and isinstance(task.task_spec, kinds) and task.has_state(TaskState.READY):
            return task
    raise _gone()


def _uuid(task_id: str) -> UUID | None:
    try:
        return UUID(task_id)
    except ValueError:
        return None


def _gone() -> NotStandingError:
    return NotStandingError(message("It no longer stands: it has been completed, or the process no longer needs it."))
