"""What the facets of a diagram are called, and whether they affect what happens. What is not named here counts as if it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.compare.table_words import DECISION_FACETS, FORM_FACETS
from casework.i18n import Message, message

if TYPE_CHECKING:
    from casework.compare.item import Item

#: Notes and pools: nobody waits for them.
SILENT = frozenset(
    {
        "textAnnotation", "association", "group", "dataObject", "dataObjectReference", "dataStoreReference",
        "participant", "collaboration", "knowledgeSource",
    }
)  # fmt: skip
#: What a name is to others, not only to readers.
_SPEAKING = frozenset({"message", "signal", "outputColumn", "decision", "inputData", "businessKnowledgeModel"})
_NAMES = frozenset({"@name", "@sag:nameEn", "@sag:titleEn"})
#: Of the file as a whole: who wrote it with what.
_OF_FILE = frozenset({"@id", "@name", "@targetNamespace", "@namespace"})

_TIMER, _MANY = "timerEventDefinition", "multiInstanceLoopCharacteristics"
_ONCE_MORE = "standardLoopCharacteristics"
_CONDITION = message("condition")
_MESSAGE = message("message")
FACETS = {
    "@kind": message("kind of step"),
    "@id": message("id"),
    "@name": message("name"),
    "@sag:nameEn": message("English name"),
    "@sag:titleEn": message("English name"),
    "@isExecutable": message("can be run"),
    "documentation": message("guidance"),
    "lane": message("unit"),
    "@camunda:candidateGroups": message("unit"),
    "@camunda:formKey": message("form"),
    "@camunda:topic": message("job"),
    "@camunda:type": message("kind of job"),
    "@calledElement": message("called process"),
    "@camunda:decisionRef": message("decision"),
    "@camunda:resultVariable": message("result is kept as"),
    "@attachedToRef": message("sits on"),
    "@cancelActivity": message("breaks off the step"),
    "@isInterrupting": message("breaks off what runs"),
    "@default": message("path when nothing else fits"),
    "@sourceRef": message("comes from"),
    "@targetRef": message("leads to"),
    "@messageRef": _MESSAGE,
    "messageEventDefinition@messageRef": _MESSAGE,
    "signalEventDefinition@signalRef": message("signal"),
    "errorEventDefinition@errorRef": message("error that is caught or raised"),
    "escalationEventDefinition@escalationRef": message("escalation"),
    "terminateEventDefinition": message("ends everything"),
    "@errorCode": message("code"),
    "@escalationCode": message("code"),
    "conditionExpression": _CONDITION,
    "conditionalEventDefinition/condition": _CONDITION,
    f"{_TIMER}/timeDuration": message("waiting time"),
    f"{_TIMER}/timeDate": message("point in time"),
    f"{_TIMER}/timeCycle": message("repetition"),
    "sag:timer@calendar": message("days count as"),
    "sag:timer@start": message("runs from"),
    "sag:timer@late": message("still of use for"),
    "sag:timer@single": message("not while it runs on the case"),
    "sag:correlation@value": message("which message fits"),
    "@sag:byHand": message("a person may say that it has happened"),
    "@sag:outward": message("for somebody outside"),
    "sag:assignment@to": message("who gets the task"),
    "sag:assignment@separation": message("only somebody with no other task on the case"),
    "sag:law[]@key": message("legal basis"),
    "sag:deadlineRef[]@key": message("counts on the deadline"),
    "sag:input[]@value": message("input »{name}«"),
    "sag:output[]@value": message("output »{name}«"),
    "sag:assign[]@value": message("value of »{name}«"),
    f"{_MANY}@camunda:collection": message("once for each of"),
    f"{_MANY}@camunda:elementVariable": message("each is called"),
    f"{_MANY}@isSequential": message("one after the other"),
    f"{_MANY}/loopCardinality": message("number of times"),
    f"{_MANY}/completionCondition": message("done when"),
    f"{_ONCE_MORE}/loopCondition": message("again while"),
    f"{_ONCE_MORE}@testBefore": message("asked before the first time"),
    f"{_ONCE_MORE}@loopMaximum": message("at most this many times"),
    "@duration": message("length"),
    "@calendar": message("days count as"),
    "@start": message("runs from"),
    "@class": message("class"),
    "@law": message("legal basis"),
    "@met": message("met by"),
    "@until": message("withdrawn by"),
    "@pauses": message("pauses while this waits"),
    "@e1": message("first escalation"),
    "@e2": message("second escalation"),
    "@e3": message("third escalation"),
    "@type": message("type"),
    "@da": message("Danish name"),
    "@en": message("English name"),
    "@key": message("key"),
    "order of sag:assign": message("order of the values"),
    "order of sag:law": message("order of the legal basis"),
}
_ONLY_WORDS = frozenset(
    {"documentation", "order of sag:law", "sag:law[]@key", "@law", "@da", "@en", "@sag:nameEn", "@sag:titleEn"}
)


_DECISION_PARTS = frozenset(
    {"decisions", "decision", "inputColumn", "outputColumn", "rule", "inputData", "businessKnowledgeModel"}
)


@dataclass(frozen=True)
class FacetWords:
    """The name of a facet and whether it affects what happens."""

    name: Message
    affects: bool


def facet_words(item: Item, path: str, columns: dict[str, Message], *, is_form: bool) -> FacetWords:
    """Say which facet of an item it is. An unknown one is named by its path, and counts."""
    plain, name = _plain(path)
    if is_form:
        found = FORM_FACETS.get(plain)
        return FacetWords(*found) if found else FacetWords(_unknown(path), True)
    if plain == "cell[]/text":
        return FacetWords(columns.get(name) or message("»{name}«", name=name), True)
    if item.kind in _DECISION_PARTS and plain in DECISION_FACETS:
        named, affects = DECISION_FACETS[plain]
        return FacetWords(named, affects or (plain == "@name" and item.kind in _SPEAKING))
    said = FACETS.get(plain) or _unknown(path)
    return FacetWords(Message(said.id, {"name": name}) if "{name}" in said.id else said, _affects(item, plain))


def _affects(item: Item, path: str) -> bool:
    if item.kind in SILENT or path in _ONLY_WORDS:
        return False
    if item.kind in ("diagram", "decisions") and (path in _OF_FILE or "exporter" in path or "{" in path):
        return False
    if path in _NAMES:
        return item.kind in _SPEAKING
    return not path.endswith(("xsi:type", "laneSet@id")) and (path == "@id" or not path.endswith("@id"))


def _plain(path: str) -> tuple[str, str]:
    """The path without what stands in brackets and without a number at its end, and what stood in the brackets."""
    path = path.partition("#")[0] if "[" not in path else path
    begin, bracket, rest = path.partition("[")
    if not bracket:
        return path, ""
    name, _, end = rest.rpartition("]")
    return f"{begin}[]{end.partition('#')[0]}", name


def _unknown(path: str) -> Message:
    return message("»{path}«", path=path)
