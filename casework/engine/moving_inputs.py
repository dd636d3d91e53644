"""What activities that run have been given (`sag:input`): worked out when they began, and read by whoever stands inside.

A value that was worked out stays. An input that the new version adds is worked out now; one that it does not have is laid by,
for the way back, so that it does not hide a variable of the same name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.util.task import TaskState

from casework.engine.activities import Scope

if TYPE_CHECKING:
    from SpiffWorkflow.task import Task

    from casework.engine.moment import Moment
    from casework.engine.workflow import TokenWorkflow

#: In the internal data of an activity.
LAID_BY = "laid_by"


def move_inputs(before: TokenWorkflow, after: TokenWorkflow, moment: Moment) -> None:
    """Set the items of the activities that run in `after`. Raises `Stuck` when one cannot be worked out."""
    for task in after.all_tasks():
        if isinstance(task.task_spec, Scope) and task.has_state(TaskState.STARTED):
            _move(task, _known(before, task), moment)


def _known(before: TokenWorkflow, task: Task) -> dict[str, str]:
    """The inputs that it had; of an activity that is drawn around what stands, those that are remembered of it."""
    was = next((one for one in before.all_tasks() if one.id == task.id), None)
    return (
        dict(was.task_spec.element.inputs)
        if was is not None
        else dict.fromkeys(task.internal_data.get("items", {}), "")
    )


def _move(task: Task, old: dict[str, str], moment: Moment) -> None:
    new = dict(task.task_spec.element.inputs)
    if new.keys() == old.keys():
        return
    data = task.internal_data
    laid_by: dict[str, Any] = {**data.get(LAID_BY, {}), **_taken(data, old.keys() - new.keys())}
    known = {name: laid_by.pop(name) for name in sorted(new.keys() - old.keys()) if name in laid_by}
    wanted = [(name, text) for name, text in new.items() if name not in old and name not in known]
    data["items"] = {**data.get("items", {}), **known, **moment.values(task, wanted)}
    if laid_by:
        data[LAID_BY] = laid_by
    else:
        data.pop(LAID_BY, None)


def _taken(data: dict[str, Any], names: set[str]) -> dict[str, Any]:
    items = data.get("items", {})
    return {name: items.pop(name) for name in sorted(names) if name in items}
