"""Rules about the file as a whole: ids, processes, and parts that the engine does not know."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from casework.diagrams import BPMN, bpmn, local
from casework.engine.rules.words import what
from casework.engine.vocabulary import FLOW_NODES, flow_nodes
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.engine.drawing import Drawing
    from casework.engine.finding import Finding

#: What XML and the editors take for an id; they drop what has another.
ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*", re.ASCII)
#: What may stand in a process beside its flow nodes without meaning anything to the engine.
DRAWN_ONLY = frozenset({
    "sequenceFlow", "laneSet", "textAnnotation", "association", "group", "documentation", "extensionElements",
    "dataObject", "dataObjectReference", "dataStoreReference", "ioSpecification", "property", "auditing", "monitoring",
    "performer", "humanPerformer", "potentialOwner", "resourceRole", "correlationSubscription", "supports", "incoming",
    "outgoing", "completionCondition", "multiInstanceLoopCharacteristics", "standardLoopCharacteristics",
    "dataInputAssociation", "dataOutputAssociation",
})  # fmt: skip
DATA = ("dataObjectReference", "dataStoreReference", "ioSpecification", "property")


def document(drawing: Drawing) -> Iterator[Finding]:
    """All rules of this file; when it gives errors the others would only repeat them."""
    if drawing.root.tag != bpmn("definitions"):
        yield drawing.error(
            "",
            "not-bpmn",
            message("The file is no BPMN 2.0 diagram."),
            message("Save it as BPMN 2.0 XML: the outermost element is “definitions” of the OMG's BPMN 2.0."),
        )
        return
    yield from _encoding(drawing)
    yield from _processes(drawing)
    yield from _ids(drawing)
    yield from _unknown_parts(drawing)
    yield from _data(drawing)


def _encoding(drawing: Drawing) -> Iterator[Finding]:
    encoding = drawing.root.getroottree().docinfo.encoding or "UTF-8"
    if encoding.lower() not in ("utf-8", "utf8", "ascii", "us-ascii"):
        yield drawing.error(
            "",
            "not-utf-8",
            message("The file is written in {encoding}; pages and editors read UTF-8 only.", encoding=encoding),
            message("Save it as UTF-8. Files that are laid into a draft are turned by themselves."),
        )


def _processes(drawing: Drawing) -> Iterator[Finding]:
    executable = [process for process in drawing.processes.values() if process.is_executable]
    if not executable:
        yield drawing.error(
            "",
            "no-executable-process",
            message("The file has no process that can be carried out."),
            message("Draw a process, and mark it as one that is carried out (isExecutable in the file)."),
        )
    for process in executable:
        if not process.start_events:
            yield drawing.error(
                process.id,
                "no-start-event",
                message("The process “{name}” has no start.", name=process.name or process.id),
                message("Draw a start, and a way to what happens first."),
            )


def _ids(drawing: Drawing) -> Iterator[Finding]:
    counted = Counter(node.get("id") for node in drawing.root.iter() if node.get("id"))
    for name, count in counted.items():
        if count > 1:
            yield drawing.error(
                name,
                "duplicate-id",
                message("The id {id} is used {count} times.", id=name, count=count),
                message("Give each element an id of its own."),
            )
    needed = {n for p in drawing.root.iter(bpmn("process")) for n in (p, *(inner for inner, _ in flow_nodes(p)))}
    for node in drawing.root.iter(bpmn("*")):
        name = node.get("id", "")
        if not ID.fullmatch(name) if name else node in needed:
            yield drawing.error(
                name,
                "bad-id",
                message("An element ({tag}) has the id “{id}”.", tag=local(node), id=name),
                message("An id begins with a letter from a to z; then letters, digits, dots, hyphens and underscores."),
            )


def _unknown_parts(drawing: Drawing) -> Iterator[Finding]:
    for scope in drawing.scopes:
        for child in scope.xml:
            tag = local(child)
            if tag not in FLOW_NODES | DRAWN_ONLY and child.tag == f"{{{BPMN}}}{tag}":
                yield drawing.error(
                    child.get("id", ""),
                    "unknown-element",
                    message("The diagram has a part that is not known here: {tag}.", tag=tag),
                    message("Draw it with tasks, gateways and events."),
                )


def _data(drawing: Drawing) -> Iterator[Finding]:
    for process in drawing.root.iter(bpmn("process")):
        for tag in DATA:
            for node in process.iter(bpmn(tag)):
                yield drawing.warning(
                    node.get("id", ""),
                    "data-is-drawn-only",
                    message(
                        "Data drawn in the diagram ({tag}) is for the reader only; nothing is read or written.", tag=tag
                    ),
                    message("Let forms and steps set variables."),
                )


def empty_diagram(drawing: Drawing) -> Iterator[Finding]:
    """A process that begins and has nothing to do."""
    for scope in drawing.scopes:
        if scope.is_process and not any(node.is_activity for node in scope.nodes.values()):
            for start in scope.starts()[:1]:
                yield drawing.warning(
                    start.id,
                    "nothing-to-do",
                    message("After {what} nothing is done.", what=what(start.element)),
                    message("Draw the tasks of the process."),
                )
