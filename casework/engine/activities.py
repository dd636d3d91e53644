"""Tasks and scopes: what people and machines do, what is done at once, and what holds a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from casework.engine.recorded import Recorded

if TYPE_CHECKING:
    from SpiffWorkflow.task import Task


class UserTask(Recorded, defaults.UserTask):
    """Stands until a person completes it. Manual tasks too: somebody must say that it is done."""


class JobTask(Recorded, BpmnSpecMixin):
    """Stands until a machine has done it."""

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.manual = True


class PlainTask(Recorded, BpmnSpecMixin):
    """A task that says nothing of who does it: passed at once."""


class SendTask(Recorded, BpmnSpecMixin):
    """Sends a message at once."""

    def _run_hook(self, my_task: Task) -> bool:
        my_task.workflow.script_engine.send(my_task)
        return True


class ScriptTask(Recorded, BpmnSpecMixin):
    """Assigns variables at once."""

    def _run_hook(self, my_task: Task) -> bool:
        my_task.workflow.script_engine.assign(my_task)
        return True


class DecisionTask(Recorded, BpmnSpecMixin):
    """Asks a decision table at once."""

    def _run_hook(self, my_task: Task) -> bool:
        my_task.workflow.script_engine.decide(my_task)
        return True


class Scope(BpmnTaskSpec):
    """No engine data goes into a subprocess or out of it; its declared inputs are read-only items of those inside."""

    def copy_data(self, my_task: Task, subworkflow: Any) -> None:
        """Called once, before the inside starts."""
        inputs = my_task.workflow.script_engine.values(my_task, self.element.inputs)
        if inputs:
            my_task.internal_data["items"] = {**my_task.internal_data.get("items", {}), **inputs}
        choose_start(subworkflow, None)

    def update_data(self, my_task: Task, subworkflow: Any) -> None:
        """Outputs are written when the activity itself completes."""

    def _on_subworkflow_completed(self, subworkflow: Any, my_task: Task) -> None:
        if not my_task.has_state(TaskState.FINISHED_MASK):
            super()._on_subworkflow_completed(subworkflow, my_task)


class SubProcess(Recorded, Scope, defaults.SubWorkflowTask):
    """An embedded subprocess."""


class CallActivity(Recorded, Scope, defaults.CallActivity):
    """A process of its own."""


def choose_start(workflow: Any, start_element: str | None) -> bool:
    """Leave only the start event to begin with: the one named, else the plain one, else the only one. False: no such one."""
    starts = [t for t in workflow.task_tree.children if t.task_spec.element is not None]
    if start_element is None:
        fitting = [t for t in starts if not t.task_spec.element.event] or (starts if len(starts) == 1 else [])
    else:
        fitting = [t for t in starts if t.task_spec.element.id == start_element]
    for task in starts:
        if task not in fitting[:1]:
            workflow._remove_task(task.id)
    return bool(fitting)
