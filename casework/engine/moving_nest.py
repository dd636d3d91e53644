"""Brings what stands into the activities that the new version draws around it, and out of those that it does not.

An activity that is drawn around what stands runs from then on, with an engine task of its own. One that is taken away is
remembered by what stood inside, so that on the way back it is the same activity again, with its inputs and deadlines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.util.task import TaskState

from casework.engine.moving_boundaries import SPENT, have_come
from casework.engine.moving_rows import Scope, new_row, read_rows, unit_of
from casework.engine.nesting import chains_of, inside_of
from casework.engine.structure import structure_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.engine.definition import Definition
    from casework.engine.elements import Element, Key
    from casework.engine.moving_branches import Branches
    from casework.engine.moving_rows import Row

#: In the internal data of a token: the activities that were around it in another version.
AROUND = "around"


def nested(
    saved: dict[str, Any], pairs: Mapping[Key, Key], definitions: tuple[Definition, Definition], branches: Branches
) -> list[Scope]:
    """The scopes of a saved state as the new version nests them, outermost first; nothing else is moved yet."""
    scopes = _read(saved, pairs, definitions, branches)
    for root in [scope for scope in scopes if not _is_embedded(scope)]:
        root.new = _new_inside(root)
        if root.new is not None:
            _arrange(root, scopes)
    return sorted(scopes, key=_depth)


def _read(
    saved: dict[str, Any], pairs: Mapping[Key, Key], definitions: tuple[Definition, Definition], branches: Branches
) -> list[Scope]:
    old = definitions[0]
    scopes = [Scope(old.spec, None, read_rows(saved["tasks"], old.spec, None), pairs, definitions, branches=branches)]
    for inside in saved["inside"]:
        around, host = next((s, row) for s in scopes for row in s.rows if row.id == inside["host"])
        spec = old.subprocess_specs[host.spec.spec]
        rows = read_rows(inside["tasks"], spec, host)
        scopes.append(Scope(spec, None, rows, pairs, definitions, host, around, branches))
    return scopes


def _is_embedded(scope: Scope) -> bool:
    element = scope.host.stood if scope.host is not None else None
    return element is not None and element.type == "subProcess" and element.loop is None


def _new_inside(scope: Scope) -> Any:
    """The new spec of a process, of what is called, or of what is repeated; None where that has no counterpart."""
    new = scope.definitions[1]
    if scope.host is None:
        return new.spec
    element = scope.host.stood
    target = scope.counterpart(element) if element is not None else None
    return new.subprocess_specs.get(target.called_element or f"{target.process_id}:{target.id}") if target else None


def _depth(scope: Scope) -> int:
    return 0 if scope.around is None else 1 + _depth(scope.around)


def _arrange(root: Scope, scopes: list[Scope]) -> None:
    """1. Each token, and each activity that goes on, to where the new version draws it. 2. What is empty then is taken away."""
    chains = chains_of(root.definitions[1], root.new)
    members = [root]
    for scope in members:
        members += [s for s in scopes if s.around is scope and _is_embedded(s)]
    for scope in members:
        target = _target(scope.host, scope) if scope is not root else None
        scope.new = root.new if scope is root else _embedded_in(root, target, chains)
    for scope in members:  # 1
        for row in [r for r in scope.rows if r.stood is not None and not r.is_instance]:
            target = _target(row, scope)
            chain = chains.get(target.id) if target is not None else None
            if chain is not None and (goal := _goal(row, scope, chain, root, scopes)) is not scope:
                _carry(row, scope, goal, scopes)
    for scope in reversed(members[1:]):  # 2
        if len(scope.rows) == 1:
            _take_away(scope, scopes)


def _target(row: Row | None, scope: Scope) -> Element | None:
    return scope.counterpart(row.stood) if row is not None and row.stood is not None else None


def _embedded_in(root: Scope, activity: Element | None, chains: Mapping[str, tuple[str, ...]]) -> Any:
    """The new spec of what is inside of an embedded activity of the root; None: it is none any more."""
    if activity is None or activity.id not in chains or activity.type != "subProcess" or activity.loop is not None:
        return None
    spec: Any = root.new
    for name in (*chains[activity.id], activity.id):
        spec = inside_of(root.definitions[1], spec, structure_of(spec).nodes[name])
    return spec


def _goal(row: Row, scope: Scope, chain: tuple[str, ...], root: Scope, scopes: list[Scope]) -> Scope:
    """The scope inside of the activities of `chain`, which are drawn around what stands where they do not run yet.

    Where one runs several times, and none of them is that of the token, nobody can tell which: then it stays.
    """
    own, at = _ways_out(scope, root), root
    for name in chain:
        running = [s for s in scopes if s.around is at and s.new is not None and _activity(s) == name]
        mine = [s for s in running if s in own]
        known = _remembered(row, at, name, scopes)
        same = [s for s in running if s.host is not None and known and s.host.id == known["host"]]
        if mine or same:
            at = (mine or same)[0]
        elif len(running) > 1:
            return scope
        elif running and not known:
            at = running[0]
        else:
            at = _drawn_around(at, name, known)
            scopes.append(at)
    return at


def _ways_out(scope: Scope, root: Scope | None) -> list[Scope]:
    found = [scope]
    while found[-1] is not root and found[-1].around is not None:
        found.append(found[-1].around)
    return found


def _activity(scope: Scope) -> str:
    """The id of the new activity whose inside a scope is."""
    if scope.host is None:
        return ""
    target = scope.host.made or _target(scope.host, scope)
    return target.id if target is not None else ""


def _remembered(row: Row, around: Scope, name: str, scopes: list[Scope]) -> dict[str, Any] | None:
    """The same activity in another version, unless it runs elsewhere."""
    wanted = f"{structure_of(around.new).nodes[name].element.process_id}:{name}"
    known = next((one for one in row.internal.get(AROUND, []) if one["activity"] == wanted), None)
    elsewhere = [
        s for s in scopes if s.host is not None and known and s.host.id == known["host"] and s.around is not around
    ]
    return None if elsewhere else known


def _drawn_around(at: Scope, name: str, known: dict[str, Any] | None) -> Scope:
    node = structure_of(at.new).nodes[name]
    host = new_row(at.rows[0], f"{node.element.process_id}:{name}", TaskState.STARTED)
    host.made = node.element
    if known is not None:
        host.id, host.internal = known["host"], dict(known["internal"])
    at.rows.append(host)
    at.is_whole = False
    inside = inside_of(at.definitions[1], at.new, node)
    rows = [new_row(None, "Start", TaskState.COMPLETED)]
    return Scope(None, inside, rows, at.pairs, at.definitions, host, at, at.branches, is_whole=False)


def _carry(row: Row, scope: Scope, goal: Scope, scopes: list[Scope]) -> None:
    unit = unit_of(scope.rows, row)
    unit[0].parent = goal.rows[0]
    scope.rows = [other for other in scope.rows if other not in unit]
    goal.rows += unit
    scope.is_whole = goal.is_whole = False
    for other in scopes:
        if other.host in unit:
            other.around = goal
    _note_around(row, scope, goal)


def _note_around(row: Row, scope: Scope, goal: Scope) -> None:
    """Remember the activities that the token has come out of, and forget those that it has come into."""
    around = _ways_out(goal, None)
    left = [one for one in _ways_out(scope, None) if one not in around]
    inside = {one.host.id for one in around if one.host is not None}
    known = [one for one in row.internal.pop(AROUND, []) if one["host"] not in inside]
    known += [_memory(one) for one in left if one.host is not None]
    if known:
        row.internal[AROUND] = known


def _memory(scope: Scope) -> dict[str, Any]:
    """An activity that was around a token: its engine task, its inputs, and what beside it does not come again."""
    host, around = scope.host, scope.around
    assert host is not None and around is not None  # noqa: S101, PT018  it is inside of an activity
    spent = sorted({*host.internal.get(SPENT, []), *have_come(around.rows, host)})
    internal = {**host.internal, **({SPENT: spent} if spent else {})}
    return {"activity": host.name, "host": host.id, "internal": internal}


def _take_away(scope: Scope, scopes: list[Scope]) -> None:
    host, around = scope.host, scope.around
    assert host is not None and around is not None  # noqa: S101, PT018  only what is embedded is taken away
    unit = unit_of(around.rows, host)
    around.rows = [row for row in around.rows if row not in unit]
    around.is_whole = False
    scopes.remove(scope)
