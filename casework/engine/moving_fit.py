"""Whether the tokens of a scope, brought to a new diagram, stand as that diagram itself could have brought them to stand.

Then whatever could happen from there can happen, and nothing waits for ever (the rule of `setting`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.engine.markings import markings_of
from casework.engine.moving_pairs import named
from casework.engine.structure import structure_of
from casework.engine.token_game import is_join
from casework.i18n import message

if TYPE_CHECKING:
    from casework.engine.drawing import Node
    from casework.engine.drawing import Scope as Structure
    from casework.engine.elements import Element
    from casework.engine.markings import Markings
    from casework.engine.moving_rows import Row, Scope
    from casework.i18n import Message


def misfit(scope: Scope) -> Message | None:
    """Why they cannot stand so; None: they can.

    1. Where the diagram has not changed in its ways, they stand as before. 2. A token on the way of an event that does not
    interrupt stays on such a way, and one on the main way on the main way. 3. Those on the main way must stand as the new
    diagram allows, all together.
    """
    before, after = structure_of(scope.old), structure_of(scope.new)
    if _same_ways(scope, before, after):  # 1
        return None
    was, now = markings_of(before), markings_of(after)
    places: list[int] = []
    for row, element in scope.tokens:
        node = after.nodes[_element_id(row)]
        if (element.id in was.main) is not (node.id in now.main):  # 2
            return message(
                "{name} lies on the way of an event beside an activity in one of the versions only.",
                name=named(element),
            )
        if node.id in now.main:
            places.append(_place(now, node, row))
    holds = now.holds(places)  # 3
    if holds is None:
        return message("There are too many ways through the diagram to judge this.")
    return None if holds else _not_together(scope)


def _not_together(scope: Scope) -> Message:
    names = sorted({named(element) for _, element in scope.tokens})
    if len(names) == 1:
        return message(
            "In the new version {name} stands in a parallel block, whose other branches would never come.",
            name=names[0],
        )
    return message("In the new version these cannot stand at the same time: {names}.", names=names)


def _place(game: Markings, node: Node, row: Row) -> int:
    if not is_join(node):
        return game.first[node.id]
    source = row.internal["flow"].partition(":")[2]
    return next(game.number(flow) for flow in node.incoming if flow.source == source)


def _element_id(row: Row) -> str:
    return row.name.partition(":")[2]


def _same_ways(scope: Scope, before: Structure, after: Structure) -> bool:
    """The same nodes of the same kinds, and the same flows between them, boundary events included."""
    new_of: dict[str, str] = {}
    for node in before.nodes.values():
        target = scope.counterpart(node.element)
        if target is None or target.id not in after.nodes or not _alike(node.element, after.nodes[target.id].element):
            return False
        new_of[node.id] = target.id
    if len(set(new_of.values())) != len(after.nodes) or len(new_of) != len(after.nodes):
        return False
    flows = sorted((new_of[f.source], new_of[f.target]) for f in before.flows)
    hosts = {(new_of[n.id], new_of[n.element.attached_to]) for n in before.nodes.values() if n.element.attached_to}
    return flows == sorted((f.source, f.target) for f in after.flows) and hosts == {
        (n.id, n.element.attached_to) for n in after.nodes.values() if n.element.attached_to
    }


def _alike(old: Element, new: Element) -> bool:
    words: list[Any] = [(e.type, e.event, e.interrupting) for e in (old, new)]
    return bool(words[0] == words[1])
