"""A running diagram as a list that can be read aloud: each step with where it stands, when, and with whom.

Gateways, scripts and boundary events are left out; what a called process does stands under its call once it has begun.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from casework.forms.words import words
from casework.model import ACTIVE, InstanceState
from casework.queries import due_words
from casework.queries.rule_words import rule_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from casework.engine import Definition, Element
    from casework.forms.words import Words
    from casework.i18n import Message
    from casework.queries.flow_order import Order
    from casework.queries.trails import Place, Trail

#: What a person would call a step.
STEPS = frozenset(
    {"userTask", "manualTask", "task", "serviceTask", "sendTask", "receiveTask", "businessRuleTask"}
    | {"callActivity", "subProcess", "intermediateCatchEvent"}
)
#: What an event-based gateway awaits has no token: the gateway has it.
_AWAITED = frozenset({"intermediateCatchEvent", "receiveTask"})
#: What counts in "step 2 of 5": what people do, and what holds such.
_COUNTED = frozenset({"userTask", "manualTask", "callActivity", "subProcess"})


@dataclass(frozen=True)
class OutlineStep:
    """One step. `state` is done, now, overdue, waiting (another unit, the clock or a message), next or skipped.

    `depth` 0 stands in the process itself. `who` has it now or did it; `at` is when it was done or has begun.
    """

    element_id: str
    process_id: str
    name: Words
    type: str
    depth: int
    state: str
    at: datetime | None
    who: str | Message | None
    task_id: UUID | None
    due: due_words.Due | None


@dataclass(frozen=True)
class StepNumber:
    """Step `number` of `of`, among the steps of the process itself."""

    number: int
    of: int


@dataclass(frozen=True)
class Walk:
    """What the outline of one instance is made of."""

    definition: Definition
    order: Order
    trail: Trail
    #: What has not been reached may still come.
    is_running: bool
    now: datetime
    #: Inside of a call that is done: what stands in the same process now, stands in another call of it.
    is_past: bool = False

    @classmethod
    def of(cls, definition: Definition, order: Order, trail: Trail, state: InstanceState, now: datetime) -> Walk:
        """Put it together."""
        return cls(definition, order, trail, state is InstanceState.RUNNING, now)


def outline(walk: Walk) -> tuple[OutlineStep, ...]:
    """Give the steps of the process and of what it has called, in the order of the flow."""
    return tuple(_of_process(walk, walk.definition.process_id, 0, frozenset()))


def step_number(steps: Sequence[OutlineStep]) -> StepNumber | None:
    """Say how far it is; None when nothing of the process itself is a step, or nothing has begun."""
    counted = [step for step in steps if step.depth == 0 and step.type in _COUNTED]
    present = [number for number, step in enumerate(counted, 1) if step.state in {"now", "overdue", "waiting"}]
    done = [number for number, step in enumerate(counted, 1) if step.state == "done"]
    if not present and not done:
        return None
    return StepNumber((present or done)[0 if present else -1], len(counted))


def markers(walk: Walk, process_id: str) -> dict[str, str]:
    """Say which elements of one diagram are done, now, overdue or waiting; the others have not been reached."""
    found = {}
    for element_id in walk.order.get(process_id, ()):
        element = walk.definition.elements.get((process_id, element_id))
        state = _state(walk, element) if element else "next"
        if state in {"done", "now", "overdue", "waiting"}:
            found[element_id] = state
    return found


def _of_process(walk: Walk, process_id: str, depth: int, above: frozenset[str]) -> Iterator[OutlineStep]:
    for element_id in walk.order.get(process_id, ()):
        element = walk.definition.elements.get((process_id, element_id))
        if element is None or element.type not in STEPS:
            continue
        step = _step(walk, element, depth)
        yield step
        called = element.called_element
        if called and called not in above and step.state not in {"next", "skipped"}:
            inside = replace(walk, is_running=False, is_past=True) if step.state == "done" else walk
            yield from _of_process(inside, called, step.depth + 1, above | {called, process_id})


def _step(walk: Walk, element: Element, depth: int) -> OutlineStep:
    place, state = element.key, _state(walk, element)
    task, opened = _task(walk, place), _open_task(walk, place)
    return OutlineStep(
        element_id=element.id,
        process_id=element.process_id,
        name=words(element.name or element.id, element.name_en),
        type=element.type,
        depth=depth + (1 if element.scope else 0),
        state=state,
        at=opened.created_at if opened else walk.trail.passed.get(place),
        who=_who(walk, place),
        task_id=task.id if task is not None and (opened or state == "done") else None,
        due=_due(walk, place) if opened else None,
    )


def _task(walk: Walk, place: Place) -> Any:
    """The task of a place; not the open one of another call."""
    task = walk.trail.tasks.get(place)
    return None if task is not None and walk.is_past and task.state in ACTIVE else task


def _open_task(walk: Walk, place: Place) -> Any:
    task = _task(walk, place)
    return task if task is not None and task.state in ACTIVE else None


def _state(walk: Walk, element: Element) -> str:
    place, trail = element.key, walk.trail
    task = _open_task(walk, place)
    if task is not None:
        due = _due(walk, place)
        if due and due.state is due_words.DueState.OVERDUE:
            return "overdue"
        return "waiting" if task.awaited_by_unit_id else "now"
    if not walk.is_past and (place in trail.tokens or (element.type in _AWAITED and place in trail.waits)):
        return "waiting" if place in trail.waits else "now"
    if place in trail.passed:
        return "done"
    return "next" if walk.is_running and place not in trail.cancelled else "skipped"


def _due(walk: Walk, place: Place) -> due_words.Due | None:
    task = walk.trail.tasks[place]
    if task.due_at is None:
        return None
    return due_words.due(
        task.due_at,
        walk.now,
        due_class=task.due_class,
        starts_at=task.starts_at,
        rule=rule_words(task.duration, task.calendar, task.law),
        is_waiting=task.awaited_by_unit_id is not None,
    )


def _who(walk: Walk, place: Place) -> str | Message | None:
    task = _task(walk, place)
    if task is None:
        return None
    unit = words(task.unit_name, task.unit_name_en)
    who: str | Message | None = (task.assignee or unit) if task.state in ACTIVE else task.ended_by
    return who
