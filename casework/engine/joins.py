"""Gateways. One idea carries the joins: **a token that waits is an unfinished task; what is finished is history.**

The engine's own joins find their tokens among finished tasks of the tree, so they go wrong in loops and forbid that history
is dropped. Ours never look at a finished task. Conditions of one gateway are evaluated in one call.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.util.task import TaskState

from casework.engine.recorded import Recorded
from casework.i18n import message

if TYPE_CHECKING:
    from SpiffWorkflow.task import Task


class TokenJoin(BpmnTaskSpec):
    """A gateway where each arriving token is a WAITING task that knows the flow it came by.

    When the gateway may fire, the task at hand goes on and one waiting token of every other flow is consumed. Surplus
    tokens stay, as BPMN asks (13.3.2, 13.3.3).
    """

    def _update_hook(self, my_task: Task) -> bool:
        my_task.internal_data.setdefault("flow", my_task.parent.task_spec.name)
        waiting = self._others_waiting(my_task)
        arrived = Counter(t.internal_data["flow"] for t in [my_task, *waiting])
        if not self._may_fire(my_task, arrived):
            my_task._set_state(TaskState.WAITING)
            return False
        self._consume(waiting, Counter(self._inputs) - Counter([my_task.internal_data["flow"]]))
        return True

    def _others_waiting(self, my_task: Task) -> list[Task]:
        return [
            t
            for t in my_task.workflow.tasks.values()
            if t.task_spec is self and t is not my_task and t.has_state(TaskState.WAITING)
        ]

    def _consume(self, waiting: list[Task], needed: Counter[str]) -> None:
        for token in waiting:
            flow = token.internal_data["flow"]
            if needed[flow] > 0:
                needed[flow] -= 1
                token._set_state(TaskState.CANCELLED)
                token._drop_children()

    def _may_fire(self, my_task: Task, arrived: Counter[str]) -> bool:
        raise NotImplementedError


class ParallelGateway(Recorded, TokenJoin, defaults.ParallelGateway):
    """Fires when every incoming flow has a token."""

    def _may_fire(self, my_task: Task, arrived: Counter[str]) -> bool:  # noqa: ARG002  the inclusive join needs it
        needed: Counter[str] = Counter(self._inputs)
        return needed <= arrived

    def _run_hook(self, my_task: Task) -> bool:  # noqa: ARG002  the engine's own would merge data
        return True


class InclusiveGateway(Recorded, TokenJoin, defaults.InclusiveGateway):
    """Fires when no token elsewhere can still reach an empty incoming flow, unless it can reach one with a token as well."""

    def _may_fire(self, my_task: Task, arrived: Counter[str]) -> bool:
        empty = set(self._inputs) - set(arrived)
        if not empty:
            return True
        for task in my_task.workflow.tasks.values():
            if task.task_spec is not self and _holds_token(task):
                reach = self._reach(task.task_spec)
                if reach & empty and not reach & set(arrived):
                    return False
        return True

    def _reach(self, start: BpmnTaskSpec) -> frozenset[str]:
        """The incoming flows, by source, to which a path leads from `start` without passing this gateway."""
        cache: dict[str, frozenset[str]] = self.__dict__.setdefault("_reachable", {})
        if start.name not in cache:
            seen, todo, found = {start.name}, [start], set()
            while todo:
                spec = todo.pop()
                for output in spec.outputs:
                    if output is self:
                        found.add(spec.name)
                    elif output.name not in seen:
                        seen.add(output.name)
                        todo.append(output)
            cache[start.name] = frozenset(found)
        return cache[start.name]

    def _run_hook(self, my_task: Task) -> bool:
        _go_on(self, my_task, _true_flows(self, my_task) or _default_flows(self, my_task))
        return True


class ExclusiveGateway(Recorded, defaults.ExclusiveGateway):
    """The first flow in document order whose condition is true, else the default."""

    def _run_hook(self, my_task: Task) -> bool:
        _go_on(self, my_task, (_true_flows(self, my_task) or _default_flows(self, my_task))[:1])
        return True


def _true_flows(spec: Any, my_task: Task) -> list[str]:
    conditional = [(condition.args[0], output) for condition, output in spec.cond_task_specs if condition is not None]
    moment = my_task.workflow.script_engine
    values = moment.evaluate_all(my_task, [text for text, _ in conditional])
    if conditional:
        moment.weigh(my_task, [(element_of(o), text, v) for (text, o), v in zip(conditional, values, strict=True)])
    return [output for (_, output), value in zip(conditional, values, strict=True) if value is True]


def _default_flows(spec: Any, my_task: Task) -> list[str]:
    flows = [output for condition, output in spec.cond_task_specs if condition is None]
    if not flows:
        texts = [condition.args[0] for condition, _ in spec.cond_task_specs]
        raise my_task.workflow.script_engine.stuck(
            my_task, message("No condition of the gateway is true, and none of its ways is taken otherwise."), texts
        )
    return flows


def _go_on(spec: Any, my_task: Task, outputs: list[str]) -> None:
    my_task.workflow.script_engine.chosen[my_task.id.hex] = tuple(element_of(name) for name in outputs)
    my_task._sync_children([spec._wf_spec.task_specs[name] for name in outputs], TaskState.FUTURE)
    for child in my_task.children:
        child.task_spec._predict(child, mask=TaskState.FUTURE | TaskState.PREDICTED_MASK)


def element_of(spec_name: str) -> str:
    """The id of the element that a spec stands for: `process:element`, with a suffix where it has boundary events."""
    return spec_name.partition(":")[2].removesuffix(".BoundaryEventSplit")


def _holds_token(task: Task) -> bool:
    """Unfinished and reached; while a split completes, its children are FUTURE below a finished parent."""
    if task.has_state(TaskState.READY | TaskState.WAITING | TaskState.STARTED):
        return True
    return bool(
        task.has_state(TaskState.FUTURE) and task.parent is not None and task.parent.has_state(TaskState.COMPLETED)
    )
