"""What a diagram names must exist: forms, decisions, called processes, lanes, job handlers, laws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.engine.rules.words import what
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.engine.drawing import Drawing, Node
    from casework.engine.finding import Finding, Known

#: Carried out elsewhere, so somebody must be named.
JOBS = frozenset({"serviceTask"})
#: The topic that writes letters, and its input that says which.
LETTER, TEMPLATE = "letter", "template"


def references(drawing: Drawing, known: Known) -> Iterator[Finding]:
    """All rules of this file; `known` holds the processes of the other files too."""
    for _, node in drawing.nodes():
        match node.type:
            case "userTask":
                yield from _form(drawing, node, known)
                yield from _lane(drawing, node, known)
            case "businessRuleTask":
                yield from _decision(drawing, node, known)
            case "callActivity":
                yield from _call(drawing, node, known)
        yield from _job(drawing, node, known)
        if node.element.topic == LETTER and known.templates is not None:
            yield from _template(drawing, node, known.templates)
        yield from _message(drawing, node)
        yield from _laws(drawing, node.id, (*node.element.laws, *(d.law for d in node.element.deadlines)), known)
    for process in drawing.processes.values():
        yield from _laws(drawing, process.id, (*process.laws, *(d.law for d in process.deadlines)), known)


def _form(drawing: Drawing, node: Node, known: Known) -> Iterator[Finding]:
    form = node.element.form_key
    if not form:
        yield drawing.warning(
            node.id,
            "user-task-without-form",
            message("{what} has no form: it can only be ticked off.", what=what(node.element)),
            message("Choose a form."),
        )
    elif known.forms is not None and form not in known.forms:
        yield drawing.error(
            node.id,
            "unknown-form",
            message("{what} uses the form {form}, which does not exist.", what=what(node.element), form=form),
            message("Choose a form that exists, or make it."),
        )


def _lane(drawing: Drawing, node: Node, known: Known) -> Iterator[Finding]:
    lane = node.element.lane
    if known.lanes is None:
        return
    if not lane:
        yield drawing.warning(
            node.id,
            "user-task-without-lane",
            message(
                "{what} lies in no lane: it goes to the unit that is responsible for the case.", what=what(node.element)
            ),
            message("Draw it in the lane of the unit that does it."),
        )
    elif lane not in known.lanes:
        yield drawing.error(
            node.id,
            "unknown-lane",
            message(
                "{what} is for {lane}, which is no unit: it would lie in nobody's inbox.",
                what=what(node.element),
                lane=lane,
            ),
            message("Choose the unit of the lane: {lanes}.", lanes=", ".join(sorted(known.lanes))),
        )


def _decision(drawing: Drawing, node: Node, known: Known) -> Iterator[Finding]:
    decision = node.element.decision
    if node.element.topic:
        return
    if not decision:
        yield drawing.error(
            node.id,
            "no-decision",
            message("{what} does not say which decision it takes.", what=what(node.element)),
            message("Choose a decision."),
        )
    elif known.decisions is not None and decision not in known.decisions:
        yield drawing.error(
            node.id,
            "unknown-decision",
            message("{what} uses the decision {name}, which does not exist.", what=what(node.element), name=decision),
            message("Choose a decision that exists, or make it."),
        )


def _call(drawing: Drawing, node: Node, known: Known) -> Iterator[Finding]:
    called = node.element.called_element
    if not called:
        yield drawing.error(
            node.id,
            "no-called-process",
            message("{what} does not say which process it calls.", what=what(node.element)),
            message("Choose a process."),
        )
    elif called not in known.processes:
        yield drawing.error(
            node.id,
            "unknown-process",
            message("{what} calls the process {name}, which does not exist.", what=what(node.element), name=called),
            message("Choose a process that exists, or make it."),
        )


def _job(drawing: Drawing, node: Node, known: Known) -> Iterator[Finding]:
    topic = node.element.topic
    if node.type in JOBS and not topic:
        yield drawing.error(
            node.id,
            "job-without-topic",
            message("{what} does not say who carries it out: it would stand for ever.", what=what(node.element)),
            message("Choose who carries it out."),
        )
    elif topic and known.handlers is not None and topic not in known.handlers:
        yield drawing.error(
            node.id,
            "unknown-handler",
            message("{what} is a job for {topic}, which nobody carries out.", what=what(node.element), topic=topic),
            message("Choose one of these: {topics}.", topics=", ".join(sorted(known.handlers))),
        )


def _template(drawing: Drawing, node: Node, templates: frozenset[str]) -> Iterator[Finding]:
    """One that is worked out while the process runs can only be looked at then."""
    template = dict(node.element.inputs).get(TEMPLATE, "")
    if not template:
        yield drawing.error(
            node.id,
            "no-template",
            message("{what} does not say which letter to write.", what=what(node.element)),
            message("Choose a letter."),
        )
    elif not template.startswith("=") and template not in templates:
        yield drawing.error(
            node.id,
            "unknown-template",
            message("{what} sends the letter {name}, which does not exist.", what=what(node.element), name=template),
            message("Choose a letter that exists."),
        )


def _message(drawing: Drawing, node: Node) -> Iterator[Finding]:
    element = node.element
    if element.event in ("message", "signal") and not element.event_name:
        yield drawing.error(
            node.id,
            "message-without-name",
            message("{what} does not say which message.", what=what(element)),
            message("Choose a message with a name."),
        )


def _laws(drawing: Drawing, element: str, laws: tuple[str, ...], known: Known) -> Iterator[Finding]:
    for law in laws:
        if known.laws is not None and law and law not in known.laws:
            yield drawing.error(
                element,
                "unknown-law",
                message("The legal basis {law} does not exist.", law=law),
                message("Choose a rule of the list; a new one is added to the file of laws, with its source."),
            )
