"""How an instance stands, without the ids of its engine tasks: those with the same shape are moved in the same way."""

from __future__ import annotations

import json
from typing import Any

from casework.engine import moving_branches, moving_nest

#: What the engine notes for itself while it looks at a wait.
_NOTES = frozenset({"event_fired"})


def shape_of(state: bytes) -> str:
    """Equal for two states in which the same tokens stand at the same elements with the same items, waits and memories."""
    data = json.loads(state)
    inside = {one["host"]: one["tasks"] for one in data["inside"]}
    return json.dumps([data["process"], data["completed"], _tree(data["tasks"], inside)], sort_keys=True)


def _tree(rows: list[Any], inside: dict[str, Any]) -> Any:
    below: list[list[int]] = [[] for _ in rows]
    for place, row in enumerate(rows):
        if row[1] >= 0:
            below[row[1]].append(place)
    return _task(rows, below, inside, 0)


def _task(rows: list[Any], below: list[list[int]], inside: dict[str, Any], place: int) -> list[Any]:
    """With those below it in an order that no id decides."""
    id_, _, name, state, triggered, internal = rows[place]
    known = {key: _without_ids(key, value) for key, value in internal.items() if key not in _NOTES}
    within = _tree(inside[id_], inside) if id_ in inside else None
    children = sorted((_task(rows, below, inside, child) for child in below[place]), key=str)
    return [name, state, triggered, known, children, within]


def _without_ids(key: str, value: Any) -> Any:
    match key:
        case moving_branches.PLACED:
            return value[1]
        case moving_nest.AROUND:
            return [{**one, "host": ""} for one in value]
    return value
