"""An instance while it lives: steps over what is ready, and forgets what is taken out of its tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.util.task import BpmnTaskIterator
from SpiffWorkflow.util.task import TaskIterator, TaskState

from casework.engine.compaction import compact
from casework.engine.steps import Cause
from casework.i18n import message

if TYPE_CHECKING:
    from SpiffWorkflow.task import Task

#: Elements passed without anybody doing anything; more in one step is a circle without a rest.
MOST_AUTOMATIC = 3_000
#: Long automatic stretches are compacted on the way, so that their trees stay flat.
COMPACT_EVERY = 20

# The engine's tree iterators stop silently at depth 1,000: a long-looping case would call itself completed.
TaskIterator.__init__.__defaults__ = (None, 10**9, True, None)
BpmnTaskIterator.__init__.__defaults__ = (None, 10**9, True, False, None)


class TokenWorkflow(BpmnWorkflow):
    """One instance. Not thread-safe; lives for one step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task_removed_event.connect(self._forget)

    def _forget(self, workflow: Any, task: Task) -> None:  # noqa: ARG002  the engine's signature
        """The engine removes the running instances of a cancelled loop without cancelling them: their subprocesses would
        live on and their events be caught.
        """
        self.event_manager.remove_task(task)
        subprocess = self.subprocesses.pop(task.id, None)
        if subprocess is not None:
            subprocess.cancel()
        if task.has_state(TaskState.READY | TaskState.WAITING | TaskState.STARTED):
            task._set_state(TaskState.CANCELLED)

    def settle(self) -> None:
        """Run what no person does, innermost first, until only people, jobs and waits are left."""
        passed = 0
        while ready := self._engine_tasks():
            for task in ready:
                if task.has_state(TaskState.READY) and task.id in task.workflow.tasks:
                    task.run()
                    passed += 1
            if passed > MOST_AUTOMATIC:
                raise self.script_engine.stuck(
                    ready[-1],
                    message("The process goes round in a circle in which nothing waits."),
                    cause=Cause.CIRCLE,
                )
            if passed // COMPACT_EVERY > (passed - len(ready)) // COMPACT_EVERY:
                compact(self)

    def _engine_tasks(self) -> list[Task]:
        scopes = sorted(self.get_active_subprocesses(), key=lambda s: s.depth, reverse=True)
        for workflow in [*scopes, self]:
            ready = [t for t in workflow.tasks.values() if t.has_state(TaskState.READY) and not t.task_spec.manual]
            if ready:
                return ready
        return []

    def all_tasks(self) -> list[Task]:
        """The tasks of the instance, of its subprocesses and of what it calls."""
        return [t for workflow in (self, *self.subprocesses.values()) for t in workflow.tasks.values()]
