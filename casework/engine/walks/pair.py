"""Two runs of one walk: one reloaded after each step into another parsed copy, one that lives from the first to the last."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from casework.engine import observation
from casework.engine.activities import choose_start
from casework.engine.evaluation import FEEL
from casework.engine.happening import happen_to
from casework.engine.moment import Moment
from casework.engine.outcome import outcome
from casework.engine.runner import advance, start
from casework.engine.state import load
from casework.engine.workflow import TokenWorkflow
from casework.values import to_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from SpiffWorkflow.task import Task

    from casework.engine.definition import Definition
    from casework.engine.steps import Event, Standing, Step

#: Where something stands, in words that are the same in both runs.
Address = tuple[str, ...]


class Reloaded:
    """As the product runs: bytes between the steps, each loaded into the next of several parsed copies."""

    def __init__(self, copies: Sequence[Definition], now: datetime) -> None:
        self.copies, self.now, self.loads, self.largest = copies, now, 0, 0
        self.step: Step

    def start(self, start_element: str | None, variables: Mapping[str, Any]) -> None:
        """Begin it; raises `Stuck`."""
        self._take(start(self._copy(), variables=variables, facts={}, now=self.now, start_element=start_element))

    def advance(self, event: Event, variables: Mapping[str, Any]) -> None:
        """Let one event happen; raises `Stuck`."""
        self._take(advance(self._copy(), self.step.state, event, variables=variables, facts={}, now=self.now))

    def stands(self) -> dict[Address, list[Standing]]:
        """What stands now, by address."""
        definition = self._copy()
        moment = Moment(evaluator=FEEL, tables={}, variables={}, facts={}, now=None)
        return addressed(load(self.step.state, definition.spec, definition.subprocess_specs, moment))

    def _copy(self) -> Definition:
        return self.copies[self.loads % len(self.copies)]

    def _take(self, step: Step) -> None:
        self.step, self.loads, self.largest = step, self.loads + 1, max(self.largest, len(step.state))


class Lasting:
    """Never saved, never loaded."""

    def __init__(self, definition: Definition, now: datetime) -> None:
        self.definition, self.now = definition, now
        self.workflow: TokenWorkflow
        self.step: Step

    def start(self, start_element: str | None, variables: Mapping[str, Any]) -> None:
        """Begin it; raises `Stuck`."""
        moment = self._moment(variables)
        self.workflow = TokenWorkflow(self.definition.spec, self.definition.subprocess_specs, script_engine=moment)
        choose_start(self.workflow, start_element)
        self.workflow.settle()
        self.step = outcome(self.workflow, moment)

    def advance(self, event: Event, variables: Mapping[str, Any]) -> None:
        """Let one event happen; raises `Stuck`."""
        before = observation.observe(self.workflow)
        moment = self.workflow.script_engine = self._moment(variables)
        happen_to(self.workflow, moment, event)
        self.workflow.settle()
        self.step = outcome(self.workflow, moment, before, event)

    def stands(self) -> dict[Address, list[Standing]]:
        """What stands now, by address."""
        return {} if self.step.is_completed else addressed(self.workflow)

    def _moment(self, variables: Mapping[str, Any]) -> Moment:
        return Moment(evaluator=FEEL, tables=self.definition.tables, variables=variables, facts={}, now=self.now)


def addressed(workflow: TokenWorkflow) -> dict[Address, list[Standing]]:
    """What stands, by address."""
    found: dict[Address, list[Standing]] = {}
    for task, standing in observation.standing_of(workflow):
        address = (standing.kind, standing.element_id, *_around(task), _text(standing.items))
        found.setdefault(address, []).append(standing)
    return found


def difference(one: Reloaded, other: Lasting) -> str:
    """What the two runs do not agree on after a step; empty when nothing."""
    here, there = ({address: len(s) for address, s in run.stands().items()} for run in (one, other))
    if here != there:
        return f"stands: {sorted(Counter(here) - Counter(there))} reloaded, {sorted(Counter(there) - Counter(here))} lasting"
    for what in ("is_completed", "variables", "ended_at"):
        if getattr(one.step, what) != getattr(other.step, what):
            return f"{what}: {getattr(one.step, what)} reloaded, {getattr(other.step, what)} lasting"
    for name, items in (("passed", _passed), ("closed", _closed), ("sent", _sent)):
        if items(one.step) != items(other.step):
            return f"{name}: {items(one.step)} reloaded, {items(other.step)} lasting"
    return ""


def _passed(step: Step) -> Counter[Any]:
    return Counter((p.process_id, p.element_id, p.type, p.how) for p in step.passed)


def _closed(step: Step) -> Counter[Any]:
    return Counter((c.element_id, c.kind, c.how) for c in step.closed)


def _sent(step: Step) -> list[Any]:
    return sorted((s.name, _text(s.payload)) for s in step.sent)


def _around(task: Task) -> list[str]:
    """The element and which of its instances, of each activity around the task, and of the task itself."""
    workflow, path = task.workflow, [str(task.internal_data.get("instance", ""))]
    while workflow.parent_task_id is not None:
        host = workflow.top_workflow.get_task_from_id(workflow.parent_task_id)
        path.append(f"{host.task_spec.element.id} {host.internal_data.get('instance', '')}")
        workflow = host.workflow
    return path


def _text(values: Mapping[str, Any]) -> str:
    return json.dumps(to_json(dict(values)), sort_keys=True)
