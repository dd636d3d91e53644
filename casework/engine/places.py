"""Where an instance could be set to: every element of a process and of what it calls, with the activities around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.engine.structure import spec_name, structure_of
from casework.engine.token_game import is_join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.engine.definition import Definition
    from casework.engine.elements import Element

#: Ids of activities, outermost first, and of the element itself.
At = tuple[str, ...]
_NEVER = frozenset({"boundaryEvent", "startEvent", "endEvent"})


def places(definition: Definition) -> Iterator[tuple[At, Element]]:
    """All of them in the order of the diagrams; what is inside of a loop only when it runs, which is not asked here."""
    yield from _inside(definition, definition.spec, ())


def is_settable(definition: Definition, at: At) -> bool:
    """May a token be placed at the element itself? Not at joins, starts, ends, and events behind a gateway."""
    spec: Any = definition.spec
    for name in at[:-1]:
        spec = _inner(definition, spec, structure_of(spec).nodes[name])
    structure = structure_of(spec)
    node = structure.nodes[at[-1]]
    awaited = any(structure.nodes[flow.source].type == "eventBasedGateway" for flow in node.incoming)
    return node.type not in _NEVER and not is_join(node) and not awaited


def _inside(definition: Definition, spec: Any, path: At) -> Iterator[tuple[At, Element]]:
    for node in structure_of(spec).nodes.values():
        yield (*path, node.id), node.element
        inside = _inner(definition, spec, node)
        if inside is not None and len(path) < len(definition.subprocess_specs):
            yield from _inside(definition, inside, (*path, node.id))


def _inner(definition: Definition, spec: Any, node: Any) -> Any:
    """The spec of what is inside of an activity; None where nothing is."""
    name = spec_name(node)
    for task_spec in (spec.task_specs[name], spec.task_specs.get(f"{name} [child]")):
        inside = getattr(task_spec, "spec", None)
        if isinstance(inside, str):
            return definition.subprocess_specs.get(inside)
    return None
