"""Moves instances: start one, or let one thing happen to it. What cannot happen becomes an incident that keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import engine
from casework.engine import Stuck
from casework.i18n import message
from casework.identifiers import new_id
from casework.model import CaseState, Deadline, InstanceState, ProcessInstance
from casework.operations.turns.apply_step import apply_step
from casework.operations.turns.deadlines import deadline_row
from casework.operations.turns.incidents import kept, raise_incident
from casework.operations.turns.traits import traits_of
from casework.operations.turns.turn import MOST_STEPS
from casework.operations.turns.units import unit_of
from casework.released import release_of

if TYPE_CHECKING:
    from uuid import UUID

    from casework.engine import DeadlineRule, Event
    from casework.operations.turns.timers import Schedule
    from casework.operations.turns.turn import Row, Turn
    from casework.released import Release


def begin(
    turn: Turn,
    process_version_id: UUID,
    *,
    variables: dict[str, Any],
    start_element: str | None = None,
) -> ProcessInstance:
    """A new instance on the turn's case, which is open then; an incident from birth when it cannot start."""
    release, instance = _made(turn, process_version_id, variables)
    event = _beginning(start_element)
    try:
        _count(turn, release)
        take_first_step(turn, instance, event)
    except Stuck as stuck:
        raise_incident(turn, instance, stuck, event)
    return instance


def begin_stuck(turn: Turn, process_version_id: UUID, start_element: str, stuck: Stuck) -> ProcessInstance:
    """A new instance that could not begin: solving the incident lets it."""
    _, instance = _made(turn, process_version_id, {})
    raise_incident(turn, instance, stuck, _beginning(start_element))
    return instance


def _beginning(start_element: str | None) -> dict[str, Any]:
    """What `take_first_step` reads, and an incident keeps."""
    return {"kind": "start", "start_element": start_element, "has_clocks": False}


def _made(turn: Turn, process_version_id: UUID, variables: dict[str, Any]) -> tuple[Release, ProcessInstance]:
    if turn.case.state is CaseState.CLOSED:
        turn.case.reopen()
        turn.record("case_reopened")
    release = release_of(turn.session, process_version_id)
    instance = ProcessInstance(
        id=new_id(),
        case_id=turn.case.id,
        process_version_id=release.id,
        process_id=release.process_id,
        state=InstanceState.RUNNING,
        engine_state=b"",
        variables=dict(variables),
        version=0,
        started_at=turn.at,
        started_by_id=turn.actor.id if turn.actor.kind == "employee" else None,
    )
    turn.instances[instance.id] = instance
    turn.started.append(instance)
    turn.watch(traits_of(release).reads)
    turn.record("process_started", instance, process=release.process_id, name=release.name, version=release.version)
    return release, instance


def take_first_step(turn: Turn, instance: ProcessInstance, event: dict[str, Any]) -> None:
    """Start the clocks of the whole process, then the engine. Raises `Stuck`; clocks that have started go on then."""
    release = release_of(turn.session, instance.process_version_id)
    if not event["has_clocks"]:
        context = {**turn.facts, **instance.variables, "now": turn.at}
        rules = release.definition.process(release.process_id).deadlines
        rows = [_of_process(turn, instance, release, rule, context) for rule in rules]
        turn.rows[Deadline].extend(rows)
        event["has_clocks"] = True
    step = engine.start(
        release.definition,
        variables=instance.variables,
        facts=turn.facts,
        now=turn.at,
        start_element=event["start_element"],
    )
    with turn.session.no_autoflush:
        apply_step(turn, instance, release, step)


def happen(turn: Turn, instance: ProcessInstance, event: Event, *, carried: dict[str, Schedule] | None = None) -> bool:
    """Let one thing happen. False: it could not, and an incident keeps it. Raises `NotStandingError`."""
    try:
        attempt(turn, instance, event, carried=carried)
    except Stuck as stuck:
        raise_incident(turn, instance, stuck, kept(event))
        return False
    return True


def attempt(turn: Turn, instance: ProcessInstance, event: Event, *, carried: dict[str, Schedule] | None = None) -> None:
    """Let one thing happen. Raises `Stuck` and `NotStandingError`; then nothing has happened."""
    release = release_of(turn.session, instance.process_version_id)
    _count(turn, release)
    step = engine.advance(
        release.definition,
        instance.engine_state,
        event,
        variables=instance.variables,
        facts=turn.facts,
        now=turn.at,
    )
    with turn.session.no_autoflush:  # all is written at the end of the turn
        apply_step(turn, instance, release, step, carried=carried)


def _count(turn: Turn, release: Release) -> None:
    turn.steps += 1
    if turn.steps > MOST_STEPS:
        raise Stuck(
            message("The processes of this case set each other off again and again, without end."),
            process_id=release.process_id,
            element_id="",
        )


def _of_process(
    turn: Turn, instance: ProcessInstance, release: Release, rule: DeadlineRule, context: dict[str, Any]
) -> Row:
    """A deadline of the whole process is called after the element that meets it."""
    process = release.definition.process(release.process_id)
    met = release.definition.elements.get((release.process_id, rule.met))
    named = met or process
    return deadline_row(
        rule,
        context,
        at=turn.at,
        process_id=release.process_id,
        element_id=release.process_id,
        case_id=turn.case.id,
        instance_id=instance.id,
        name=named.name or rule.key,
        name_en=named.name_en or named.name or rule.key,
        unit_id=unit_of(turn.session, turn.case, met.lane) if met else turn.case.responsible_unit_id,
    )
