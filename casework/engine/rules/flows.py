"""Rules about sequence flows: what begins, what can be reached, and what leads on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.diagrams import bpmn
from casework.engine.rules.words import what
from casework.engine.vocabulary import GATEWAYS
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.engine.drawing import Drawing, Flow, Node, Scope
    from casework.engine.finding import Finding


def flows(drawing: Drawing) -> Iterator[Finding]:
    """All rules of this file."""
    for scope in drawing.scopes:
        yield from _dangling(drawing, scope)
        yield from _reach(drawing, scope)
        for node in scope.nodes.values():
            yield from _ways(drawing, node)


def _dangling(drawing: Drawing, scope: Scope) -> Iterator[Finding]:
    elsewhere = {node.id for _, node in drawing.nodes()} - scope.nodes.keys()
    for flow in scope.flows:
        missing = [end for end in (flow.source, flow.target) if end not in scope.nodes]
        if any(end in elsewhere for end in missing):
            yield drawing.error(
                flow.id,
                "flow-crosses-border",
                message("A way crosses the border of a subprocess or process."),
                message("Lead ways to the border only: to the subprocess itself, or use a message."),
            )
        elif missing:
            yield drawing.error(
                flow.id,
                "dangling-flow",
                message("A way leads from or to something that is not there: {id}.", id=missing[0] or "–"),
                message("Connect both ends of the way, or delete it."),
            )


def _reach(drawing: Drawing, scope: Scope) -> Iterator[Finding]:
    reached = reachable(scope, [start.id for start in scope.starts()])
    for node in scope.nodes.values():
        if scope.starts() and node.id not in reached:
            yield drawing.error(
                node.id,
                "unreachable",
                message("{what} cannot be reached from any start.", what=what(node.element)),
                message("Lead a way to it, or delete it."),
            )
    ending = _ending(scope)
    endless = [n for n in scope.nodes.values() if n.id in reached and n.id not in ending]
    if endless and all(n.exits() for n in endless):
        yield drawing.warning(
            endless[0].id,
            "endless",
            message("From {what} no end can be reached: it goes round for ever.", what=what(endless[0].element)),
            message("Draw a way out of the circle, unless an event from outside ends it."),
        )


def reachable(scope: Scope, ids: list[str]) -> set[str]:
    """The nodes that a token at `ids` can come to; what is at a reached activity's boundary is reached."""
    seen: set[str] = set()
    todo = [i for i in ids if i in scope.nodes]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            node = scope.nodes[name]
            todo += [flow.target for flow in node.outgoing] + [boundary.id for boundary in node.boundaries]
    return seen


def _ending(scope: Scope) -> set[str]:
    """The nodes from which a token can come to where it ends."""
    found = {node.id for node in scope.nodes.values() if node.type == "endEvent" or not node.exits()}
    todo = list(found)
    while todo:
        node = scope.nodes[todo.pop()]
        before = [flow.source for flow in node.incoming]
        before += [node.element.attached_to] if node.element.attached_to in scope.nodes else []
        fresh = [name for name in before if name not in found]
        found.update(fresh)
        todo += fresh
    return found


def _ways(drawing: Drawing, node: Node) -> Iterator[Finding]:
    """How many flows come in and go out, and whether they may carry conditions."""
    if not node.outgoing and node.type != "endEvent":
        yield drawing.error(
            node.id,
            "no-way-out",
            message("{what} leads nowhere, and is no end.", what=what(node.element)),
            message("Lead it on, or let it end here."),
        )
    if node.outgoing and node.type == "endEvent":
        yield drawing.error(
            node.id,
            "flow-out-of-end",
            message("A way leads out of {what}.", what=what(node.element)),
            message("After an end nothing follows: delete the way, or use another element."),
        )
    if node.incoming and node.type in ("startEvent", "boundaryEvent"):
        yield drawing.error(
            node.id,
            "flow-into-start",
            message("A way leads into {what}, which begins by itself.", what=what(node.element)),
            message("Lead the way to the element after it."),
        )
    if len(node.outgoing) > 1 and node.type not in GATEWAYS:
        yield drawing.error(
            node.id,
            "several-ways-out",
            message("Several ways lead out of {what}.", what=what(node.element)),
            message("Draw a gateway where the ways part: for one way when one is taken, for all ways when all are."),
        )
    if node.type not in ("exclusiveGateway", "inclusiveGateway"):
        yield from _no_conditions(drawing, node)


def _no_conditions(drawing: Drawing, node: Node) -> Iterator[Finding]:
    for flow in node.outgoing:
        if flow.condition is not None:
            yield drawing.error(
                flow.id,
                "condition-ignored",
                message("Nothing would look at the condition on a way out of {what}.", what=what(node.element)),
                message("Put the condition on a way out of a gateway for one way, or for one or several."),
            )


def gateways(drawing: Drawing) -> Iterator[Finding]:
    """Exclusive and inclusive gateways must find a way out, whatever the values are."""
    for _, node in drawing.nodes():
        if node.type in ("exclusiveGateway", "inclusiveGateway"):
            yield from _choice(drawing, node)


def _choice(drawing: Drawing, node: Node) -> Iterator[Finding]:
    own = {flow.id for flow in node.outgoing}
    if node.default and node.default not in own:
        yield drawing.error(
            node.id,
            "unknown-default",
            message("The way that {what} takes otherwise is not one of its own.", what=what(node.element)),
            message("Choose one of the ways out of the gateway as the one that is taken otherwise."),
        )
    conditional = [flow for flow in node.outgoing if flow.id != node.default]
    if len(node.outgoing) == 1 and not conditional_text(conditional):
        return
    for flow in conditional:
        if not flow.condition:
            yield drawing.error(
                flow.id,
                "flow-without-condition",
                message(
                    "A way out of {what} has no condition, and is not the one that is taken otherwise.",
                    what=what(node.element),
                ),
                message("Write a condition on the way, or let it be taken otherwise."),
            )
    if conditional and node.default not in own:
        yield drawing.error(
            node.id,
            "may-find-no-way",
            message(
                "{what} may find no way out: when no condition is true, the case stands still.", what=what(node.element)
            ),
            message("Let one of the ways be taken otherwise."),
        )
    yield from _default_with_condition(drawing, node)


def conditional_text(flows_: list[Flow]) -> str:
    """The conditions on some flows, as one text."""
    return "".join(flow.condition or "" for flow in flows_)


def _default_with_condition(drawing: Drawing, node: Node) -> Iterator[Finding]:
    for flow in node.outgoing:
        if flow.id == node.default and flow.condition:
            yield drawing.warning(
                flow.id,
                "default-with-condition",
                message(
                    "The way that {what} takes otherwise has a condition, which nothing would look at.",
                    what=what(node.element),
                ),
                message("Delete the condition: the way is taken when no other is."),
            )


def subprocesses(drawing: Drawing) -> Iterator[Finding]:
    """An embedded subprocess begins at one plain start event and comes to an end event."""
    for scope in drawing.scopes:
        if scope.is_process or scope.xml.get("triggeredByEvent") == "true":
            continue
        element = drawing.elements[scope.process_id, scope.id]
        if len(scope.starts()) != 1:
            yield drawing.error(
                scope.id,
                "subprocess-start",
                message("{what} has {count} starts.", what=what(element), count=len(scope.starts())),
                message("Draw exactly one start in it."),
            )
        if scope.xml.find(bpmn("endEvent")) is None:
            yield drawing.error(
                scope.id,
                "no-end-event",
                message("{what} has no end inside.", what=what(element)),
                message("Draw an end in it, and lead the ways there."),
            )
