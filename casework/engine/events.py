"""Events: what waits looks at no clock and compares no payload; what throws goes outward, or leaves as a message.

`happen` tells one waiting event that its moment has come; due instants, correlation and conditions are computed outside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.util.task import TaskState

from casework.engine.recorded import Recorded
from casework.engine.steps import Cause
from casework.i18n import message

if TYPE_CHECKING:
    from SpiffWorkflow.task import Task

    from casework.engine.elements import Element


class Awaited(EventDefinition):
    """What one catching element waits for: a moment that somebody outside knows."""

    def __init__(self, element: Element) -> None:
        super().__init__(element.name)
        self.element = element

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Awaited) and self.element.key == other.element.key

    def __hash__(self) -> int:
        return hash(self.element.key)


class Thrown(EventDefinition):
    """An error or escalation: caught by the nearest activity *around* the one who throws, and by nobody else.

    The engine offers it to every boundary event of each level, also to those of activities beside the throwing one.
    """

    def __init__(self, kind: str, code: str | None) -> None:
        super().__init__(code)
        self.kind, self.code = kind, code

    def catches(self, my_task: Task, event: BpmnEvent) -> bool:  # noqa: ARG002  the engine's signature
        """A catching event without a code catches every one."""
        other = event.event_definition
        return isinstance(other, Thrown) and other.kind == self.kind and self.code in (None, other.code)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thrown) and (self.kind, self.code) == (other.kind, other.code)

    def __hash__(self) -> int:
        return hash((self.kind, self.code))

    def throw(self, my_task: Task) -> None:
        """Nothing yet: `ThrowsOutward` delivers once the throwing event is complete."""


class Message(EventDefinition):
    """A message that leaves."""

    def throw(self, my_task: Task) -> None:
        """Hand it to the moment; delivery is not the engine's."""
        my_task.workflow.script_engine.send(my_task)


class ThrowsOutward(BpmnTaskSpec):
    """Mixed into the throwing events: deliver after completion, so that an interruption finds no half-run task."""

    event_definition: EventDefinition

    def _on_complete_hook(self, my_task: Task) -> None:
        super()._on_complete_hook(my_task)
        if isinstance(self.event_definition, Thrown):
            throw_outward(my_task, self.event_definition)


class StartEvent(Recorded, defaults.StartEvent):
    """Never waits: who starts an instance says by which event."""


class EndEvent(Recorded, ThrowsOutward, defaults.EndEvent):
    """Plain, terminate, error, escalation or message."""


class IntermediateThrowEvent(Recorded, ThrowsOutward, defaults.IntermediateThrowEvent):
    """Plain, escalation or message."""


class IntermediateCatchEvent(Recorded, defaults.IntermediateCatchEvent):
    """Waits in the flow, or behind an event-based gateway."""


class ReceiveTask(Recorded, defaults.ReceiveTask):
    """Waits for a message, and may have boundary events."""


class BoundaryEvent(Recorded, defaults.BoundaryEvent):
    """Waits beside its host."""


class EventBasedGateway(Recorded, defaults.EventBasedGateway):
    """Waits for whichever of its targets comes first."""


def throw_outward(my_task: Task, thrown: Thrown) -> None:
    """Find the boundary event that catches `thrown`, from the inside out, and let it happen at once.

    An escalation that nobody catches is lost, as BPMN says (10.5.6); an error stops the instance.
    """
    workflow = my_task.workflow
    while workflow.parent_task_id is not None:
        host = workflow.top_workflow.get_task_from_id(workflow.parent_task_id)
        if catch_at(host, thrown):
            return
        workflow = host.workflow
    if thrown.kind == "error":
        raise my_task.workflow.script_engine.stuck(
            my_task, message("Nothing catches the error {code}.", code=thrown.code or ""), cause=Cause.UNCAUGHT
        )


def catch_at(host: Task, thrown: Thrown) -> bool:
    """Is there a boundary event at `host` that catches `thrown`? Then it has happened."""
    if isinstance(host.parent.task_spec, LoopTask):
        host = host.parent
    if not isinstance(host.parent.task_spec, BoundaryEventSplit):
        return False
    event = BpmnEvent(thrown)
    for child in host.parent.children:
        if isinstance(child.task_spec, BoundaryEvent) and child.task_spec.catches(child, event):
            happen(child, event, again=not child.task_spec.cancel_activity)
            child.run()
            return True
    return False


def happen(task: Task, event: BpmnEvent, *, again: bool = False) -> None:
    """Make a catching event READY; with `again` a fresh copy of it waits on, beside it."""
    if again:
        copy = task.parent._add_child(task.task_spec, TaskState.FUTURE)
        copy.task_spec._predict(copy, mask=TaskState.NOT_FINISHED_MASK)
        copy.task_spec._update(copy)
    task.task_spec.catch(task, event)
    task.task_spec._update(task)


def awaited(task: Task) -> list[Awaited]:
    """What a waiting task waits for: one thing, or behind a gateway several."""
    definition: Any = task.task_spec.event_definition
    return [d for d in getattr(definition, "event_definitions", [definition]) if isinstance(d, Awaited)]
