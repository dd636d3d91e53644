"""Local items: the item of a multi-instance, the inputs of a call. They stay with the task that holds them and go when it
goes; whoever stands inside reads them.
"""

from __future__ import annotations

from typing import Any


def local_items(task: Any) -> dict[str, Any]:
    """What `task` sees, through subprocesses and calls; where two have one name the inner one counts."""
    items: dict[str, Any] = dict(task.internal_data.get("items", {}))
    workflow = task.workflow
    while workflow.parent_task_id is not None:
        host = workflow.top_workflow.get_task_from_id(workflow.parent_task_id)
        items = {**host.internal_data.get("items", {}), **items}
        workflow = host.workflow
    return items


def path_of(task: Any) -> tuple[str, ...]:
    """The ids of the activities around `task`, outermost first."""
    path: list[str] = []
    workflow = task.workflow
    while workflow.parent_task_id is not None:
        host = workflow.top_workflow.get_task_from_id(workflow.parent_task_id)
        path.insert(0, host.task_spec.element.id)
        workflow = host.workflow
    return tuple(path)
