"""By which flow of the new diagram a token counts as arrived that waits at a join."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.engine.joins import element_of
from casework.engine.nesting import chains_of, inside_of
from casework.engine.structure import structure_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casework.engine.drawing import Node
    from casework.engine.elements import Element
    from casework.engine.moving_rows import Row, Scope


def flow_source(scope: Scope, row: Row, old: Element, new: Element) -> str | None:
    """The element by whose flow the token `row` counts as arrived at the new join.

    1. The counterpart of the one it came by, where that has a flow to the join. 2. Else the only flow to the join to which the
    counterparts of what lay last on its way lead: steps that the new version has put on the way's end count as passed, and
    those that it has taken away are looked past. 3. Of several, not those that other flows to the old join have become. None:
    there is no such flow, or several.
    """
    before, after = structure_of(row.home), structure_of(scope.new)
    came_by = element_of(row.internal["flow"])
    sources = {f.source for f in after.nodes[new.id].incoming}
    last = _last_known(scope, row.home, came_by, old.id)
    direct = last & sources
    if len(last) == 1 and direct:
        return next(iter(direct))
    found = {s for s in sources if any(s == e or _leads(after.nodes, e, s, new.id) for e in last)}
    if len(found) > 1:
        found -= {
            _visible(scope, before.nodes[f.source].element)
            for f in before.nodes[old.id].incoming
            if f.source != came_by
        }
    return next(iter(found)) if len(found) == 1 else None


def _last_known(scope: Scope, home: Any, source: str, join: str) -> set[str]:
    """The new ids of the nearest elements on the way to `source` that have a counterpart in the scope, or inside one of its
    activities. Of an activity without one, what lay last inside of it.
    """
    known, seen, todo = set[str](), {(home.name, join)}, [(home, source)]
    around: dict[str, tuple[Any, str]] = {}
    while todo:
        spec, name = todo.pop()
        nodes = structure_of(spec).nodes
        if (spec.name, name) in seen or name not in nodes:
            continue
        seen.add((spec.name, name))
        stands_for = _visible(scope, nodes[name].element)
        inside = inside_of(scope.definitions[0], spec, nodes[name])
        if stands_for is not None:
            known.add(stands_for)
        elif inside is not None and nodes[name].type == "subProcess":
            around[inside.name] = spec, name
            todo += [(inside, end.id) for end in structure_of(inside).nodes.values() if end.type == "endEvent"]
        elif nodes[name].type == "startEvent" and spec.name in around:
            outer, activity = around[spec.name]
            todo += [(outer, f.source) for f in structure_of(outer).nodes[activity].incoming]
        else:
            todo += [(spec, before) for before in _before(nodes[name])]
    return known


def _before(node: Node) -> Iterator[str]:
    yield from (flow.source for flow in node.incoming)
    if node.element.attached_to:
        yield node.element.attached_to


def _visible(scope: Scope, element: Element) -> str | None:
    """The counterpart, or the activity of the scope that it lies inside of."""
    target = scope.counterpart(element)
    chain = chains_of(scope.definitions[1], scope.new).get(target.id) if target is not None else None
    if target is None or chain is None:
        return None
    return chain[0] if chain else target.id


def _leads(nodes: Mapping[str, Node], start: str, end: str, join: str) -> bool:
    """Is there a way from `start` to `end` that does not pass `join`?"""
    seen, todo = {start, join}, [start]
    while todo:
        for flow in nodes[todo.pop()].exits():
            if flow.target == end:
                return True
            if flow.target not in seen:
                seen.add(flow.target)
                todo.append(flow.target)
    return False
