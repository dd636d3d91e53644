"""Whether the tokens of a scope, brought to a new diagram, stand as that diagram itself could have brought them to stand.

Then whatever could happen from there can happen, and nothing waits for ever (the rule of `setting`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.engine.joins import element_of
from casework.engine.markings import markings_of
from casework.engine.moving_branches import Branches, lacking, steps_of
from casework.engine.moving_pairs import may_stand, named
from casework.engine.moving_rows import CHILD, arrived_before, place_arrived, place_skipped
from casework.engine.steps import Branch
from casework.engine.structure import structure_of
from casework.engine.token_game import is_join
from casework.i18n import message

if TYPE_CHECKING:
    from casework.engine.drawing import Node
    from casework.engine.drawing import Scope as Structure
    from casework.engine.elements import Element
    from casework.engine.markings import Markings
    from casework.engine.moving_branches import Lacking
    from casework.engine.moving_rows import Row, Scope
    from casework.i18n import Message


def misfit(scope: Scope) -> Message | None:
    """Why they cannot stand so; None: they can.

    1. Where the diagram has not changed in its ways, they stand as before. 2. A token on the way of an event that does not
    interrupt stays on such a way, and one on the main way on the main way. 3. Those on the main way must stand as the new
    diagram allows, all together, or with those that an earlier move has let go of. 4. Where only branches are lacking, it is as
    was chosen.
    """
    after = structure_of(scope.new)
    if scope.is_whole and _same_ways(scope, structure_of(scope.old), after):  # 1
        return None
    now = markings_of(after)
    places: list[int] = []
    for row, element in scope.tokens:
        node = after.nodes[element_of(row.name)]
        if row.made is None and _was_beside(row) is not _is_beside(scope, node.id):  # 2
            return message(
                "{name} lies on the way of an event beside an activity in one of the versions only.",
                name=named(element),
            )
        if node.id in now.main:
            places.append(_place(now, node, row))
    holds = now.holds(places)  # 3
    if holds or (places and _holds_with_arrived(scope, after, places)):
        return None
    found = lacking(now, after, places) if not scope.let_go else None
    if found is not None:
        return _with_branches(scope, after, found)  # 4
    if holds is None:
        return message("There are too many ways through the diagram to judge this.")
    return _not_together(scope)


def _holds_with_arrived(scope: Scope, after: Structure, places: list[int]) -> bool:
    """With the tokens that an earlier move has let go of, which wait at their joins again then."""
    now, arrived = markings_of(after), arrived_before(scope)
    flows = [
        flow
        for one in arrived
        for flow in after.flows
        if (flow.source, flow.target) == (element_of(one.flow), element_of(one.join))
    ]
    if not arrived or len(flows) < len(arrived) or not now.holds([*places, *map(now.number, flows)]):
        return False
    place_arrived(scope, arrived)
    return True


def _with_branches(scope: Scope, after: Structure, found: Lacking) -> Message | None:
    steps = [node.element for node in steps_of(after, found) if may_stand(node.element) and not is_join(node)]
    named_steps = [one for one in steps if not one.type.endswith("Gateway")]
    if scope.branches is Branches.BEGIN:
        host = scope.host.id if scope.host is not None else ""
        scope.begins += [Branch(host, flow.source, flow.target) for flow in found.firsts]
        scope.begun += named_steps
    elif scope.branches is Branches.SKIP:
        for flow in found.lasts:
            place_skipped(scope, flow)
        scope.skipped += named_steps
    else:
        scope.is_choice = True
        names = list(dict.fromkeys(map(named, named_steps)))
        beside = sorted({named(element) for _, element in scope.tokens})
        return message(
            "At the same time as {names} the new version has {branch}, which has not begun here.",
            branch=names,
            names=beside,
        )
    return None


def _not_together(scope: Scope) -> Message:
    names = sorted({named(element) for _, element in scope.tokens})
    if len(names) == 1:
        return message(
            "In the new version {name} stands in a parallel block, whose other branches would never come.",
            name=names[0],
        )
    return message("In the new version these cannot stand at the same time: {names}.", names=names)


def _was_beside(row: Row) -> bool:
    """On the way of an event that does not interrupt, itself or with an activity around it."""
    element = row.stood
    assert element is not None  # noqa: S101  it holds a token
    on_main = element.id in markings_of(structure_of(row.home)).main
    return not on_main or (row.around is not None and _was_beside(row.around))


def _is_beside(scope: Scope, element_id: str) -> bool:
    if element_id not in markings_of(structure_of(scope.new)).main:
        return True
    host, around = scope.host, scope.around
    return host is not None and around is not None and _is_beside(around, element_of(host.name.removesuffix(CHILD)))


def _place(game: Markings, node: Node, row: Row) -> int:
    if not is_join(node):
        return game.first[node.id]
    source = element_of(row.internal["flow"])
    return next(game.number(flow) for flow in node.incoming if flow.source == source)


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
