"""Brings the tokens of a scope to the counterparts of their elements, with the events that wait beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.engine.moving_boundaries import set_boundaries
from casework.engine.moving_flows import flow_source
from casework.engine.moving_pairs import named
from casework.engine.moving_rows import CHILD, let_go, target_of
from casework.i18n import message

if TYPE_CHECKING:
    from casework.engine.elements import Element
    from casework.engine.moving_rows import Row, Scope


def move_rows(scope: Scope) -> None:
    """Rename what stands in the scope, and set the boundary events of its activities. Notes why where it cannot."""
    for row in list(scope.rows):
        if row.made is not None:
            scope.tokens.append((row, row.made))
            set_boundaries(scope, row, row.made)
        elif (element := row.stood) is not None:  # the rest goes along with an activity
            known = len(scope.reasons)
            _move(scope, row, element)
            if "flow" in row.internal and (why := scope.reasons[known:]):
                del scope.reasons[known:]
                let_go(scope, row, element, why)


def _move(scope: Scope, row: Row, old: Element) -> None:
    is_instance = row.is_instance
    if not is_instance:
        scope.tokens.append((row, old))
    new = target_of(scope, old)
    if new is None:
        return
    row.name = f"{new.process_id}:{new.id}{CHILD if is_instance else ''}"
    if old.loop and new.loop and old.loop.item != new.loop.item:
        _rename_item(row, old.loop.item, new.loop.item)
    if "flow" in row.internal:
        _move_flow(scope, row, old, new)
    if not is_instance:
        set_boundaries(scope, row, new)


def _move_flow(scope: Scope, row: Row, old: Element, new: Element) -> None:
    source = flow_source(scope, row, old, new)
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
