"""Looping activities: multi-instance (parallel, sequential) and standard loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.util.task import TaskState

from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from SpiffWorkflow.task import Task

    from casework.engine.elements import Element, Loop

#: More instances than a municipality has children in one family, by far; a stop for a wrong expression.
MOST_INSTANCES = 500


class Instances(LoopTask):
    """Starts instances of one activity and counts them. The item of an instance stays with its task and goes when it goes;
    whoever stands inside reads it with `local_items`.
    """

    element: Element
    task_spec: str

    @property
    def loop(self) -> Loop:
        """What the diagram says of the loop; only elements with one are parsed into this."""
        assert self.element.loop is not None  # noqa: S101  the parser's promise, for the type checker
        return self.element.loop

    def watch_instances(self) -> None:
        """Hear of each completed instance. The engine connects only when it creates an instance, so a process that loads a
        running one after a restart would never hear of its end; we do it once for each parsed spec.
        """
        completed = self._wf_spec.task_specs[self.task_spec].completed_event
        if not (completed.hard_subscribers and completed.is_connected(self.merge_child)):
            completed.connect(self.merge_child)

    def merge_child(self, workflow: Any, child: Task) -> None:  # noqa: ARG002  called by the engine's event
        """One instance is over: start the next, or complete."""
        my_task = child.parent
        my_task.internal_data["completed"] += 1
        if self._is_over(my_task, child):
            self._complete(my_task)
        else:
            self._start_some(my_task)

    def _is_over(self, my_task: Task, child: Task) -> bool:
        raise NotImplementedError

    def _start_some(self, my_task: Task) -> None:
        raise NotImplementedError

    def _open(self, my_task: Task) -> None:
        BpmnTaskSpec._update_hook(self, my_task)
        my_task.internal_data.update(started=0, completed=0)

    def _start(self, my_task: Task, **items: Any) -> None:
        child = my_task._add_child(my_task.workflow.spec.task_specs[self.task_spec], TaskState.WAITING)
        child.triggered = True
        child.internal_data.update(instance=my_task.internal_data["started"], items=items)
        my_task.internal_data["started"] += 1
        child.task_spec._update(child)

    def _complete(self, my_task: Task) -> None:
        for child in self._instances(my_task):
            if not child.has_state(TaskState.FINISHED_MASK):
                child.cancel()
        my_task._set_state(TaskState.READY)

    def _on_complete_hook(self, my_task: Task) -> None:
        my_task.workflow.script_engine.record_loop(my_task)
        super()._on_complete_hook(my_task)


class MultiInstance(Instances):
    """Over a number or a collection, which is read once, when the activity starts."""

    def _update_hook(self, my_task: Task) -> bool:
        self._open(my_task)
        items = self._items(my_task)
        my_task.internal_data.update(total=len(items), left=items)
        if not items:
            return True
        my_task._set_state(TaskState.STARTED)
        self._start_some(my_task)
        return False

    def _items(self, my_task: Task) -> list[Any]:
        moment = my_task.workflow.script_engine
        text = self.loop.collection or self.loop.cardinality
        value = moment.evaluate(my_task, text)
        if self.loop.collection and isinstance(value, list | tuple):
            items: Iterable[Any] = value
        elif not self.loop.collection and _is_whole(value):
            items = range(min(int(value), MOST_INSTANCES + 1))
        else:
            raise moment.stuck(my_task, message("The repetition needs a list or a whole number."), [text])
        found = list(items)
        if len(found) > MOST_INSTANCES:
            raise moment.stuck(my_task, message("More than {most} repetitions.", most=MOST_INSTANCES), [text])
        return found

    def _start_next(self, my_task: Task) -> None:
        item, *my_task.internal_data["left"] = my_task.internal_data["left"]
        self._start(my_task, **({self.loop.item: item} if self.loop.item else {}))

    def _is_over(self, my_task: Task, child: Task) -> bool:
        text = self.loop.completion
        if text and my_task.workflow.script_engine.evaluate(child, text) is True:
            return True
        return bool(my_task.internal_data["completed"] == my_task.internal_data["total"])


class ParallelMultiInstance(MultiInstance, defaults.ParallelMultiInstanceTask):
    """All instances at once."""

    def _start_some(self, my_task: Task) -> None:
        while my_task.internal_data["left"]:
            self._start_next(my_task)


class SequentialMultiInstance(MultiInstance, defaults.SequentialMultiInstanceTask):
    """One instance after the other."""

    def _start_some(self, my_task: Task) -> None:
        self._start_next(my_task)


class StandardLoop(Instances, defaults.StandardLoopTask):
    """Again while the condition holds, at most `maximum` times."""

    def _update_hook(self, my_task: Task) -> bool:
        self._open(my_task)
        if self.loop.test_before and not self._again(my_task):
            return True
        my_task._set_state(TaskState.STARTED)
        self._start_some(my_task)
        return False

    def _start_some(self, my_task: Task) -> None:
        self._start(my_task)

    def _is_over(self, my_task: Task, child: Task) -> bool:  # noqa: ARG002  the multi-instance needs it
        return not self._again(my_task)

    def _again(self, my_task: Task) -> bool:
        most, text = self.loop.maximum, self.loop.completion
        if most is not None and my_task.internal_data["completed"] >= most:
            return False
        return not text or my_task.workflow.script_engine.evaluate(my_task, text) is True


def _is_whole(value: object) -> bool:
    return not isinstance(value, bool) and hasattr(value, "__int__") and value == int(value) and int(value) >= 0
