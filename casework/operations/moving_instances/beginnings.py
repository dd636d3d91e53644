"""Since when an activity runs: what the new version puts beside it counts from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, tuple_

from casework import engine
from casework.engine.moving import CannotMoveError
from casework.engine.moving_pairs import named
from casework.engine.structure import structure_of
from casework.i18n import message
from casework.model import Job, Passage, Subscription, UserTask

if TYPE_CHECKING:
    from datetime import datetime

    from casework.engine import Element
    from casework.operations.moving_instances.plan import Moving

_ROWS: tuple[Any, ...] = (UserTask, Job, Subscription)


def begun_at(moving: Moving, task_id: str, old: Element | None, new: Element) -> datetime:
    """When the activity with this engine task began. Refuses what nobody can tell.

    1. What stands for it says so. 2. Of one that is repeated: the first of its instances. 3. Of one with an inside: when its
    start was passed last. 4. Of one that is only now drawn around what stands (`old` is None): when what leads to it was passed.
    """
    found = _by_row(moving, task_id)
    if found is None and old is not None:
        found = _by_instances(moving, old) or _by_start(moving, old)
    elif found is None:
        found = _by_what_leads_there(moving, new)
    if found is None:
        raise CannotMoveError(
            [
                message(
                    "It is not known since when {name} runs, and a new deadline or timer counts from there.",
                    name=named(new),
                )
            ]
        )
    return found


def _by_row(moving: Moving, task_id: str) -> datetime | None:
    for table in _ROWS:
        mine = table.instance_id == moving.instance.id, table.engine_task_id == task_id
        found: datetime | None = moving.turn.session.scalar(select(func.min(table.created_at)).where(*mine))
        if found is not None:
            return found
    return None


def _by_instances(moving: Moving, element: Element) -> datetime | None:
    """Since it was passed last as a whole."""
    if element.loop is None:
        return None
    session, of = moving.turn.session, moving.instance.id
    passed = Passage.instance_id == of, Passage.process_id == element.process_id, Passage.element_id == element.id
    before = session.scalar(select(func.max(Passage.at)).where(*passed, Passage.element_type == "loop"))
    for table in _ROWS:
        mine = [table.instance_id == of, table.process_id == element.process_id, table.element_id == element.id]
        mine += [table.created_at >= before] if before is not None else []
        found: datetime | None = session.scalar(select(func.min(table.created_at)).where(*mine))
        if found is not None:
            return found
    return None


def _by_start(moving: Moving, element: Element) -> datetime | None:
    definition = moving.plan.old.definition
    name = element.called_element or f"{element.process_id}:{element.id}"
    inside = definition.subprocess_specs.get(name)
    if inside is None or _runs_elsewhere(moving, element):
        return None
    starts = [node.element for node in structure_of(inside).nodes.values() if node.type == "startEvent"]
    passed = Passage.instance_id == moving.instance.id, Passage.process_id == starts[0].process_id
    names = Passage.element_id.in_([start.id for start in starts])
    found: datetime | None = moving.turn.session.scalar(select(func.max(Passage.at)).where(*passed, names))
    return found


def _runs_elsewhere(moving: Moving, element: Element) -> bool:
    """The same process may be called from several places at once; then its start does not tell whose it was."""
    definition = moving.plan.old.definition
    callers = {
        e.id
        for e in definition.elements.values()
        if element.called_element and e.called_element == element.called_element
    }
    progress = engine.progress(definition, moving.instance.engine_state)
    running = {name for _, element_id, around in progress for name in (*around, element_id) if name in callers}
    return len(running) > 1


def _by_what_leads_there(moving: Moving, element: Element) -> datetime | None:
    """The last time that one of the nearest elements before it which the old version has, too, was passed."""
    was = {new: old for old, new in moving.plan.pairs.items()}
    definition = moving.plan.new.definition
    scopes = [structure_of(spec).nodes for spec in (definition.spec, *definition.subprocess_specs.values())]
    nodes = next(nodes for nodes in scopes if element.id in nodes and nodes[element.id].element.key == element.key)
    seen, todo, names = set[str](), [element.id], set[tuple[str, str]]()
    while todo:
        before = {flow.source for flow in nodes[todo.pop()].incoming} - seen
        seen |= before
        names |= {was[nodes[name].element.key] for name in before if nodes[name].element.key in was}
        todo += [name for name in before if nodes[name].element.key not in was]
    passed = Passage.instance_id == moving.instance.id, Passage.how == "completed"
    there = tuple_(Passage.process_id, Passage.element_id).in_(sorted(names))
    found: datetime | None = moving.turn.session.scalar(select(func.max(Passage.at)).where(*passed, there))
    return found
