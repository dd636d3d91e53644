"""Diagrams to token specs. SpiffWorkflow walks the flows; every spec it makes is ours, and what an element means comes from
`vocabulary`, not from the engine's own reading.

On the way in each flow node's id becomes `process:element`. So ids are unique across files, none collides with the engine's
own specs (`Start`, `End`, `Root`), and a spec knows its process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.task_parsers import SubprocessParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition, TerminateEventDefinition

from casework.diagrams import BPMN, bpmn
from casework.engine import activities, events, joins, loops
from casework.engine.vocabulary import flow_nodes

if TYPE_CHECKING:
    from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition

    from casework.engine.elements import Element, Key

#: Between process id and element id; cannot stand in an XML id.
SEPARATOR = ":"
REFERENCES = ("sourceRef", "targetRef", "attachedToRef")
THROWING = frozenset({"endEvent", "intermediateThrowEvent"})


def prepare(root: Any) -> None:
    """Rename the flow nodes of a file (in place) and take out what only the vocabulary reads."""
    for process in root.iter(bpmn("process")):
        prefix = process.get("id", "") + SEPARATOR
        for node, _ in list(flow_nodes(process)):
            node.set("id", prefix + node.get("id", ""))
        for node in process.iter():
            for name in REFERENCES:
                if name in node.attrib:
                    node.set(name, prefix + node.get(name))
        for name in ("extensionElements", "documentation", "ioSpecification", "property", "laneSet", "dataObject"):
            for node in list(process.iter(bpmn(name))):
                node.getparent().remove(node)
        for name in ("dataInputAssociation", "dataOutputAssociation", "dataStoreReference"):
            for node in list(process.iter(bpmn(name))):
                node.getparent().remove(node)


class OwnTaskParser(TaskParser):
    """One element. Flows go in the order of the document: the engine takes them by the height of their targets, so that
    moving a shape would change which of two true conditions wins.
    """

    STANDARD_LOOP_CLASS = loops.StandardLoop
    PARALLEL_MI_CLASS = loops.ParallelMultiInstance
    SEQUENTIAL_MI_CLASS = loops.SequentialMultiInstance

    @property
    def element(self) -> Element:
        """What the vocabulary read of it."""
        element: Element = self.process_parser.parser.elements[tuple(self.bpmn_id.split(SEPARATOR, 1))]
        return element

    @property
    def bpmn_attributes(self) -> dict[str, Any]:
        """The engine need not know more."""
        return {"bpmn_name": self.node.get("name")}

    def get_position(self, node: Any = None) -> dict[str, float]:  # noqa: ARG002  the engine's signature
        """The same for all, so that the document's order stays."""
        return {"x": 0.0, "y": 0.0}

    def _get_lane(self) -> None:
        return None

    def _add_multiinstance_task(self, loop_characteristics: Any) -> None:  # noqa: ARG002  read from the vocabulary
        loop = self.element.loop
        original = self.spec.task_specs.pop(self.bpmn_id)
        sequential = loop is not None and loop.kind == "sequential"
        spec_class = self.SEQUENTIAL_MI_CLASS if sequential else self.PARALLEL_MI_CLASS
        self.task: Any = spec_class(self.spec, original.name, task_spec="")
        self._copy_task_attrs(original)


class JobParser(OwnTaskParser):
    """Service, send and business rule tasks: a job when a topic says who does it."""

    def create_task(self) -> Any:
        """A job or what the element does by itself."""
        spec_class = activities.JobTask if self.element.topic else self.spec_class
        return spec_class(self.spec, self.bpmn_id, **self.bpmn_attributes)


class EventParser(OwnTaskParser):
    """Events and receive tasks."""

    def create_task(self) -> Any:
        """The event, connected to the process's start or end where it is one."""
        more = self.bpmn_attributes
        if self.element.type == "boundaryEvent":
            more["cancel_activity"] = self.element.interrupting
        task = self.spec_class(self.spec, self.bpmn_id, event_definition=self._definition(), **more)
        if self.element.type == "startEvent":
            self.spec.start.connect(task)
        elif self.element.type == "endEvent":
            task.connect(self.spec.end)
        return task

    def _definition(self) -> EventDefinition:
        """Start events do not wait: who starts an instance names its start event."""
        element = self.element
        if element.type == "startEvent":
            return NoneEventDefinition()
        match element.event:
            case "error" | "escalation":
                return events.Thrown(element.event, element.code)
            case "terminate":
                return TerminateEventDefinition()
            case "":
                return NoneEventDefinition()
        return events.Message(element.event_name) if element.type in THROWING else events.Awaited(element)


class GatewayParser(OwnTaskParser):
    """Gateways have several ways out."""

    def create_task(self) -> Any:
        """Event-based gateways gather the events of their targets as these are connected."""
        if self.element.type == "eventBasedGateway":
            return self.spec_class(self.spec, self.bpmn_id, event_definition=MultipleEventDefinition())
        return super().create_task()

    def handles_multiple_outgoing(self) -> bool:
        """Yes."""
        return True

    def connect_outgoing(self, outgoing_task: Any, sequence_flow_node: Any, is_default: bool) -> None:  # noqa: FBT001
        """Keep the condition where there is one to keep."""
        if is_default or self.element.type not in ("exclusiveGateway", "inclusiveGateway"):
            self.task.connect(outgoing_task)
            return
        condition = (sequence_flow_node.findtext(bpmn("conditionExpression")) or "").strip()
        if not condition:
            self.raise_validation_exception(f"flow {sequence_flow_node.get('id')} has no condition")
        self.task.connect_outgoing_if(condition, outgoing_task)


class ScopeParser(OwnTaskParser):
    """Embedded subprocesses and call activities."""

    def create_task(self) -> Any:
        """The activity; an embedded subprocess becomes a process of its own for the engine."""
        inside = (
            self.element.called_element
            if self.element.type == "callActivity"
            else SubprocessParser.get_subprocess_spec(self)
        )
        if not inside:
            self.raise_validation_exception("no called process")
        return self.spec_class(self.spec, self.bpmn_id, subworkflow_spec=inside, **self.bpmn_attributes)


class OwnProcessParser(ProcessParser):
    """One process. Its start events stand side by side; `activities.choose_start` leaves one of them."""

    def _parse(self) -> None:
        self.spec = self.create_spec()
        starts = self.node.findall(bpmn("startEvent"))
        if not starts:
            raise ValidationException("no start event", node=self.node)
        for node in starts:
            self.parse_node(node)


class Parser(BpmnParser):
    """Give it the files with `add`, then ask `get_spec` and `get_subprocess_specs` as with the engine's own."""

    PROCESS_PARSER_CLASS = OwnProcessParser
    PARSER_CLASSES = {  # noqa: RUF012  the engine's own declaration
        f"{{{BPMN}}}{tag}": classes
        for tag, classes in {
            "userTask": (OwnTaskParser, activities.UserTask),
            "manualTask": (OwnTaskParser, activities.UserTask),
            "task": (OwnTaskParser, activities.PlainTask),
            "scriptTask": (OwnTaskParser, activities.ScriptTask),
            "serviceTask": (OwnTaskParser, activities.JobTask),
            "sendTask": (JobParser, activities.SendTask),
            "businessRuleTask": (JobParser, activities.DecisionTask),
            "receiveTask": (EventParser, events.ReceiveTask),
            "subProcess": (ScopeParser, activities.SubProcess),
            "callActivity": (ScopeParser, activities.CallActivity),
            "exclusiveGateway": (GatewayParser, joins.ExclusiveGateway),
            "parallelGateway": (GatewayParser, joins.ParallelGateway),
            "inclusiveGateway": (GatewayParser, joins.InclusiveGateway),
            "eventBasedGateway": (GatewayParser, events.EventBasedGateway),
            "startEvent": (EventParser, events.StartEvent),
            "endEvent": (EventParser, events.EndEvent),
            "intermediateCatchEvent": (EventParser, events.IntermediateCatchEvent),
            "intermediateThrowEvent": (EventParser, events.IntermediateThrowEvent),
            "boundaryEvent": (EventParser, events.BoundaryEvent),
        }.items()
    }

    def __init__(self) -> None:
        super().__init__()
        self.elements: dict[Key, Element] = {}

    def add(self, root: Any, elements: dict[Key, Element]) -> None:
        """One file, already `prepare`d, with what the vocabulary read of it before."""
        self.elements.update(elements)
        for process in root.iter(bpmn("process")):
            self.create_parser(process)

    def get_spec(self, process_id: str, required: bool = True) -> Any:  # noqa: FBT001, FBT002  the engine's signature
        """The spec of a process or embedded subprocess, complete."""
        spec = super().get_spec(process_id, required)
        if spec is not None:
            self._complete(spec)
        return spec

    def _complete(self, spec: Any) -> None:
        """Each spec learns what it is in the diagram; loops hear of their instances."""
        for task_spec in spec.task_specs.values():
            bpmn_id = getattr(task_spec, "bpmn_id", None)
            task_spec.element = self.elements[tuple(bpmn_id.split(SEPARATOR, 1))] if bpmn_id else None
        for task_spec in spec.task_specs.values():
            if isinstance(task_spec, loops.Instances):
                task_spec.watch_instances()
