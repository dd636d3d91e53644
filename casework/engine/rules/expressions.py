"""Every expression of a diagram must be FEEL that can be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casework import feel
from casework.engine.rules.words import what
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.engine.drawing import Drawing, Node
    from casework.engine.elements import DeadlineRule, Element
    from casework.engine.finding import Finding

#: `${...}` and `#{...}`: the expression language of Camunda 7.
JAVA = re.compile(r"[$#]\{")
VARIABLE = re.compile(r"[^\W\d]\w*\Z")
RESERVED = frozenset({"sag", "now", "true", "false", "null"})
RESERVED_WORDS = ", ".join(sorted(RESERVED))


def expressions(drawing: Drawing) -> Iterator[Finding]:
    """All rules of this file."""
    for scope in drawing.scopes:
        for flow in scope.flows:
            if flow.condition:
                yield from _check(drawing, flow.id, flow.condition)
    for _, node in drawing.nodes():
        for text in _texts(node.element):
            yield from _check(drawing, node.id, text)
        yield from _written(drawing, node)
    for process in drawing.processes.values():
        for text in (text for rule in process.deadlines for text in _of_deadline(rule)):
            yield from _check(drawing, process.id, text)


def _texts(element: Element) -> Iterator[str]:
    """What of an element is FEEL: always, or after a leading `=`."""
    loop = element.loop
    always = [loop.collection, loop.cardinality, loop.completion] if loop else []
    always += [element.timer.start]
    always += [element.expression] if element.event == "conditional" else []
    yield from (text for text in always if text)
    pairs = (*element.inputs, *element.outputs, *element.assigns)
    after_sign = [text for _, text in pairs] + [element.correlation]
    after_sign += [element.expression] if element.event == "timer" else []
    yield from (text for text in after_sign if text.strip().startswith("="))
    for rule in element.deadlines:
        yield from _of_deadline(rule)


def _of_deadline(rule: DeadlineRule) -> Iterator[str]:
    if rule.start:
        yield rule.start
    yield from (text for text in (rule.duration, rule.e1, rule.e2, rule.e3) if text.strip().startswith("="))


def _check(drawing: Drawing, element: str, text: str) -> Iterator[Finding]:
    if JAVA.search(text):
        yield drawing.error(
            element,
            "not-feel",
            message("The expression is written for another engine: {text}", text=text),
            message("Write it in FEEL, without the dollar sign and braces."),
        )
        return
    error = feel.check(text)
    if error is not None:
        yield drawing.error(
            element,
            "feel-syntax",
            error.message,
            message("Mend the expression; FEEL compares with “=”, and joins with “and” and “or”."),
        )


def _written(drawing: Drawing, node: Node) -> Iterator[Finding]:
    """The names of variables that the element writes, and of local names that it gives."""
    element = node.element
    names = [name for name, _ in (*element.inputs, *element.outputs, *element.assigns)]
    names += [element.result_variable] if element.result_variable else []
    names += [element.loop.item] if element.loop and element.loop.item else []
    for name in names:
        if not VARIABLE.match(name) or name in RESERVED:
            yield drawing.error(
                node.id,
                "variable-name",
                message("{what} uses “{name}” as the name of a variable.", what=what(element), name=name),
                message(
                    "A name has letters, digits and underscores only, and is none of: {words}.", words=RESERVED_WORDS
                ),
            )
