"""What was stuck is tried again: the event that an incident has kept happens now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.engine import Fire, NotStandingError, Stuck
from casework.errors import ConflictError
from casework.i18n import message
from casework.model import IncidentState, InstanceState, Job, JobState, Timer, TimerState
from casework.operations.turns.firing import fire_timer
from casework.operations.turns.incidents import cause_of, event_of
from casework.operations.turns.mending import lock_incident
from casework.operations.turns.moves import attempt, take_first_step
from casework.operations.turns.settle import settle

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor, Incident, ProcessInstance
    from casework.operations.turns.turn import Turn


@dataclass(frozen=True)
class Retried:
    """`is_solved`: it went through, or the process no longer needs it. Otherwise the incident has the newest cause."""

    incident_id: UUID
    is_solved: bool


def retry_incident(actor: Actor, *, incident_id: UUID) -> Retried:
    """Try again. Administrators, and leaders of the unit responsible for the case (else ForbiddenError).

    Refuses incidents that are solved (ConflictError).
    """
    at = clock.now()
    with transaction() as session:
        turn, instance, incident = lock_incident(session, actor, incident_id, at)
        if incident.state is not IncidentState.OPEN:
            raise ConflictError(message("The incident is solved already."), changed={"by": incident.solved_by})
        incident.retries += 1
        is_solved = _is_solved(turn, instance, incident)
        if is_solved:
            incident.solve(actor.name, at)
        kind = "incident_solved" if is_solved else "incident_retried"
        turn.record(kind, instance, element=incident.element_id, incident_id=str(incident.id))
        session.flush()  # what is asked of open incidents from here on must not find this one
        settle(turn)
    return Retried(incident_id, is_solved)


def _is_solved(turn: Turn, instance: ProcessInstance, incident: Incident) -> bool:
    """It went through, or nobody waits for it any more. Otherwise the incident says why not."""
    try:
        _again(turn, instance, incident)
    except NotStandingError:
        return True
    except Stuck as stuck:
        for name, value in cause_of(stuck, instance).items():
            setattr(incident, name, value)
        return False
    return True


def _again(turn: Turn, instance: ProcessInstance, incident: Incident) -> None:
    kind = incident.event.get("kind")
    if kind == "job":  # one that nobody waits for, as a webhook, is owed when the instance is over, too
        return _make_ready(turn, incident)
    if instance.state is not InstanceState.RUNNING:
        return None
    match kind:
        case "start":
            take_first_step(turn, instance, dict(incident.event))
        case "conditions" | "dues":
            turn.changed_variables[instance.id] |= instance.variables.keys()
            turn.changed_facts |= turn.case.facts.keys()
        case _:
            _happen(turn, instance, incident)
    return None


def _make_ready(turn: Turn, incident: Incident) -> None:
    """From the beginning, with all its attempts; if it fails again, that is a new incident."""
    job = turn.session.get(Job, incident.job_id) if incident.job_id else None
    if job is not None and job.state is JobState.FAILED:
        job.retry_at(turn.at)
        job.attempts, job.ended_at = 0, None
        turn.session.info["wakes"] = True


def _happen(turn: Turn, instance: ProcessInstance, incident: Incident) -> None:
    event = event_of(incident.event)
    timer = _stuck_timer(turn, instance, event) if isinstance(event, Fire) else None
    if timer is None:
        attempt(turn, instance, event)
    else:
        fire_timer(turn, instance, timer)


def _stuck_timer(turn: Turn, instance: ProcessInstance, event: Fire) -> Timer | None:
    here = Timer.engine_task_id == event.task_id, Timer.element_id == event.element_id
    query: Any = select(Timer).where(Timer.instance_id == instance.id, Timer.state == TimerState.STUCK, *here)
    found: Timer | None = turn.session.scalars(query).first()
    return found
