"""One step's moment: what expressions may read, what they write, and what happened on the way.

It stands where SpiffWorkflow expects a script engine, and is the only thing that the token specs know of the world.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import decisions
from casework.engine.asked import asked_by
from casework.engine.evaluation import EvaluationError
from casework.engine.items import local_items
from casework.engine.steps import Cause, Decided, Passed, Sent, Stuck, Weighed
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from casework.decisions import Decisions
    from casework.engine.elements import Key
    from casework.engine.evaluation import Evaluator
    from casework.i18n import Message


class Moment:
    """Lives for one step. `variables` is a copy that the step writes to; nobody sees it if the step gets stuck."""

    def __init__(
        self,
        *,
        evaluator: Evaluator,
        tables: Mapping[str, Decisions],
        variables: Mapping[str, Any],
        facts: Mapping[str, Any],
        now: datetime | None,
    ) -> None:
        self.evaluator, self.tables = evaluator, tables
        self.variables, self.facts, self.now = dict(variables), facts, now
        self.sent: list[Sent] = []
        self.decided: list[Decided] = []
        self.weighed: list[Weighed] = []
        self.passed: list[Passed] = []
        self.ended_at: list[str] = []
        self.chosen: dict[str, tuple[str, ...]] = {}  # by task id: where a gateway sends its token
        self.results: dict[
            Key, Mapping[str, Any]
        ] = {}  # what a job, a message or a form brought, until its outputs read it

    def context(self, task: Any, **more: Any) -> dict[str, Any]:
        """The names that an expression at `task` may read: facts, over them variables, over them local items."""
        return {**self.facts, **self.variables, **local_items(task), "now": self.now, **more}

    def evaluate(self, task: Any, expression: str, **more: Any) -> Any:
        """The value of one FEEL expression at `task`."""
        return self.evaluate_all(task, [expression], **more)[0]

    def evaluate_all(self, task: Any, expressions: Sequence[str], **more: Any) -> list[Any]:
        """The values of several FEEL expressions at `task`, in one call."""
        if not expressions:
            return []
        context = self.context(task, **more)
        try:
            return self.evaluator.evaluate_all(expressions, context)
        except EvaluationError as error:
            raise self.stuck(task, error.message, expressions, context) from error

    def values(self, task: Any, pairs: Iterable[tuple[str, str]], **more: Any) -> dict[str, Any]:
        """Names and texts (`sag:input`, `sag:output`) to names and values: FEEL after a leading `=`, else the text itself."""
        found: dict[str, Any] = dict(pairs)
        feel = {name: text for name, text in found.items() if text.strip().startswith("=")}
        found.update(zip(feel, self.evaluate_all(task, list(feel.values()), **more), strict=True))
        return found

    def record(self, task: Any) -> None:
        """An element was passed: its outputs become variables, and history hears of it."""
        element = task.task_spec.element
        result = self.results.pop(element.key, None)
        if element.outputs:
            self.variables.update(self.values(task, element.outputs, result=result))
        if element.type == "endEvent" and task.workflow.parent_task_id is None:
            self.ended_at.append(element.id)
        task_id, chosen = task.id.hex, self.chosen.get(task.id.hex, ())
        self.passed.append(Passed(element.process_id, element.id, element.type, "completed", task_id, chosen))

    def record_loop(self, task: Any) -> None:
        """All instances of a looping activity are over; each of them has recorded itself."""
        element = task.task_spec.element
        self.passed.append(Passed(element.process_id, element.id, "loop", how="completed", task_id=task.id.hex))

    def send(self, task: Any) -> None:
        """A message (or signal) leaves: its payload is what the element declares as input."""
        element = task.task_spec.element
        name = element.event_name or element.name or element.id
        payload = self.values(task, element.inputs)
        self.sent.append(Sent(name, payload, element.process_id, element.id, task.id.hex))

    def assign(self, task: Any) -> None:
        """A script: each assignment sees those before it."""
        for pair in task.task_spec.element.assigns:
            self.variables.update(self.values(task, [pair]))

    def decide(self, task: Any) -> None:
        """A business rule task: the outcome becomes the result variable; without one, a context's entries become variables."""
        element = task.task_spec.element
        context = self.context(task)
        context.update(self.values(task, element.inputs))
        if element.decision not in self.tables:
            raise self.stuck(task, message("The decision {name} is not there.", name=element.decision), [], context)
        try:
            outcome = decisions.decide(self.tables[element.decision], element.decision, context)
        except decisions.DecisionError as error:
            asked = asked_by(self.tables[element.decision])
            names = sorted({name for text in asked for name in self.evaluator.names(text)})
            raise self.stuck(task, error.message, [], context, names=names) from error
        if element.result_variable:
            self.variables[element.result_variable] = outcome.value
        elif isinstance(outcome.value, dict):
            self.variables.update(outcome.value)
        self.results[element.key] = {"value": outcome.value}
        self.decided.append(
            Decided(element.process_id, element.id, element.decision, outcome.value, tuple(outcome.rules))
        )

    def weigh(self, task: Any, flows: Sequence[tuple[str, str, Any]]) -> None:
        """A gateway has asked its conditions."""
        element = task.task_spec.element
        known = self.context(task)
        self.weighed.append(Weighed(element.process_id, element.id, task.id.hex, tuple(flows), known))

    def stuck(
        self,
        task: Any,
        reason: Message,
        expressions: Sequence[str] = (),
        context: Mapping[str, Any] | None = None,
        names: Iterable[str] | None = None,
        *,
        cause: Cause = Cause.VALUES,
    ) -> Stuck:
        """An incident that names the element, the expressions and the values that they read."""
        element = task.task_spec.element
        known = self.context(task) if context is None else context
        if names is None:
            names = sorted({name for text in expressions for name in self.evaluator.names(text)})
        return Stuck(
            reason,
            process_id=element.process_id if element else "",
            element_id=element.id if element else task.task_spec.name,
            expression="\n".join(expressions),
            values={name: known.get(name) for name in names if name != "now"},
            cause=cause,
        )
