"""Looks at an instance between two steps: what stands, and where tokens are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from SpiffWorkflow.util.task import TaskState

from casework.engine.activities import JobTask, Scope, UserTask
from casework.engine.events import BoundaryEvent, awaited
from casework.engine.items import local_items, path_of
from casework.engine.loops import Instances
from casework.engine.steps import Kind, Standing, Wait

if TYPE_CHECKING:
    from collections.abc import Iterator

    from SpiffWorkflow.task import Task

    from casework.engine.elements import Element
    from casework.engine.workflow import TokenWorkflow


@dataclass(frozen=True)
class Observed:
    """What stood, by its key, and which element each token was at (a looping activity beside its instances)."""

    standing: dict[tuple[str, str], Standing]
    tokens: dict[str, tuple[Element, str]]  #: task id to element and type in history


def observe(workflow: TokenWorkflow) -> Observed:
    """Remember it before a step."""
    return Observed(
        standing={standing.key: standing for _, standing in standing_of(workflow)},
        tokens={t.id.hex: (t.task_spec.element, history_type(t)) for t in tokens_of(workflow)},
    )


def standing_of(workflow: TokenWorkflow) -> Iterator[tuple[Task, Standing]]:
    """What awaits the outside world, with the task that holds it."""
    for task in workflow.all_tasks():
        if task.has_state(TaskState.READY) and isinstance(task.task_spec, UserTask):
            yield task, _standing(task, "user_task")
        elif task.has_state(TaskState.READY) and isinstance(task.task_spec, JobTask):
            yield task, _standing(task, "job")
        elif task.has_state(TaskState.STARTED) and _has_own_deadline(task):
            yield task, _standing(task, "activity")
    for task in workflow.event_manager.tasks.values():
        if task.has_state(TaskState.WAITING):
            for wait in awaited(task):
                yield task, _standing(task, "wait", wait.element)


def tokens_of(workflow: TokenWorkflow) -> Iterator[Task]:
    """The tasks that hold a token at an element of the diagram. Boundary events wait without one."""
    for task in workflow.all_tasks():
        held = task.has_state(TaskState.READY | TaskState.WAITING | TaskState.STARTED)
        if held and task.task_spec.element is not None and not isinstance(task.task_spec, BoundaryEvent):
            yield task


def progress_of(workflow: TokenWorkflow) -> list[tuple[str, str, tuple[str, ...]]]:
    """Process id, element id and the activities around it, of each token; a looping activity is told by its instances."""
    return [
        (task.task_spec.element.process_id, task.task_spec.element.id, path_of(task))
        for task in tokens_of(workflow)
        if not isinstance(task.task_spec, Instances)
    ]


def history_type(task: Task) -> str:
    """The BPMN tag; `loop` for a looping activity as a whole."""
    return "loop" if isinstance(task.task_spec, Instances) else task.task_spec.element.type


def _has_own_deadline(task: Task) -> bool:
    """Subprocesses and calls with a deadline; of those that loop, the loop as a whole. Tasks that loop have it in each
    instance, where a person sees it.
    """
    element = task.task_spec.element
    if element is None or not element.deadlines or element.type not in ("subProcess", "callActivity"):
        return False
    return isinstance(task.task_spec, Instances) or (isinstance(task.task_spec, Scope) and element.loop is None)


def _standing(task: Task, kind: Kind, element: Element | None = None) -> Standing:
    at = element or task.task_spec.element
    return Standing(
        kind=kind,
        task_id=task.id.hex,
        process_id=at.process_id,
        element_id=at.id,
        path=path_of(task),
        items=local_items(task),
        wait=_wait(at) if kind == "wait" else None,
    )


def _wait(element: Element) -> Wait:
    return Wait(
        kind=element.timer_kind or element.event,
        expression=element.expression,
        name=element.event_name,
        interrupting=element.interrupting,
        attached_to=element.attached_to,
        calendar=element.timer.calendar,
    )
