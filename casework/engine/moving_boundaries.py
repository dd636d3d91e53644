"""The boundary events of an activity that is moved: those with a counterpart go along, those without wait anew or no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from SpiffWorkflow.util.task import TaskState

from casework.engine.moving_pairs import unlike
from casework.engine.moving_rows import SPLIT, new_row
from casework.engine.structure import structure_of

if TYPE_CHECKING:
    from casework.engine.elements import Element
    from casework.engine.moving_rows import Row, Scope

#: In the internal data of an activity: boundary events of another version that have come, and do not come again.
SPENT = "spent"


def set_boundaries(scope: Scope, host: Row, new: Element) -> None:
    """Give an activity that stands the boundary events of its new diagram.

    1. Those that wait and have a counterpart at the new activity go along; those without no longer wait. 2. What the new
    diagram adds waits, unless it has come before, in a version that had it. 3. A split stands before an activity that has any.
    """
    before = _before(host)
    after = [b.element for b in structure_of(scope.new).nodes[new.id].boundaries]
    counterparts = {e.id: target for e in before if (target := _beside(scope, e, after)) is not None}
    came = set(have_come(scope.rows, host)) - counterparts.keys()
    split, waiting = _split_before(host), {_spec(e): e for e in before}
    for row in [r for r in scope.rows if split is not None and r.parent is split and r.name in waiting]:  # 1
        target = counterparts.get(waiting[row.name].id)
        if target is None:
            scope.rows.remove(row)
        else:
            row.name = _spec(target)
    spent = set(host.internal.pop(SPENT, []))
    taken = {target.id for target in counterparts.values()}
    added = [e for e in after if e.id not in taken | spent]  # 2
    if still := (spent | came) - {e.id for e in after}:
        host.internal[SPENT] = sorted(still)
    split = _split(scope, host, split, new, wanted=bool(after))  # 3
    place = scope.rows.index(host) + 1
    for element in reversed(added):
        scope.rows.insert(place, new_row(split, _spec(element), TaskState.WAITING))


def have_come(rows: list[Row], host: Row) -> list[str]:
    """The ids of the boundary events that the activity had in the old version and that no longer wait."""
    split = _split_before(host)
    standing = {r.name for r in rows if split is not None and r.parent is split}
    return [e.id for e in _before(host) if _spec(e) not in standing]


def _before(host: Row) -> list[Element]:
    if host.stood is None:
        return []
    return [b.element for b in structure_of(host.home).nodes[host.stood.id].boundaries]


def _split_before(host: Row) -> Row | None:
    return host.parent if host.parent is not None and host.parent.name.endswith(SPLIT) else None


def _beside(scope: Scope, old: Element, after: list[Element]) -> Element | None:
    """The counterpart of a boundary event, if it waits for the same kind of thing at the same activity."""
    target = scope.counterpart(old)
    return target if target is not None and target in after and unlike(old, target) is None else None


def _spec(element: Element) -> str:
    return f"{element.process_id}:{element.id}"


def _split(scope: Scope, host: Row, split: Row | None, new: Element, *, wanted: bool) -> Row | None:
    if split is not None and wanted:
        split.name = _spec(new) + SPLIT
    elif split is not None:
        host.parent = split.parent
        scope.rows.remove(split)
        return None
    elif wanted:
        split = new_row(host.parent, _spec(new) + SPLIT, TaskState.COMPLETED)
        scope.rows.insert(scope.rows.index(host), split)
        host.parent = split
    return split
