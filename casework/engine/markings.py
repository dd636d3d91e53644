"""All ways in which tokens may stand in one scope at the same time, for asking whether they could stand so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.engine.token_game import TokenGame, is_join

if TYPE_CHECKING:
    from casework.engine.drawing import Flow, Scope


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
        self.main = {self._target(place) for marking in self.all for place in marking}
        self.is_complete = self._game.is_complete

    def number(self, flow: Flow) -> int:
        """The place of a flow."""
        return self._game.number[id(flow)]

    def _folded(self, place: int) -> int:
        node = self._structure.nodes[self._target(place)]
        return place if is_join(node) else self.first[node.id]

    def _target(self, place: int) -> str:
        return self._game.flows[place].target


def markings_of(structure: Scope) -> Markings:
    """Those of a scope; kept with it, because it never changes."""
    known: Markings | None = structure.__dict__.get("_markings")
    if known is None:
        known = structure.__dict__["_markings"] = Markings(structure)
    return known
