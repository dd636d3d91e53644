"""Where an instance could be set to: every element of a process and of what it calls, with the activities around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.engine.nesting import inside_of
from casework.engine.structure import structure_of
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
        spec = inside_of(definition, spec, structure_of(spec).nodes[name])
    structure = structure_of(spec)
    node = structure.nodes[at[-1]]
    awaited = any(structure.nodes[flow.source].type == "eventBasedGateway" for flow in node.incoming)
    return node.type not in _NEVER and not is_join(node) and not awaited


def _inside(definition: Definition, spec: Any, path: At) -> Iterator[tuple[At, Element]]:
    for node in structure_of(spec).nodes.values():
        yield (*path, node.id), node.element
        inside = inside_of(definition, spec, node)
        if inside is not None and len(path) < len(definition.subprocess_specs):
            yield from _inside(definition, inside, (*path, node.id))
