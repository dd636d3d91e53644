"""Mixed into every spec that stands in a diagram: what is passed is told to the moment, in the order of happening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec

if TYPE_CHECKING:
    from SpiffWorkflow.task import Task

    from casework.engine.elements import Element


class Recorded(BpmnTaskSpec):
    """`element` is what the diagram says of it; set once when the process has been parsed."""

    element: Element

    def _on_complete_hook(self, my_task: Task) -> None:
        my_task.workflow.script_engine.record(my_task)
        super()._on_complete_hook(my_task)
