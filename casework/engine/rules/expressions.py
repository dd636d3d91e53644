"""Every expression of a diagram must be FEEL that can be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casework import feel
from casework.engine.asked import after_sign, feel_of
from casework.engine.rules.words import what
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.engine.drawing import Drawing, Node
    from casework.engine.elements import DeadlineRule
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
        for text in feel_of(node.element):
            yield from _check(drawing, node.id, text)
        yield from _written(drawing, node)
    for process in drawing.processes.values():
        for text in (t for rule in process.deadlines for t in _of_deadline(rule)):
            yield from _check(drawing, process.id, text)


def _of_deadline(rule: DeadlineRule) -> list[str]:
    return [text for text in (rule.start, *after_sign(rule.duration, rule.e1, rule.e2, rule.e3)) if text]


def _check(drawing: Drawing, element: str, text: str) -> Iterator[Finding]:
    if JAVA.search(text):
        yield drawing.error(
            element,
            "not-feel",
            message("The formula is written for another system: {text}", text=text),
            message("Write it without the dollar sign and braces."),
        )
        return
    error = feel.check(text)
    if error is not None:
        yield drawing.error(
            element,
            "feel-syntax",
            error.message,
            message("Mend the formula: it compares with “=”, and joins with “and” and “or”."),
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
