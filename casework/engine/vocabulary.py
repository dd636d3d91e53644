"""Reads the elements of a diagram: BPMN 2.0, the `sag:` words, and the `camunda:` and `zeebe:` words that modellers write.

Nothing is judged here (`lint` does that): what is missing stays empty, what is unknown is passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.diagrams import BPMN, CAMUNDA, SAG, bpmn, local
from casework.engine.elements import Assignment, DeadlineRule, Element, Loop, Process, TimerRule, Variable
from casework.engine.foreign import called, collection, decision, form_key, item, result_variable, topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.engine.elements import Key

TASKS = frozenset(
    {"userTask", "manualTask", "task", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask"}
)
SCOPES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
ACTIVITIES = TASKS | SCOPES | {"callActivity"}
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"})
FLOW_NODES = ACTIVITIES | EVENTS | GATEWAYS
#: Tags of event definitions and the word that we use for each.
EVENT_WORDS = {
    f"{word}EventDefinition": word
    for word in (
        "message", "timer", "signal", "conditional", "error", "escalation", "terminate", "compensate", "cancel", "link",
    )
}  # fmt: skip
#: Of the number of rounds of a loop; Python reads no number of some thousand digits.
MOST_DIGITS = 9
TIMER_KINDS = ("timeDate", "timeDuration", "timeCycle")


def read_processes(root: Any) -> dict[str, Process]:
    """Every process of a file by id, in the order of the file."""
    return {p.get("id", ""): _process(p) for p in root.iter(bpmn("process"))}


def read_elements(root: Any) -> dict[Key, Element]:
    """Every flow node of a file, also those in embedded subprocesses, in the order of the file."""
    names = _Names(root)
    elements = {}
    for process in root.iter(bpmn("process")):
        lanes = _lanes_by_node(process)
        for node, scopes in flow_nodes(process):
            lane = next((lanes[i] for i in (node.get("id", ""), *reversed(scopes)) if i in lanes), "")
            element = _element(node, process.get("id", ""), scopes[-1] if scopes else "", lane, names)
            elements[element.key] = element
    return elements


def flow_nodes(process: Any, scopes: tuple[str, ...] = ()) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """The XML nodes of all flow nodes below `process`, each with the ids of the subprocesses around it."""
    for node in process:
        if local(node) in FLOW_NODES:
            yield node, scopes
            if local(node) in SCOPES:
                yield from flow_nodes(node, (*scopes, node.get("id", "")))


class _Names:
    """What messages, signals, errors and escalations of the file are called."""

    def __init__(self, root: Any) -> None:
        self.by_id = {
            node.get("id", ""): node for node in root if local(node) in ("message", "signal", "error", "escalation")
        }

    def of(self, reference: str | None, attribute: str) -> str | None:
        """The attribute of what is referred to (a prefix is dropped); None where the reference leads nowhere."""
        node = self.by_id.get((reference or "").rpartition(":")[2])
        return None if node is None else node.get(attribute)


def _process(node: Any) -> Process:
    return Process(
        id=node.get("id", ""),
        name=node.get("name") or "",
        name_en=node.get(f"{{{SAG}}}titleEn") or node.get(f"{{{SAG}}}nameEn") or "",
        documentation=_text(node, "documentation"),
        is_executable=node.get("isExecutable", "true") == "true",
        deadlines=_deadlines(node),
        variables=tuple(_variable(v) for v in _own(node, "variable")),
        laws=_laws(node),
        lanes={lane.get("id", ""): lane.get("name") or "" for lane in node.iter(bpmn("lane"))},
        start_events=tuple(n.get("id", "") for n in node.findall(bpmn("startEvent"))),
    )


def _element(node: Any, process_id: str, scope: str, lane: str, names: _Names) -> Element:
    groups = (node.get(f"{{{CAMUNDA}}}candidateGroups") or "").split(",")[0].strip()
    return Element(
        id=node.get("id", ""),
        process_id=process_id,
        type=local(node),
        name=" ".join((node.get("name") or "").split()),
        name_en=node.get(f"{{{SAG}}}nameEn") or "",
        by_hand=node.get(f"{{{SAG}}}byHand") == "true",
        outward=node.get(f"{{{SAG}}}outward") == "true",
        documentation=_text(node, "documentation"),
        lane=groups or lane,
        scope=scope,
        form_key=form_key(node),
        topic=topic(node),
        attached_to=node.get("attachedToRef") or "",
        interrupting=node.get("cancelActivity", "true").lower() != "false",
        called_element=called(node),
        decision=decision(node),
        result_variable=result_variable(node),
        loop=_loop(node),
        deadlines=_deadlines(node),
        deadline_refs=tuple(d.get("key", "") for d in _own(node, "deadlineRef")),
        assignment=next((_assignment(a) for a in _own(node, "assignment")), Assignment()),
        laws=_laws(node),
        inputs=_pairs(node, "input", "name"),
        outputs=_pairs(node, "output", "variable"),
        assigns=_pairs(node, "assign", "variable"),
        timer=next((_timer(t) for t in _own(node, "timer")), TimerRule()),
        correlation=next((c.get("value", "") for c in _own(node, "correlation")), ""),
        **_event(node, names),
    )


def _timer(node: Any) -> TimerRule:
    return TimerRule(
        node.get("calendar", ""), node.get("start", ""), node.get("late", ""), single=node.get("single") == "true"
    )


def _event(node: Any, names: _Names) -> dict[str, Any]:
    """What an event waits for or throws; of several definitions the first (lint refuses several)."""
    definition = next((c for c in node if local(c) in EVENT_WORDS), None)
    if definition is None:
        if local(node) in ("receiveTask", "sendTask") and not topic(node):
            name = names.of(node.get("messageRef"), "name")
            return {"event": "message", "event_name": name or ""}
        return {}
    word = EVENT_WORDS[local(definition)]
    match word:
        case "message" | "signal":
            name = names.of(definition.get(f"{word}Ref"), "name") or definition.get(f"{word}Ref") or ""
            return {"event": word, "event_name": name}
        case "error" | "escalation":
            return {"event": word, "code": names.of(definition.get(f"{word}Ref"), f"{word}Code")}
        case "conditional":
            return {"event": word, "expression": _text(definition, "condition")}
        case "timer":
            kind = next((k for k in TIMER_KINDS if definition.find(bpmn(k)) is not None), "")
            return {"event": word, "timer_kind": kind, "expression": _text(definition, kind) if kind else ""}
    return {"event": word}


def _loop(node: Any) -> Loop | None:
    many = node.find(bpmn("multiInstanceLoopCharacteristics"))
    if many is not None:
        return Loop(
            kind="sequential" if many.get("isSequential") == "true" else "parallel",
            collection=collection(many) or _text(many, "loopDataInputRef"),
            item=item(many)
            or next((i.get("name") or i.get("id", "") for i in many.findall(bpmn("inputDataItem"))), ""),
            cardinality=_text(many, "loopCardinality"),
            completion=_text(many, "completionCondition"),
        )
    again = node.find(bpmn("standardLoopCharacteristics"))
    if again is None:
        return None
    most = again.get("loopMaximum") or ""
    return Loop(
        kind="standard",
        completion=_text(again, "loopCondition"),
        test_before=again.get("testBefore") == "true",
        maximum=int(most) if most.isdecimal() and len(most) <= MOST_DIGITS else None,
    )


def _lanes_by_node(process: Any) -> dict[str, str]:
    """Flow node id to the id of the innermost lane that names it."""
    return {
        (reference.text or "").strip(): lane.get("id", "")
        for lane in process.iter(bpmn("lane"))
        for reference in lane.findall(bpmn("flowNodeRef"))
    }


def _deadlines(node: Any) -> tuple[DeadlineRule, ...]:
    plain = ("duration", "start", "law", "e1", "e2", "e3", "met", "until", "pauses")
    return tuple(
        DeadlineRule(
            key=d.get("key", ""),
            deadline_class=d.get("class", ""),
            calendar=d.get("calendar") or "calendar",
            **{name: d.get(name, "") for name in plain},
        )
        for d in _own(node, "deadline")
    )


def _assignment(node: Any) -> Assignment:
    return Assignment(to=node.get("to") or "none", separation=node.get("separation") == "true")


def _variable(node: Any) -> Variable:
    return Variable(node.get("name", ""), node.get("type") or "string", node.get("da", ""), node.get("en", ""))


def _laws(node: Any) -> tuple[str, ...]:
    return tuple(law.get("key", "") for law in _own(node, "law"))


def _pairs(node: Any, word: str, name: str) -> tuple[tuple[str, str], ...]:
    return tuple((p.get(name, ""), p.get("value", "")) for p in _own(node, word))


def _own(node: Any, word: str) -> list[Any]:
    """The `sag:` extension elements of that name."""
    extensions = node.find(bpmn("extensionElements"))
    return [] if extensions is None else extensions.findall(f"{{{SAG}}}{word}")


def _text(node: Any, name: str) -> str:
    return (node.findtext(f"{{{BPMN}}}{name}") or "").strip()
