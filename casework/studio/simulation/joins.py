"""Which tokens a join waits for, and who outside catches what is thrown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casework.engine.drawing import Node
    from casework.studio.simulation.model import Model
    from casework.studio.simulation.tokens import Inside, Token

_PARALLEL, _INCLUSIVE = "parallelGateway", "inclusiveGateway"


def is_join(node: Node) -> bool:
    """Whether tokens wait there for one another."""
    return len(node.incoming) > 1 and node.type in (_PARALLEL, _INCLUSIVE)


def joined(model: Model, inside: Inside, node: Node) -> list[Token]:
    """The tokens that go on together, one of each flow; none while another is awaited."""
    arrived = [one for one in inside.tokens if one.node is node and one.lives]
    flows = {one.flow for one in arrived}
    if node.type == _PARALLEL:
        if flows < {flow.id for flow in node.incoming}:
            return []
    elif any(
        model.leads_to(inside.scope, one.node.id, node.id)
        for one in inside.tokens
        if one.lives and one.node is not node
    ):
        return []
    return [next(one for one in arrived if one.flow == flow) for flow in sorted(flows)]


def looking(inside: Inside) -> list[Node]:
    """The inclusive joins where somebody waits: each token that goes may have been the last one awaited."""
    return list(
        dict.fromkeys(
            one.node for one in inside.tokens if one.flow and one.node.type == _INCLUSIVE and is_join(one.node)
        )
    )


def catcher(inside: Inside, event: str, code: str | None) -> tuple[Token, Node] | None:
    """Who stands around and catches it, and by which event at its boundary."""
    host = inside.host
    while host is not None:
        for boundary in host.node.boundaries:
            if boundary.element.event == event and boundary.element.code in (None, "", code):
                return host.whole or host, boundary
        host = host.inside.host
    return None
