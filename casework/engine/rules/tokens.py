"""Rules about tokens that run at the same time: joins that may wait for ever, and what would run twice."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from casework.engine.concurrency import concurrent_flows
from casework.engine.rules.flows import reachable
from casework.engine.rules.words import what
from casework.engine.token_game import TokenGame, is_join
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.engine.drawing import Drawing, Node, Scope
    from casework.engine.finding import Finding


def tokens(drawing: Drawing) -> Iterator[Finding]:
    """All rules of this file."""
    for scope in drawing.scopes:
        joins = [node for node in scope.nodes.values() if is_join(node)]
        splits = [n for n in scope.nodes.values() if n.type in ("parallelGateway", "inclusiveGateway")]
        if joins or splits:
            together = concurrent_flows(scope)
            yield from _waiting_joins(drawing, scope, together)
            yield from _running_twice(drawing, scope, together)
        if joins:
            yield from _second_tokens(drawing, scope)


def _waiting_joins(drawing: Drawing, scope: Scope, together: dict[str, set[str]]) -> Iterator[Finding]:
    game = TokenGame(scope)
    for name, empty in game.stuck().items():
        yield _waiting_join(drawing, scope.nodes[name], empty, together)
    if not game.is_complete:
        yield drawing.warning(
            scope.id,
            "not-judged",
            message("There are too many ways through the diagram to check each place where ways meet."),
            message("Put parts of it into subprocesses."),
        )


def _waiting_join(drawing: Drawing, join: Node, empty: set[str], together: dict[str, set[str]]) -> Finding:
    if join.type == "inclusiveGateway":
        return drawing.error(
            join.id,
            "inclusive-joins-in-ring",
            message("{what} may wait for another gateway that waits for it.", what=what(join.element)),
            message("Put one of the two blocks into a subprocess."),
        )
    pairs = combinations([flow.id for flow in join.incoming], 2)
    if any(other not in together[one] for one, other in pairs):
        return drawing.error(
            join.id,
            "join-of-alternatives",
            message(
                "{what} waits for ever: of the ways into it, only one is ever taken.",
                what=what(join.element),
            ),
            message("Let these ways meet in a gateway for one way first."),
        )
    return drawing.error(
        join.id,
        "join-may-wait",
        message(
            "{what} may wait for ever: not every way comes to it (way {flow}).",
            what=what(join.element),
            flow=min(empty, default="–"),
        ),
        message("Lead every branch to it, let one end end everything, or put the block into a subprocess."),
    )


def _running_twice(drawing: Drawing, scope: Scope, together: dict[str, set[str]]) -> Iterator[Finding]:
    for node in scope.nodes.values():
        if is_join(node) or node.type == "endEvent":
            continue
        pairs = combinations([flow.id for flow in node.incoming], 2)
        if any(other in together[one] for one, other in pairs):
            yield drawing.warning(
                node.id,
                "runs-twice",
                message(
                    "{what} and what follows runs twice: the ways into it are both taken.",
                    what=what(node.element),
                ),
                message("Let ways that are taken at once meet in a gateway for all ways."),
            )


def _second_tokens(drawing: Drawing, scope: Scope) -> Iterator[Finding]:
    """A join where tokens of two rounds could mix."""
    found: dict[str, Node] = {}
    for event in scope.nodes.values():
        if event.type == "boundaryEvent" and not event.element.interrupting:
            for name in sorted(reachable(scope, [event.id])):
                if is_join(scope.nodes[name]):
                    found.setdefault(name, event)
    for name, event in found.items():
        yield drawing.error(
            name,
            "join-after-non-interrupting",
            message(
                "{what} may mix two rounds, since {event} does not interrupt.",
                what=what(scope.nodes[name].element),
                event=what(event.element),
            ),
            message("Put the parallel block into a subprocess, or end what follows the event by itself."),
        )
