"""Rules about what is repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.diagrams import bpmn
from casework.engine.rules.words import what
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.engine.drawing import Drawing, Node
    from casework.engine.elements import Loop
    from casework.engine.finding import Finding


def loops(drawing: Drawing) -> Iterator[Finding]:
    """Multi-instance and standard loops say how often, and collect nothing by themselves."""
    for _, node in drawing.nodes():
        if node.element.loop is not None:
            yield from _amount(drawing, node, node.element.loop)
            yield from _output(drawing, node)


def _amount(drawing: Drawing, node: Node, loop: Loop) -> Iterator[Finding]:
    if loop.kind != "standard" and not (loop.collection or loop.cardinality):
        yield drawing.error(
            node.id,
            "loop-without-amount",
            message("{what} is repeated, but it is not said for what.", what=what(node.element)),
            message("Say for each of what, or how many times."),
        )
    if loop.collection and loop.cardinality:
        yield drawing.error(
            node.id,
            "loop-with-two-amounts",
            message("{what} is repeated for each of a list and a number of times.", what=what(node.element)),
            message("Keep one of the two."),
        )
    if loop.kind == "standard" and not loop.completion and loop.maximum is None:
        yield drawing.error(
            node.id,
            "loop-without-amount",
            message("{what} is repeated for ever.", what=what(node.element)),
            message("Give a condition for going on, or a largest number of rounds."),
        )


def _output(drawing: Drawing, node: Node) -> Iterator[Finding]:
    many = node.xml.find(bpmn("multiInstanceLoopCharacteristics"))
    parts = ("loopDataOutputRef", "outputDataItem")
    if many is not None and any(many.find(bpmn(part)) is not None for part in parts):
        yield drawing.error(
            node.id,
            "output-collection",
            message("{what} collects results in a list, which is never written.", what=what(node.element)),
            message("Let the form or a result of the task set a variable."),
        )
