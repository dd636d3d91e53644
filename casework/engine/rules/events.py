"""Rules about events and the elements that the engine would drop without a word, with what to draw instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.diagrams import local
from casework.engine.rules.words import what
from casework.engine.vocabulary import EVENT_WORDS, EVENTS
from casework.i18n import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.engine.drawing import Drawing, Node
    from casework.engine.finding import Finding

#: Which events may stand where; empty: none at all.
ALLOWED = {
    "startEvent": {"", "message", "timer", "signal"},
    "endEvent": {"", "message", "error", "escalation", "terminate"},
    "intermediateCatchEvent": {"message", "timer", "signal", "conditional"},
    "intermediateThrowEvent": {"", "message", "escalation"},
    "boundaryEvent": {"message", "timer", "signal", "conditional", "error", "escalation"},
}
BEHIND_GATEWAY = frozenset({"intermediateCatchEvent", "receiveTask"})
INSTEAD = {
    "signal": message("Send a message instead: those who wait for its name on the same case receive it."),
    "compensate": message("Draw what has to be undone as tasks of their own, behind a gateway."),
    "cancel": message("Use an end with an error, and an error at the boundary that catches it."),
    "link": message("Draw the way itself, or put what follows into a subprocess."),
    "error": message("End with an error inside a subprocess, and catch it at the subprocess's boundary."),
    "": message("Choose a kind of event: message, timer or condition."),
}
UNSUPPORTED = {
    "complexGateway": message("Use a gateway for one way, for all ways, or for one or several."),
    "transaction": message("Draw a plain subprocess with an error at its boundary."),
    "adHocSubProcess": message(
        "Draw the tasks behind a gateway for one or several ways, or start each as a process of its own."
    ),
}


def unsupported(drawing: Drawing) -> Iterator[Finding]:
    """Elements without a meaning here."""
    for _, node in drawing.nodes():
        if node.type in UNSUPPORTED:
            yield drawing.error(
                node.id,
                "unsupported-element",
                message("{what} cannot be carried out.", what=what(node.element)),
                UNSUPPORTED[node.type],
            )
        if node.xml.get("triggeredByEvent") == "true":
            yield drawing.error(
                node.id,
                "event-subprocess",
                message("The event subprocess “{name}” would be passed over.", name=node.element.name or node.id),
                message(
                    "Draw an event at the boundary of a subprocess, or a process of its own that a message on the case starts."
                ),
            )
        if node.xml.get("isForCompensation") == "true":
            yield drawing.error(
                node.id,
                "compensation",
                message("{what} is meant for compensation, which is never carried out.", what=what(node.element)),
                INSTEAD["compensate"],
            )


def events(drawing: Drawing) -> Iterator[Finding]:
    """Kinds of events, their places, and that each waits for one thing."""
    for scope, node in drawing.nodes():
        if node.type in EVENTS:
            yield from _kind(drawing, node)
        if node.type == "startEvent" and not scope.is_process and node.element.event:
            yield drawing.error(
                node.id,
                "subprocess-start",
                message("{what} inside a subprocess waits for an event.", what=what(node.element)),
                message("Inside a subprocess the start is plain; draw what it waits for after it."),
            )
        if node.type == "boundaryEvent":
            yield from _boundary(drawing, node, {n.id for n in scope.nodes.values() if n.is_activity})
        if node.type == "eventBasedGateway":
            yield from _behind_gateway(drawing, node, scope.nodes)


def _kind(drawing: Drawing, node: Node) -> Iterator[Finding]:
    words = [EVENT_WORDS.get(local(c), local(c)) for c in node.xml if local(c).endswith("EventDefinition")]
    if len(words) > 1:
        yield drawing.error(
            node.id,
            "several-events",
            message("{what} waits for several things at once.", what=what(node.element)),
            message("Draw one event for each of them."),
        )
    for word in words or [""]:
        if word not in ALLOWED[node.type]:
            yield drawing.error(
                node.id,
                "event-kind",
                message("{what} cannot be of the kind “{kind}” here.", what=what(node.element), kind=word or "none"),
                INSTEAD.get(word) or message("Use another kind of event, or draw it as a task."),
            )


def _boundary(drawing: Drawing, node: Node, activities: set[str]) -> Iterator[Finding]:
    if node.element.attached_to not in activities:
        yield drawing.error(
            node.id,
            "boundary-without-host",
            message("{what} is at the boundary of no task or subprocess.", what=what(node.element)),
            message("Put it at the step that it watches."),
        )
    if node.element.event == "error" and not node.element.interrupting:
        yield drawing.error(
            node.id,
            "error-not-interrupting",
            message("{what} catches an error without interrupting.", what=what(node.element)),
            message("An error always interrupts; use an escalation for what goes on."),
        )


def _behind_gateway(drawing: Drawing, gateway: Node, nodes: dict[str, Node]) -> Iterator[Finding]:
    targets = [nodes[flow.target] for flow in gateway.outgoing]
    for target in targets:
        problem = _wrong_target(target)
        if problem is not None:
            rule, sentence, mend = problem
            yield drawing.error(target.id, rule, sentence, mend)
    if len(targets) == 1:
        yield drawing.warning(
            gateway.id,
            "one-event-only",
            message("{what} waits for one event only.", what=what(gateway.element)),
            message("Draw the event without the gateway, or the other events too."),
        )


def _wrong_target(target: Node) -> tuple[str, Message, Message] | None:
    if target.type not in BEHIND_GATEWAY:
        return (
            "gateway-target",
            message(
                "{what} stands behind a gateway for what happens first, and awaits nothing.", what=what(target.element)
            ),
            message("Draw only what waits behind it: for a message, a time or a condition."),
        )
    if len(target.incoming) > 1:
        return (
            "gateway-target-entered",
            message(
                "{what} stands behind a gateway for what happens first, and another way leads to it.",
                what=what(target.element),
            ),
            message("Draw the event a second time for the other way."),
        )
    if target.boundaries:
        return (
            "boundary-behind-gateway",
            message(
                "{what} stands behind a gateway for what happens first, and has events at its boundary.",
                what=what(target.element),
            ),
            message("Draw the event at the boundary as a further event behind the gateway."),
        )
    if target.element.loop is not None:
        return (
            "loop-behind-gateway",
            message(
                "{what} stands behind a gateway for what happens first, and is repeated.", what=what(target.element)
            ),
            message("Draw the repetition around the gateway."),
        )
    return None
