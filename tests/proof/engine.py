"""The engine as the product uses it: one step at a time, each loaded into another parsed copy of the process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.engine import Complete, Fire, Standing, Step, advance, compile_definition, standing, start
from tests.proof.frames import Items
from tests.proof.xml import to_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.proof.blocks import Model

Key = tuple[str, Items]


class Lookup:
    """Expressions are names of variables: fast, and no result depends on FEEL."""

    def evaluate_all(self, expressions: Sequence[str], context: Mapping[str, Any]) -> list[Any]:
        return [context[text.strip()] for text in expressions]

    def names(self, expression: str) -> list[str]:
        return [expression]


class Engine:
    """`enabled`, `happen`, `completed`: what the driver compares with the oracle."""

    def __init__(self, model: Model, variables: dict[str, Any], copies: int = 3):
        xml = to_xml(model)
        self.copies = [compile_definition("main", [xml]) for _ in range(copies)]
        self.variables = variables
        self.loads = self.bytes = 0
        self.stands: dict[tuple[str, str], Standing] = {}
        self._take(start(self.copies[0], variables=variables, facts={}, now=None, evaluator=Lookup()))

    def _take(self, step: Step) -> None:
        self.step, self.state, self.loads = step, step.state, self.loads + 1
        self.bytes = max(self.bytes, len(step.state))
        for closed in step.closed:
            del self.stands[closed.task_id, closed.element_id]
        for opened in step.opened:
            assert opened.key not in self.stands
            self.stands[opened.key] = opened
        assert self.stands.keys() == {s.key for s in standing(self._copy(), self.state)}, (
            "opened and closed are no diff"
        )

    def _copy(self) -> Any:
        return self.copies[self.loads % len(self.copies)]

    def enabled(self) -> Iterator[tuple[Key, Standing]]:
        for stands in self.stands.values():
            yield (stands.element_id, tuple(sorted(stands.items.items()))), stands

    def happen(self, key: Key, *, last: bool) -> None:
        stands = next(s for k, s in self.enabled() if k == key)
        event = Complete(stands.task_id) if stands.kind == "user_task" else Fire(stands.task_id, key[0], last=last)
        known = {"variables": self.variables, "facts": {}, "now": None, "evaluator": Lookup()}
        self._take(advance(self._copy(), self.state, event, **known))
        closed = next(c for c in self.step.closed if (c.task_id, c.element_id) == stands.key)
        assert closed.how == "completed"
        assert any(p.element_id == key[0] and p.how == "completed" for p in self.step.passed)

    @property
    def completed(self) -> bool:
        return self.step.is_completed
