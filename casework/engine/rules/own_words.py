"""Rules about the words in `extensionElements` and about scripts: a word that nobody reads does nothing, without a sound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.diagrams import BPMN, SAG, bpmn, local
from casework.engine.rules.words import what
from casework.engine.vocabulary import flow_nodes
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.engine.drawing import Drawing, Node
    from casework.engine.finding import Finding

#: Each `sag:` word with its attributes.
WORDS = {
    "deadline": "key class duration calendar start law e1 e2 e3 met until pauses",
    "deadlineRef": "key",
    "assignment": "to separation",
    "law": "key",
    "input": "name value",
    "output": "variable value",
    "assign": "variable value",
    "timer": "calendar start late single",
    "correlation": "value",
    "variable": "name type da en",
}
#: Words that mean something at some elements only.
PLACES = {
    "deadlineRef": {"userTask"},
    "assignment": {"userTask"},
    "assign": {"scriptTask"},
}
ATTRIBUTES = frozenset({"byHand", "nameEn", "outward", "titleEn"})
THROWING = frozenset({"intermediateThrowEvent", "endEvent", "sendTask"})
ASSIGNED_TO = frozenset({"responsible", "coordinator", "starter", "none"})


def own_words(drawing: Drawing) -> Iterator[Finding]:
    """All rules of this file."""
    for process in drawing.root.iter(bpmn("process")):
        yield from _words(drawing, process)
        for node, _ in flow_nodes(process):
            yield from _words(drawing, node)
    for _, node in drawing.nodes():
        yield from _misplaced(drawing, node)
        yield from _script(drawing, node)
        if node.element.assignment.to not in ASSIGNED_TO:
            yield drawing.error(
                node.id,
                "unknown-assignment",
                message("{what} is assigned to “{to}”.", what=what(node.element), to=node.element.assignment.to),
                message("Choose under “Goes to” who gets it."),
            )


def _words(drawing: Drawing, node: Any) -> Iterator[Finding]:
    name = node.get("id", "")
    for attribute in node.attrib:
        if attribute.startswith(f"{{{SAG}}}") and local_name(attribute) not in ATTRIBUTES:
            yield _unknown(drawing, name, local_name(attribute))
    for part in node.iterfind(f"{{{BPMN}}}extensionElements/*"):
        if part.tag.startswith(f"{{{SAG}}}"):
            unknown = [a for a in part.attrib if a not in WORDS.get(local(part), "").split()]
            if local(part) not in WORDS:
                yield _unknown(drawing, name, local(part))
            elif unknown:
                yield _unknown(drawing, name, f"{local(part)} {unknown[0]}")


def local_name(attribute: str) -> str:
    """An attribute's name without its namespace."""
    return attribute.rpartition("}")[2]


def _unknown(drawing: Drawing, element: str, word: str) -> Finding:
    return drawing.error(
        element,
        "unknown-word",
        message("The word sag:{word} means nothing.", word=word),
        message("Check its spelling; the words are: {words}.", words=", ".join(sorted(WORDS))),
    )


def _misplaced(drawing: Drawing, node: Node) -> Iterator[Finding]:
    if node.element.by_hand and (node.element.event != "message" or node.element.correlation):
        yield drawing.error(
            node.id,
            "misplaced-word",
            message("sag:{word} means nothing at {what}.", word="byHand", what=what(node.element)),
            message("A person can only tell of a message that fits every case."),
        )
    if node.element.outward and (node.element.event != "message" or node.type not in THROWING):
        yield drawing.error(
            node.id,
            "misplaced-word",
            message("sag:{word} means nothing at {what}.", word="outward", what=what(node.element)),
            message("Only a message that is sent can be for somebody outside."),
        )
    for part in node.xml.iterfind(f"{{{BPMN}}}extensionElements/{{{SAG}}}*"):
        word = local(part)
        wrong = node.type not in PLACES.get(word, {node.type})
        wrong = wrong or (word == "timer" and node.element.event != "timer")
        wrong = wrong or (word == "correlation" and node.element.event != "message")
        if wrong or (word == "variable"):
            yield drawing.error(
                node.id,
                "misplaced-word",
                message("sag:{word} means nothing at {what}.", word=word, what=what(node.element)),
                message("Move it to the element that it is meant for."),
            )


def _script(drawing: Drawing, node: Node) -> Iterator[Finding]:
    if node.type != "scriptTask":
        return
    if node.xml.get("scriptFormat") or node.xml.find(bpmn("script")) is not None:
        yield drawing.error(
            node.id,
            "script-in-code",
            message("{what} holds program code, which is never run.", what=what(node.element)),
            message("Set variables with formulas instead."),
        )
    elif not node.element.assigns:
        yield drawing.warning(
            node.id,
            "script-without-effect",
            message("{what} works nothing out.", what=what(node.element)),
            message("Say which variable gets which value."),
        )
