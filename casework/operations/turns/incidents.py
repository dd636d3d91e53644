"""Keeps what could not happen: cause and values for a person, the event for the retry. Other branches of the instance go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import engine, values
from casework.identifiers import new_id
from casework.model import Incident, IncidentState

if TYPE_CHECKING:
    from uuid import UUID

    from casework.engine import Event, Stuck
    from casework.model import ProcessInstance
    from casework.operations.turns.turn import Turn


def raise_incident(
    turn: Turn,
    instance: ProcessInstance,
    stuck: Stuck,
    event: dict[str, Any],
    *,
    job_id: UUID | None = None,
) -> UUID:
    """Note an open incident down, with a journal entry."""
    incident_id = new_id()
    turn.add(
        Incident,
        {
            "id": incident_id,
            "case_id": turn.case.id,
            "instance_id": instance.id,
            **cause_of(stuck, instance),
            "engine_task_id": event.get("task_id"),
            "job_id": job_id,
            "event": event,
            "state": IncidentState.OPEN,
            "retries": 0,
            "created_at": turn.at,
            "solved_at": None,
            "solved_by": None,
        },
    )
    turn.case.incidents += 1
    turn.incident_ids.append(incident_id)
    turn.record("incident_raised", instance, element=stuck.element_id, incident_id=str(incident_id))
    return incident_id


def cause_of(stuck: Stuck, instance: ProcessInstance) -> dict[str, Any]:
    """The columns that say why."""
    return {
        "process_id": stuck.process_id or instance.process_id,
        "element_id": stuck.element_id,
        "cause": stuck.reason.to_json(),
        "expression": stuck.expression or None,
        "values_read": {name: value for name, value in stuck.values.items() if _can_be_kept(value)},
    }


def kept(event: Event) -> dict[str, Any]:
    """What `event_of` reads."""
    match event:
        case engine.Complete(task_id, results):
            return {"kind": "complete", "task_id": task_id, "values": dict(results)}
        case engine.JobDone(task_id, result):
            return {"kind": "job_done", "task_id": task_id, "values": dict(result)}
        case engine.Fire(task_id, element_id, payload, last):
            words = {"element_id": element_id, "last": last}
            return {"kind": "fire", "task_id": task_id, "values": dict(payload), **words}
        case engine.Throw(task_id, error_code):
            return {"kind": "throw", "task_id": task_id, "code": error_code}
        case engine.SetTo() | engine.Begin():
            raise TypeError("whoever sets or moves an instance is refused at once")


def event_of(data: dict[str, Any]) -> Event:
    """The event that an incident keeps (ValueError for a start or a failed job, which are no events of the engine)."""
    match data["kind"]:
        case "complete":
            return engine.Complete(data["task_id"], data["values"])
        case "job_done":
            return engine.JobDone(data["task_id"], data["values"])
        case "fire":
            return engine.Fire(data["task_id"], data["element_id"], data["values"], data["last"])
        case "throw":
            return engine.Throw(data["task_id"], data["code"])
    raise ValueError(data["kind"])


def _can_be_kept(value: Any) -> bool:
    try:
        values.to_json(value)
    except TypeError:
        return False
    return True
