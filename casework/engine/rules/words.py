"""How findings name things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.i18n import Message, message

if TYPE_CHECKING:
    from casework.engine.elements import Element

#: BPMN tags as people say them.
TYPES = {
    "userTask": message("user task"),
    "manualTask": message("manual task"),
    "task": message("task"),
    "serviceTask": message("service task"),
    "sendTask": message("send task"),
    "receiveTask": message("receive task"),
    "scriptTask": message("script task"),
    "businessRuleTask": message("business rule task"),
    "subProcess": message("subprocess"),
    "transaction": message("transaction"),
    "adHocSubProcess": message("ad hoc subprocess"),
    "callActivity": message("call activity"),
    "startEvent": message("start event"),
    "endEvent": message("end event"),
    "intermediateCatchEvent": message("catching event"),
    "intermediateThrowEvent": message("throwing event"),
    "boundaryEvent": message("boundary event"),
    "exclusiveGateway": message("exclusive gateway"),
    "parallelGateway": message("parallel gateway"),
    "inclusiveGateway": message("inclusive gateway"),
    "eventBasedGateway": message("event-based gateway"),
    "complexGateway": message("complex gateway"),
}


def what(element: Element) -> Message:
    """The name on the picture (the id where there is none) and the kind of element."""
    return message("“{name}” ({type})", name=element.name or element.id, type=TYPES.get(element.type, element.type))
