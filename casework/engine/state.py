"""What of an instance is kept between two steps: its tokens, without the specs and without the way ahead, as bytes.

Only tasks that stand or wait are written, with the root and the open boundary splits; what the engine predicts from there
is predicted anew on loading. Keep the bytes as bytes. A task is written as
`[id, row of its parent, spec, state, triggered, internal data]`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from casework.engine.workflow import TokenWorkflow
from casework.errors import CaseworkError
from casework.i18n import message
from casework.values import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Raise it when older bytes can no longer be read, and say here what has changed.
FORMAT = 1
PREDICTED = TaskState.PREDICTED_MASK | TaskState.FUTURE


class StateFormatError(CaseworkError):
    """These bytes are not a state of this process, or of another format."""

    code = "state-format"


def dump(workflow: TokenWorkflow) -> bytes:
    """The compacted instance as bytes."""
    state = {
        "format": FORMAT,
        "process": workflow.spec.name,
        "completed": workflow.completed,
        "tasks": _rows(workflow),
        "inside": [
            {"host": host.hex, "completed": inside.completed, "tasks": _rows(inside)}
            for host, inside in workflow.subprocesses.items()
            if not workflow.completed
        ],
    }
    return json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode()


def load(data: bytes, spec: Any, subprocess_specs: Mapping[str, Any], moment: Any) -> TokenWorkflow:
    """The instance again, on any parsed copy of its specs. Refuses foreign bytes (`StateFormatError`)."""
    state = read_state(data, spec)
    workflow = TokenWorkflow(spec, subprocess_specs, script_engine=moment, deserializing=True)
    workflow.completed = state["completed"]
    try:
        _restore(workflow, state["tasks"])
        for inside in state["inside"]:
            _restore_inside(workflow, inside)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise StateFormatError(message("The state does not fit its process: {detail}", detail=str(error))) from error
    for task in workflow.all_tasks():
        if not task.has_state(TaskState.FINISHED_MASK):
            task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)
    return workflow


def read_state(data: bytes, spec: Any) -> dict[str, Any]:
    """What `dump` wrote, if it is of this process."""
    try:
        state = json.loads(data)
    except (ValueError, UnicodeDecodeError) as error:
        raise StateFormatError(message("These bytes are no engine state.")) from error
    if not isinstance(state, dict) or state.get("format") != FORMAT:
        raise StateFormatError(message("These bytes are no engine state of format {format}.", format=FORMAT))
    if state.get("process") != spec.name:
        raise StateFormatError(message("This is a state of the process {other}.", other=str(state.get("process"))))
    return state


def _rows(process: Any) -> list[list[Any]]:
    kept = [process.task_tree] if process.completed else [t for t in process.tasks.values() if not _is_predicted(t)]
    row_of = {task.id: row for row, task in enumerate(kept)}
    return [
        [
            task.id.hex,
            row_of.get(task._parent, -1),
            task.task_spec.name,
            task.state,
            int(task.triggered),
            to_json(task.internal_data),
        ]
        for task in kept
    ]


def _is_predicted(task: Task) -> bool:
    return bool(
        task.has_state(PREDICTED) and task.parent is not None and not task.parent.has_state(TaskState.FINISHED_MASK)
    )


def _restore(process: Any, rows: list[list[Any]]) -> None:
    """1. The tasks, in the order of their making. 2. Who hangs below whom. 3. What waits for an event."""
    tasks = []
    for id_, _, spec_name, state, triggered, internal in rows:  # 1
        task = Task(process, process.spec.task_specs[spec_name], state=state, id=UUID(id_))
        task.triggered, task.internal_data = bool(triggered), from_json(internal)
        tasks.append(task)
    for task, row in zip(tasks, rows, strict=True):  # 2
        if row[1] >= 0:
            task.parent = tasks[row[1]]
            tasks[row[1]]._children.append(task.id)
    process.task_tree = tasks[0]
    for task in tasks:  # 3
        if isinstance(task.task_spec, CatchingEvent) and task.has_state(TaskState.WAITING):
            process.top_workflow.event_manager.add_task(task)


def _restore_inside(workflow: TokenWorkflow, inside: dict[str, Any]) -> None:
    host = workflow.get_task_from_id(UUID(inside["host"]))
    process = BpmnSubWorkflow(workflow.subprocess_specs[host.task_spec.spec], host.id, workflow, deserializing=True)
    process.completed = inside["completed"]
    _restore(process, inside["tasks"])
    workflow.subprocesses[host.id] = process
    process.completed_event.connect(host.task_spec._on_subworkflow_completed, host)
