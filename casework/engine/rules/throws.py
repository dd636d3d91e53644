"""Errors must be caught by something around them, through calls; an escalation that nobody catches is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.engine.rules.words import what
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casework.engine.drawing import Drawing, Node
    from casework.engine.finding import Finding

THROWING = frozenset({"endEvent", "intermediateThrowEvent"})


def throws(drawings: Sequence[Drawing]) -> Iterator[Finding]:
    """All rules over these files."""
    around = _Around(drawings)
    for drawing in drawings:
        for _, node in drawing.nodes():
            throwing = node.type in THROWING and node.element.event in ("error", "escalation")
            if throwing and not around.catches(node, node.element.process_id, node.element.scope):
                yield _uncaught(drawing, node)


def _uncaught(drawing: Drawing, node: Node) -> Finding:
    if node.element.event == "error":
        return drawing.error(
            node.id,
            "uncaught-error",
            message("Nothing around {what} catches its error: the case would stand still.", what=what(node.element)),
            message("Draw an error at the boundary of the subprocess or call around it, or end plainly."),
        )
    return drawing.warning(
        node.id,
        "uncaught-escalation",
        message("Nothing around {what} catches its escalation: it would be lost.", what=what(node.element)),
        message("Draw an escalation at the boundary of the subprocess or call around it."),
    )


class _Around:
    """Which activities stand around a place, over several files."""

    def __init__(self, drawings: Sequence[Drawing]) -> None:
        self.hosts = {node.element.key: node for drawing in drawings for _, node in drawing.nodes()}
        self.callers: dict[str, list[Node]] = {}
        for node in self.hosts.values():
            if node.type == "callActivity":
                self.callers.setdefault(node.element.called_element, []).append(node)

    def catches(self, thrower: Node, process: str, scope: str, seen: frozenset[str] = frozenset()) -> bool:
        """Is it caught on every way outward from this scope? A process that nobody calls lets it go."""
        if scope:
            host = self.hosts.get((process, scope))
            return host is not None and self._caught_at(thrower, host, seen)
        callers = self.callers.get(process, [])
        if not callers or process in seen:
            return False
        return all(self._caught_at(thrower, caller, seen | {process}) for caller in callers)

    def _caught_at(self, thrower: Node, host: Node, seen: frozenset[str]) -> bool:
        thrown = thrower.element
        if any(b.element.event == thrown.event and b.element.code in (None, thrown.code) for b in host.boundaries):
            return True
        return self.catches(thrower, host.element.process_id, host.element.scope, seen)
