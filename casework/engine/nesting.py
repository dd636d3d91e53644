"""Which activities an element is drawn inside of. A loop's inside is a scope of its own: it runs once for each instance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.engine.structure import spec_name, structure_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.engine.definition import Definition
    from casework.engine.drawing import Node


def inside_of(definition: Definition, spec: Any, node: Node) -> Any:
    """The spec of what is inside of an activity; None where nothing is."""
    name = spec_name(node)
    for task_spec in (spec.task_specs[name], spec.task_specs.get(f"{name} [child]")):
        inside = getattr(task_spec, "spec", None)
        if isinstance(inside, str):
            return definition.subprocess_specs.get(inside)
    return None


def is_embedded(node: Node) -> bool:
    """An activity whose inside runs along with what is around it: neither called nor repeated."""
    return node.type == "subProcess" and node.element.loop is None


def chains_of(definition: Definition, spec: Any) -> Mapping[str, tuple[str, ...]]:
    """For each element of a scope and of what is embedded in it: the embedded activities around it, outermost first."""
    known: dict[str, tuple[str, ...]] | None = spec.__dict__.get("_chains")
    if known is None:
        known = {}
        for node in structure_of(spec).nodes.values():
            known[node.id] = ()
            inside = inside_of(definition, spec, node) if is_embedded(node) else None
            if inside is not None:
                known |= {name: (node.id, *chain) for name, chain in chains_of(definition, inside).items()}
        spec.__dict__["_chains"] = known
    return known
