"""Rules over several files: processes defined twice, and calls that go round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.engine.rules.words import what
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casework.engine.drawing import Drawing, Node
    from casework.engine.finding import Finding


def calls(drawings: Sequence[Drawing]) -> Iterator[Finding]:
    """All rules over these files."""
    yield from _twice(drawings)
    yield from _recursion(drawings)
    yield from _starts(drawings)


def _twice(drawings: Sequence[Drawing]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for drawing in drawings:
        for process in drawing.processes:
            if process in seen and seen[process] != drawing.name:
                yield drawing.error(
                    process,
                    "duplicate-process",
                    message("The process {id} stands in {file} as well.", id=process, file=seen[process]),
                    message("Give each process an id of its own."),
                )
            seen.setdefault(process, drawing.name)


def _recursion(drawings: Sequence[Drawing]) -> Iterator[Finding]:
    called = {name: set[str]() for drawing in drawings for name in drawing.processes}
    for _, node in _calling(drawings):
        called[node.element.process_id].add(node.element.called_element)
    for drawing, node in _calling(drawings):
        if node.element.process_id in _reached(called, node.element.called_element):
            yield drawing.error(
                node.id,
                "call-recursion",
                message("{what} calls a process that calls this one again.", what=what(node.element)),
                message("Draw the repetition as a loop inside one process."),
            )


def _reached(called: dict[str, set[str]], name: str) -> set[str]:
    seen: set[str] = set()
    todo = [name]
    while todo:
        at = todo.pop()
        if at not in seen:
            seen.add(at)
            todo += called.get(at, ())
    return seen


def _starts(drawings: Sequence[Drawing]) -> Iterator[Finding]:
    """Several start events are fine for those who name one; a call names none."""
    plain = {
        name: [s for s in process.start_events if not drawing.elements[name, s].event]
        for drawing in drawings
        for name, process in drawing.processes.items()
    }
    many = {name for d in drawings for name, process in d.processes.items() if len(process.start_events) > 1}
    for drawing in drawings:
        for name in drawing.processes:
            if len(plain[name]) > 1:
                yield drawing.error(
                    plain[name][1],
                    "several-plain-starts",
                    message("The process has several plain starts."),
                    message("Keep one of them, or let the others begin with a message."),
                )
    for drawing, node in _calling(drawings):
        if node.element.called_element in many and not plain.get(node.element.called_element):
            yield drawing.error(
                node.id,
                "call-without-start",
                message(
                    "{what} calls a process with several starts, and none of them is plain.",
                    what=what(node.element),
                ),
                message("Draw a plain start in the called process."),
            )


def _calling(drawings: Sequence[Drawing]) -> Iterator[tuple[Drawing, Node]]:
    for drawing in drawings:
        for _, node in drawing.nodes():
            if node.type == "callActivity":
                yield drawing, node
