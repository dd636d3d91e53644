"""Takes out of an instance's trees what nothing can look at again. Use after each step, before `state.dump`.

Our joins hold their tokens as unfinished tasks, so of all that is finished only the root is still needed, and the split of
each activity whose boundary events still wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.util.task import TaskState

if TYPE_CHECKING:
    from uuid import UUID

    from SpiffWorkflow.task import Task


def compact(workflow: Any) -> None:
    """Flatten the instance.

    1. Drop the subprocesses that are over, or whose activity is.
    2. In each process that is left: keep the root, all that is unfinished, and every open split with what belongs to it.
    3. Drop what a fired boundary event leaves beside its host, and joins of splits that are closed.
    4. Hang each kept task whose parent is gone directly below the root. Nowhere else: below a split it would pass for the host.
    """
    for task_id, subprocess in list(workflow.subprocesses.items()):  # 1
        if subprocess.completed or not _activity_runs(workflow, task_id):
            del workflow.subprocesses[task_id]
    for process in [workflow, *workflow.subprocesses.values()]:
        if not process.completed:
            _compact_tree(process)


def _activity_runs(workflow: Any, task_id: UUID) -> bool:
    for process in [workflow, *workflow.subprocesses.values()]:
        if task_id in process.tasks:
            return not process.tasks[task_id].has_state(TaskState.FINISHED_MASK)
    return False


def _compact_tree(process: Any) -> None:
    tasks, root = process.tasks, process.task_tree
    bound = _open_splits(process)
    keep = {t.id for t in tasks.values() if not t.has_state(TaskState.FINISHED_MASK)} | bound | {root.id}  # 2
    keep -= _spent(process, bound)  # 3
    free = [t for t in tasks.values() if t.id in keep and t is not root and not _stays_below(t, keep, bound)]  # 4
    moved = {task.id for task in free}
    for task_id in [i for i in tasks if i not in keep]:
        del tasks[task_id]
    for task in tasks.values():
        task._children = [child for child in task._children if child in keep and child not in moved]
    for task in free:
        task.parent = root
    root._children.extend(task.id for task in free)
    if process.last_task is not None and process.last_task.id not in tasks:
        process.last_task = None


def _open_splits(process: Any) -> set[UUID]:
    """The splits whose host still runs (their join has not completed), their children, and the joins below those."""
    bound: set[UUID] = set()
    for task in process.tasks.values():
        if isinstance(task.task_spec, BoundaryEventSplit) and task.has_state(TaskState.FINISHED_MASK):
            joins = [j for c in task.children for j in c.children if isinstance(j.task_spec, BoundaryEventJoin)]
            still_open = any(not j.has_state(TaskState.FINISHED_MASK) for j in joins)
            if still_open and not any(j.has_state(TaskState.COMPLETED) for j in joins):
                bound |= {task.id, *task._children, *(j.id for j in joins)}
    return bound


def _spent(process: Any, bound: set[UUID]) -> set[UUID]:
    """Boundary events that have fired without interrupting, with the join that waits below each: the host has its own. The
    joins of a split that is closed are spent as well.
    """
    spent: set[UUID] = set()
    for task in process.tasks.values():
        if isinstance(task.task_spec, BoundaryEventJoin) and task.has_state(TaskState.WAITING):
            event = task.parent
            if task.id not in bound:
                spent.add(task.id)
            elif isinstance(event.task_spec, BoundaryEvent) and event.has_state(TaskState.FINISHED_MASK):
                spent |= {task.id, event.id}
    return spent


def _stays_below(task: Task, keep: set[UUID], bound: set[UUID]) -> bool:
    """Below an unfinished parent, or at its place in an open split."""
    parent = task.parent
    if parent is None or parent.id not in keep:
        return False
    if not parent.has_state(TaskState.FINISHED_MASK):
        return True
    return parent.id in bound and task.id in bound
