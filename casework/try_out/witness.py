"""Sees each step of the engine as it is made, and tells what happened: tasks, gateways and why, tables, messages, ends.

What gateways and tables say is what the engine asked and was answered then; nothing is evaluated a second time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import read
from casework.forms.words import words
from casework.i18n import message
from casework.model import Unit, UserTask
from casework.model.fact import fact_value, fact_words
from casework.queries.names import unit_name
from casework.released import release_of
from casework.try_out.choosing import decision, gateway
from casework.try_out.record import Entry, EntryKind, Origin, both
from casework.try_out.saying import name_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.engine import Definition, Element, Passed, Step
    from casework.forms.words import Words
    from casework.i18n import Message
    from casework.model import ProcessInstance
    from casework.released import Release
    from casework.scenarios.flows import Flows
    from casework.try_out.record import Record

#: Steps of the engine within one step of a walk: some years of a whole case are a few hundred.
MOST_STEPS = 2000
#: Values that one line tells at the most.
MOST_VALUES = 4
_TIMES, _COMES = frozenset({"boundaryEvent", "intermediateCatchEvent"}), frozenset({"message", "signal", "conditional"})


@dataclass(frozen=True)
class Sight:
    """One step of one instance."""

    at: datetime
    instance_id: UUID
    version_id: UUID
    step: Step


class TooMuchError(Exception):
    """More happens in one step of a walk than somebody waits for."""


@dataclass
class Witness:
    """`variables` are those of each instance before the first step that was seen."""

    flows: Flows
    variables: dict[UUID, dict[str, Any]]
    sights: list[Sight] = field(default_factory=list)

    def see(self, instance: ProcessInstance, step: Step) -> None:
        """Remember it. TooMuchError ends what never would."""
        if len(self.sights) >= MOST_STEPS:
            raise TooMuchError
        self.flows.see(step)
        self.sights.append(Sight(clock.now(), instance.id, instance.process_version_id, step))

    def tell(self, record: Record) -> None:
        """Write down what was seen."""
        with read() as session:
            for sight in self.sights:
                release = release_of(session, sight.version_id)
                known = self.variables.get(sight.instance_id)
                changed = {n: v for n, v in sight.step.variables.items() if known is None or known.get(n, _NONE) != v}
                record.entries += _entries(
                    session, release, sight, changed if known is not None else {}, is_first=known is None
                )
                origins = record.variables.setdefault(str(sight.instance_id), {})
                for name in changed:
                    origins[name] = Origin(sight.at, _origin(release, sight.step, name, is_first=known is None))
                self.variables[sight.instance_id] = sight.step.variables
        record.taken |= self.flows.taken


_NONE = object()


def _entries(
    session: Session, release: Release, sight: Sight, changed: dict[str, Any], *, is_first: bool
) -> Iterator[Entry]:
    definition, step, at = release.definition, sight.step, sight.at
    if is_first:
        said = message("{process} begins", process=words(release.name, release.name_en))
        yield Entry(at, EntryKind.BEGUN, both(said), release.process_id)
    decided = list(step.decided)
    for passed in step.passed:
        yield from _passage(definition, at, step, passed, decided, changed)
    for standing in step.opened:
        if standing.kind == "user_task":
            yield _opened(session, at, definition.element(standing.process_id, standing.element_id), standing.task_id)
    for sent in step.sent:
        said = message("The message {name} is sent", name=sent.name)
        yield Entry(
            at,
            EntryKind.MESSAGE,
            both(said),
            sent.process_id,
            sent.element_id,
            read=tuple((name, shown(value)) for name, value in sent.payload.items()),
        )
    if step.is_completed:
        ends = [name_of(definition.element(release.process_id, one)) for one in step.ended_at]
        said = message("{process} ends: {ends}", process=words(release.name, release.name_en), ends=ends or "–")
        yield Entry(at, EntryKind.ENDED, both(said), release.process_id, step.ended_at[-1] if step.ended_at else "")


def _passage(
    definition: Definition,
    at: datetime,
    step: Step,
    passed: Passed,
    *told: Any,
) -> Iterator[Entry]:
    """What is worth a line of one element that was passed."""
    decided, changed = told
    element = definition.elements.get((passed.process_id, passed.element_id))
    weighed = next((one for one in step.weighed if one.task_id == passed.task_id), None)
    if element is None:
        return
    if passed.how == "cancelled":
        if passed.type == "userTask":
            yield _entry(at, EntryKind.GONE, element, message("{task} is not needed any more", task=name_of(element)))
    elif weighed is not None and passed.chosen:
        yield gateway(definition, at, weighed, passed.chosen)
    elif passed.type == "businessRuleTask":
        mine = next((one for one in decided if one.element_id == element.id), None)
        if mine is not None:
            decided.remove(mine)
            yield decision(definition, at, mine)
    else:
        yield from _passed(at, element, passed.type, changed)


def _passed(at: datetime, element: Element, type_: str, changed: dict[str, Any]) -> Iterator[Entry]:
    if type_ == "userTask":
        simple = {name: value for name, value in changed.items() if not isinstance(value, list | dict)}
        told = [message("{name}: {value}", name=fact_words(n), value=fact_value(v)) for n, v in simple.items()]
        said = message("{task} is completed", task=name_of(element))
        if told:
            said = message("{task} is completed: {values}", task=name_of(element), values=told[:MOST_VALUES])
        yield _entry(at, EntryKind.DONE, element, said)
    elif type_ in _TIMES and element.event == "timer":
        yield _entry(at, EntryKind.TIME, element, message("The moment has come: {name}", name=name_of(element)))
    elif (type_ in _TIMES and element.event in _COMES) or type_ == "receiveTask":
        yield _entry(at, EntryKind.MESSAGE, element, message("It has come: {name}", name=name_of(element)))


def _opened(session: Session, at: datetime, element: Element, task_id: str) -> Entry:
    row: Any = session.execute(
        select(
            UserTask.due_at,
            UserTask.name,
            UserTask.name_en,
            Unit.id,
            Unit.name.label("unit"),
            Unit.name_en.label("unit_en"),
        )
        .join(Unit, Unit.id == UserTask.unit_id)
        .where(UserTask.engine_task_id == task_id)
    ).first()
    if row is None:
        return _entry(at, EntryKind.OPENED, element, message("{task} waits", task=name_of(element)))
    unit = unit_name(row.id, row.unit, row.unit_en).name
    task = words(row.name, row.name_en)
    said = message("{task} waits in {unit}", task=task, unit=unit)
    if row.due_at is not None:
        said = message("{task} waits in {unit}, until {at:digits_time}", task=task, unit=unit, at=row.due_at)
    return _entry(at, EntryKind.OPENED, element, said)


def _origin(release: Release, step: Step, name: str, *, is_first: bool) -> Words:
    """The last element of the step that writes the variable; else what set the step off."""
    definition = release.definition
    passed = [
        definition.elements.get((one.process_id, one.element_id)) for one in step.passed if one.how == "completed"
    ]
    elements = [one for one in passed if one is not None]
    writes = [one for one in elements if name in _written(one)]
    if writes:
        return both(name_of(writes[-1]))
    if is_first:
        return both(message("Given when the process began"))
    return both(name_of(elements[0])) if elements else both(message("Told from outside"))


def _written(element: Element) -> set[str]:
    return {name for name, _ in (*element.outputs, *element.assigns)} | {element.result_variable}


def _entry(at: datetime, kind: EntryKind, element: Element, said: Message) -> Entry:
    return Entry(at, kind, both(said), element.process_id, element.id)
