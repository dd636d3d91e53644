"""The rows of a saved state, as another version of the process would have saved them. See `state` for what a row is.

Ids of engine tasks stay, so that what waits outside (tasks, jobs, timers, subscriptions) goes on belonging to it. Each
activity gets the boundary events of its new diagram: those with a counterpart go along, those without wait anew or no longer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from SpiffWorkflow.util.task import TaskState

from casework.engine.moving_pairs import named, unlike
from casework.engine.structure import structure_of
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.engine.definition import Definition
    from casework.engine.drawing import Node
    from casework.engine.elements import Element, Key
    from casework.i18n import Message

_SPLIT, _CHILD = ".BoundaryEventSplit", " [child]"
#: In the internal data of an activity: boundary events of another version that have come, and do not come again.
SPENT = "spent"


@dataclass(eq=False)
class Row:
    """One task of a saved state."""

    id: str
    parent: Row | None
    name: str
    state: int
    triggered: int
    internal: dict[str, Any]


@dataclass
class Scope:
    """A process or an activity that runs, in both versions. `reasons` say why it cannot be moved."""

    old: Any
    new: Any
    rows: list[Row]
    pairs: Mapping[Key, Key]
    definitions: tuple[Definition, Definition]
    reasons: list[Message] = field(default_factory=list)
    #: What each row was called in the old version.
    names: dict[str, str] = field(init=False)
    #: Rows that hold a token of this very scope, with the element that they stood at.
    tokens: list[tuple[Row, Element]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.names = {row.id: row.name for row in self.rows}

    def counterpart(self, element: Element) -> Element | None:
        """Where it stands in the new version."""
        key = self.pairs.get(element.key)
        return self.definitions[1].elements.get(key) if key else None


def read_rows(saved: list[list[Any]]) -> list[Row]:
    """As `state` has written them."""
    rows = [
        Row(id_, None, name, state, triggered, dict(internal)) for id_, _, name, state, triggered, internal in saved
    ]
    for row, (_, parent, *_) in zip(rows, saved, strict=True):
        row.parent = rows[parent] if parent >= 0 else None
    return rows


def written(rows: list[Row]) -> list[list[Any]]:
    """As `state` reads them."""
    number = {id(row): place for place, row in enumerate(rows)}
    return [
        [r.id, number[id(r.parent)] if r.parent is not None else -1, r.name, r.state, r.triggered, r.internal]
        for r in rows
    ]


def move_rows(scope: Scope) -> None:
    """Rename what stands in the scope, and set the boundary events of its activities. Notes why where it cannot."""
    for row in list(scope.rows):
        spec = scope.old.task_specs[scope.names[row.id]]
        element = spec.element
        if element is None or element.type == "boundaryEvent":
            continue  # the root, a split, what waits at a boundary: all go with their activity
        is_instance = row.name.endswith(_CHILD)
        if not is_instance:
            scope.tokens.append((row, element))
        target = _target(scope, element)
        if target is None:
            continue
        _move(scope, row, element, target)
        if not is_instance:
            _set_boundaries(scope, row, element, target)


def _target(scope: Scope, element: Element) -> Element | None:
    """The new element, if it may stand there and lies in the same scope."""
    target = scope.counterpart(element)
    if target is None:
        scope.reasons.append(
            message("It stands at {name}, which has no counterpart in the new version.", name=named(element))
        )
        return None
    why = unlike(element, target)
    if why is None and target.id not in structure_of(scope.new).nodes:
        why = message("{name} lies inside another activity in the new version.", name=named(target))
    if why is not None:
        scope.reasons.append(why)
        return None
    return target


def _move(scope: Scope, row: Row, old: Element, new: Element) -> None:
    suffix = _CHILD if row.name.endswith(_CHILD) else ""
    row.name = f"{new.process_id}:{new.id}{suffix}"
    if old.loop and new.loop and old.loop.item != new.loop.item:
        _rename_item(row, old.loop.item, new.loop.item)
    if "flow" in row.internal:
        source = flow_source(scope, row.internal["flow"], old, new)
        if source is None:
            scope.reasons.append(
                message("Something has arrived at {name} by a way that the new version does not have.", name=named(old))
            )
        else:
            row.internal["flow"] = f"{new.process_id}:{source}"


def _rename_item(row: Row, old: str, new: str) -> None:
    """The item of an instance gets the name that the new diagram reads it by."""
    items = dict(row.internal.get("items", {}))
    if old and new and old in items:
        items[new] = items.pop(old)
        row.internal["items"] = items


def flow_source(scope: Scope, flow: str, old: Element, new: Element) -> str | None:
    """The element by whose flow an arrived token counts as arrived at the new join.

    1. The counterpart of the one it came by, where that has a flow to the join. 2. Else the only flow to the join to which the
    counterparts of what lay last on its way lead: steps that the new version has put on the way's end count as passed, and
    those that it has taken away are looked past. None: there is no such flow, or several.
    """
    before, after = structure_of(scope.old), structure_of(scope.new)
    sources = {f.source for f in after.nodes[new.id].incoming}
    last = _last_known(scope, before.nodes, flow.partition(":")[2].removesuffix(_SPLIT), old.id)
    direct = last & sources
    if len(last) == 1 and direct:
        return next(iter(direct))
    found = {s for s in sources if any(s == e or _leads(after.nodes, e, s, new.id) for e in last)}
    return next(iter(found)) if len(found) == 1 else None


def _last_known(scope: Scope, nodes: Mapping[str, Node], source: str, join: str) -> set[str]:
    """The new ids of the nearest elements on the way to `source` that have a counterpart in the scope."""
    known, seen, todo = set[str](), {join}, [source]
    inside = structure_of(scope.new).nodes
    while todo:
        name = todo.pop()
        if name in seen or name not in nodes:
            continue
        seen.add(name)
        target = scope.counterpart(nodes[name].element)
        if target is not None and target.id in inside:
            known.add(target.id)
        else:
            todo += [f.source for f in nodes[name].incoming]
            todo += [nodes[name].element.attached_to] if nodes[name].element.attached_to else []
    return known


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


def _set_boundaries(scope: Scope, host: Row, old: Element, new: Element) -> None:
    """Give an activity that stands the boundary events of its new diagram.

    1. Those that wait and have a counterpart at the new activity go along; those without no longer wait. 2. What the new
    diagram adds waits, unless it has come before, in a version that had it. 3. A split stands before an activity that has any.
    """
    before = [b.element for b in structure_of(scope.old).nodes[old.id].boundaries]
    after = [b.element for b in structure_of(scope.new).nodes[new.id].boundaries]
    split = host.parent if host.parent is not None and host.parent.name.endswith(_SPLIT) else None
    waiting = {_spec(e): e for e in before}
    counterparts = {e.id: target for e in before if (target := _beside(scope, e, after)) is not None}
    rows = [r for r in scope.rows if split is not None and r.parent is split and r.name in waiting]
    standing = {waiting[r.name].id for r in rows}
    for row in rows:  # 1
        target = counterparts.get(waiting[row.name].id)
        if target is None:
            scope.rows.remove(row)
        else:
            row.name = _spec(target)
    came = {e.id for e in before if e.id not in counterparts and e.id not in standing}
    spent = set(host.internal.pop(SPENT, []))
    taken = {target.id for target in counterparts.values()}
    added = [e for e in after if e.id not in taken | spent]  # 2
    if still := (spent | came) - {e.id for e in after}:
        host.internal[SPENT] = sorted(still)
    split = _split(scope, host, split, new, wanted=bool(after))  # 3
    place = scope.rows.index(host) + 1
    for element in reversed(added):
        scope.rows.insert(place, Row(uuid4().hex, split, _spec(element), int(TaskState.WAITING), 0, {}))


def _beside(scope: Scope, old: Element, after: list[Element]) -> Element | None:
    """The counterpart of a boundary event, if it waits for the same kind of thing at the same activity."""
    target = scope.counterpart(old)
    return target if target is not None and target in after and unlike(old, target) is None else None


def _spec(element: Element) -> str:
    return f"{element.process_id}:{element.id}"


def _split(scope: Scope, host: Row, split: Row | None, new: Element, *, wanted: bool) -> Row | None:
    if split is not None and wanted:
        split.name = _spec(new) + _SPLIT
    elif split is not None:
        host.parent = split.parent
        scope.rows.remove(split)
        return None
    elif wanted:
        split = Row(uuid4().hex, host.parent, _spec(new) + _SPLIT, int(TaskState.COMPLETED), 0, {})
        scope.rows.insert(scope.rows.index(host), split)
        host.parent = split
    return split
