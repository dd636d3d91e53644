"""How findings name things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.i18n import Message, message

if TYPE_CHECKING:
    from casework.engine.elements import Element

#: BPMN tags as people say them.
TYPES = {
    "userTask": message("task for a person"),
    "manualTask": message("task outside of the system"),
    "task": message("task without content"),
    "serviceTask": message("job for a machine"),
    "sendTask": message("letter or message"),
    "receiveTask": message("wait for a message"),
    "scriptTask": message("calculation"),
    "businessRuleTask": message("decision by a table"),
    "subProcess": message("subprocess"),
    "transaction": message("transaction"),
    "adHocSubProcess": message("ad hoc subprocess"),
    "callActivity": message("call of another process"),
    "startEvent": message("start"),
    "endEvent": message("end"),
    "intermediateCatchEvent": message("event that is awaited"),
    "intermediateThrowEvent": message("milestone"),
    "boundaryEvent": message("event at the boundary"),
    "exclusiveGateway": message("gateway: one way"),
    "parallelGateway": message("gateway: all ways"),
    "inclusiveGateway": message("gateway: one or several ways"),
    "eventBasedGateway": message("gateway: what happens first"),
    "complexGateway": message("complex gateway"),
}


def what(element: Element) -> Message:
    """The name on the picture (the id where there is none) and the kind of element."""
    return message("“{name}” ({type})", name=element.name or element.id, type=TYPES.get(element.type, element.type))
