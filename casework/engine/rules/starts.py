"""Rules about start events that wait for the clock: on every open case a process starts when the moment comes.

Nothing of the process runs before, so the moment can follow from facts of the case only; and it must be one moment, because
what comes again and again is a cycle inside of a process.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casework import feel
from casework.calendar import due, usual_calendar
from casework.engine.rules.times import EXAMPLE
from casework.engine.rules.words import what
from casework.errors import CaseworkError
from casework.feel import FeelError
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.engine.drawing import Drawing, Node
    from casework.engine.finding import Finding

#: Known to every expression and no fact: they change by themselves.
CHANGING = frozenset({"now", "barnAlder", "sag"})
_CLOCK = re.compile(r"\b(now|today)\s*\(\s*\)")


def starts(drawing: Drawing) -> Iterator[Finding]:
    """All rules of this file."""
    for scope, node in drawing.nodes():
        if node.element.event != "timer":
            continue
        if node.type != "startEvent":
            yield from _elsewhere(drawing, node)
        elif scope.is_process:
            declared = {variable.name for variable in drawing.processes[node.element.process_id].variables}
            yield from _moment(drawing, node, declared)
            yield from _late(drawing, node)


def _moment(drawing: Drawing, node: Node, declared: set[str]) -> Iterator[Finding]:
    read = _names(node.element.expression)
    if node.element.timer_kind != "timeDate" or not read:
        yield drawing.error(
            node.id,
            "start-moment",
            message(
                "{what} starts the process by the clock, but not at a moment of the case.", what=what(node.element)
            ),
            message("Write a moment that follows from facts, as =foedselsdato + duration(“P16Y”)."),
        )
        return
    unknown = sorted(read & (CHANGING | declared))
    unknown += ["now()"] if _CLOCK.search(node.element.expression) else []
    if unknown:
        yield drawing.error(
            node.id,
            "start-reads",
            message(
                "{what} reads {names}, which is not known before the process runs.",
                what=what(node.element),
                names=", ".join(unknown),
            ),
            message("Read facts of the case only."),
        )


def _names(expression: str) -> frozenset[str]:
    """None where it is no FEEL; that is said elsewhere."""
    try:
        return feel.names(expression.strip().removeprefix("=")) if expression.strip().startswith("=") else frozenset()
    except FeelError:
        return frozenset({"?"})


def _late(drawing: Drawing, node: Node) -> Iterator[Finding]:
    rule = node.element.timer
    if rule.calendar or rule.start:
        yield _misplaced(drawing, node, "calendar" if rule.calendar else "start")
    try:
        due(rule.late or "P0D", usual_calendar(rule.late or "P0D"), EXAMPLE)
    except CaseworkError as error:
        yield drawing.error(
            node.id,
            "timer-unreadable",
            message("The time of {what} cannot be read: {problem}", what=what(node.element), problem=error.message),
            message("Say for how long it is still of use, as P2Y for two years."),
        )


def _elsewhere(drawing: Drawing, node: Node) -> Iterator[Finding]:
    rule = node.element.timer
    if rule.late or rule.single:
        yield _misplaced(drawing, node, "late" if rule.late else "single")


def _misplaced(drawing: Drawing, node: Node, word: str) -> Finding:
    return drawing.error(
        node.id,
        "misplaced-word",
        message("sag:{word} means nothing at {what}.", word=f"timer {word}", what=what(node.element)),
        message("Move it to the element that it is meant for."),
    )
