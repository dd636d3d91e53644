"""What the items of a version are called: "Opgave »Godkend kvittering«"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.forms.words import words
from casework.i18n import Message, message

if TYPE_CHECKING:
    from casework.compare.item import Item, Parts

_EVENT = message("Event")
_GATEWAY = message("Gateway")
_NOTE = message("Note")
KINDS = {
    "diagram": message("Diagram"),
    "process": message("Process"),
    "userTask": message("Task"),
    "manualTask": message("Task by hand"),
    "task": message("Step"),
    "serviceTask": message("Automatic step"),
    "sendTask": message("Sending"),
    "receiveTask": message("Receiving"),
    "scriptTask": message("Reckoning step"),
    "businessRuleTask": message("Decision step"),
    "callActivity": message("Called part"),
    "subProcess": message("Subprocess"),
    "startEvent": message("Start event"),
    "endEvent": message("End event"),
    "boundaryEvent": message("Event on a step"),
    "intermediateCatchEvent": _EVENT,
    "intermediateThrowEvent": _EVENT,
    "exclusiveGateway": message("Choice"),
    "parallelGateway": message("Parallel gateway"),
    "inclusiveGateway": message("Inclusive choice"),
    "eventBasedGateway": message("Wait for the first"),
    "sequenceFlow": message("Path"),
    "lane": message("Lane"),
    "participant": message("Pool"),
    "collaboration": message("Collaboration"),
    "message": message("Message"),
    "signal": message("Signal"),
    "error": message("Error"),
    "escalation": message("Escalation"),
    "deadline": message("Deadline"),
    "variable": message("Variable"),
    "textAnnotation": _NOTE,
    "decisions": message("Decision file"),
    "decision": message("Decision table"),
    "inputColumn": message("Condition column"),
    "outputColumn": message("Result column"),
    "rule": message("Row"),
    "form": message("Form"),
    "group": message("Group"),
    "dynamiclist": message("List"),
    "option": message("Option"),
    "text": message("Text"),
}
#: Named with what they belong to.
_OWNED = frozenset({"deadline", "option"})


def item_words(item: Item, parts: Parts, *, is_form: bool = False) -> Message:
    """Say which item it is; a field is called by its label alone, a deadline and an option with their owner."""
    kind = KINDS.get(item.kind) or (message("Field") if is_form else words(item.kind, item.kind))
    name = item.name or (words(item.key, item.key) if item.key != "file" else None)
    if name is None:
        return kind
    said = message("{kind} {name}", kind=kind, name=name) if item.kind == "rule" else _quoted(kind, name)
    owner = parts.items.get(item.parent)
    if item.kind in _OWNED and owner is not None and owner.kind != "process" and owner.name:
        return message("{item} ({owner})", item=said, owner=owner.name)
    return said


def _quoted(kind: Message, name: Message) -> Message:
    return message("{kind} »{name}«", kind=kind, name=name)
