"""The diagrams that a process is made of, as tokens move through them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casework.engine.drawing import drawn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casework.engine import DeadlineRule
    from casework.engine.drawing import Node, Scope
    from casework.engine.elements import Process
    from casework.studio.files import Folder

#: What a person does; what waits in the flow; what holds others.
TASKS = frozenset({"userTask", "manualTask"})
WAITS = frozenset({"intermediateCatchEvent", "receiveTask"})
HOLDS = frozenset({"subProcess", "callActivity", "transaction"})


@dataclass
class Model:
    """`scopes` by process and id; `processes` by id. Which flows lead on to which node is asked often, so it is kept."""

    process_id: str
    scopes: Mapping[tuple[str, str], Scope]
    processes: Mapping[str, Process]
    _reach: dict[tuple[str, str, str], frozenset[str]] = field(default_factory=dict)
    _callers: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, folder: Folder, process_id: str) -> Model:
        """Of a folder's files; what it calls and is not there is passed at once."""
        drawings = [drawn(name, content) for name, content in folder.diagrams.items()]
        made = cls(
            process_id,
            {(scope.process_id, scope.id): scope for one in drawings for scope in one.scopes},
            {name: process for one in drawings for name, process in one.processes.items()},
        )
        made._callers.update(node.element.called_element for node in every_node(made))
        return made

    def scope_of(self, node: Node) -> Scope | None:
        """Where it stands."""
        element = node.element
        return self.scopes.get((element.process_id, element.scope or element.process_id))

    def inside(self, node: Node) -> Scope | None:
        """What an activity holds or calls."""
        element = node.element
        if element.called_element:
            return self.scopes.get((element.called_element, element.called_element))
        return self.scopes.get((element.process_id, element.id))

    def rules(self, process_id: str) -> tuple[DeadlineRule, ...]:
        """The deadlines of a process itself."""
        process = self.processes.get(process_id)
        return process.deadlines if process else ()

    def inside_only(self, node: Node) -> Scope | None:
        """What an activity holds, or calls and no other does: that is begun as often as the activity."""
        return self.inside(node) if self._callers[node.element.called_element] <= 1 else None

    def leads_to(self, scope: Scope, source: str, target: str) -> bool:
        """Whether a token at `source` can still come to `target`."""
        key = scope.process_id, scope.id, source
        if key not in self._reach:
            seen, ahead = set[str](), [source]
            while ahead:
                node = scope.nodes.get(ahead.pop())
                for flow in node.exits() if node else ():
                    if flow.target not in seen:
                        seen.add(flow.target)
                        ahead.append(flow.target)
            self._reach[key] = frozenset(seen)
        return target in self._reach[key]


def every_node(model: Model) -> Iterator[Node]:
    """Of all diagrams."""
    for scope in model.scopes.values():
        yield from scope.nodes.values()
