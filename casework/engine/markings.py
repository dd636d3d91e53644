"""All ways in which tokens may stand in one scope at the same time, for asking whether they could stand so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.engine.reaching import can_reach
from casework.engine.token_game import TokenGame, is_join

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casework.engine.drawing import Flow, Scope
    from casework.engine.token_game import Marking


class Markings:
    """A token at a node counts the same whichever flow it came by, save at joins, which tell their flows apart.

    `all` holds every marking, `main` the elements that tokens reach without events that do not interrupt, `first` the place of
    each element (-1: none leads there). `is_complete`: there were not too many.
    """

    def __init__(self, structure: Scope) -> None:
        self._structure, self._game = structure, TokenGame(structure)
        self.first = {
            node.id: min((self.number(flow) for flow in node.incoming), default=-1) for node in structure.nodes.values()
        }
        self.all = {tuple(sorted(map(self._folded, marking))) for marking in self._game.markings()}
        self.is_complete = self._game.is_complete
        self.main = (
            {self._target(place) for marking in self.all for place in marking} if self.is_complete else self._lead()
        )
        self._known: dict[Marking, bool] = {}

    def holds(self, places: Iterable[int]) -> bool | None:
        """Whether tokens may stand at these places, and nowhere else, at the same time. None: there are too many ways to tell."""
        wanted = tuple(sorted(places))
        if self.is_complete or wanted in self.all:
            return wanted in self.all
        if wanted not in self._known:
            self._known[wanted] = can_reach(self._game, wanted, self._folded)
        return self._known[wanted] or None

    def number(self, flow: Flow) -> int:
        """The place of a flow."""
        return self._game.number[id(flow)]

    def place(self, flow: Flow) -> int:
        """Where a token counts that comes by it."""
        return self._folded(self.number(flow))

    def _folded(self, place: int) -> int:
        node = self._structure.nodes[self._target(place)]
        return place if is_join(node) else self.first[node.id]

    def _lead(self) -> set[str]:
        """The elements to which a way leads without events that do not interrupt."""
        seen: set[str] = set()
        todo = list(self._structure.starts())
        while todo:
            node = todo.pop()
            beside = (boundary for boundary in node.boundaries if boundary.element.interrupting)
            for flow in [*node.outgoing, *(flow for boundary in beside for flow in boundary.outgoing)]:
                if flow.target not in seen:
                    seen.add(flow.target)
                    todo.append(self._structure.nodes[flow.target])
        return seen

    def _target(self, place: int) -> str:
        return self._game.flows[place].target


def markings_of(structure: Scope) -> Markings:
    """Those of a scope; kept with it, because it never changes."""
    known: Markings | None = structure.__dict__.get("_markings")
    if known is None:
        known = structure.__dict__["_markings"] = Markings(structure)
    return known
