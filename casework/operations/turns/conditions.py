"""Waits for a condition: asked again whenever a variable of the instance or a fact of the case has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, select
from sqlalchemy.orm import undefer

from casework import engine
from casework.engine import Fire, Stuck
from casework.model import (
    Incident,
    IncidentState,
    InstanceState,
    ProcessInstance,
    Subscription,
    SubscriptionState,
)
from casework.operations.turns.incidents import raise_incident
from casework.operations.turns.moves import happen
from casework.operations.turns.traits import traits_of
from casework.released import release_of

if TYPE_CHECKING:
    from casework.operations.turns.turn import Turn


def fire_one_condition(turn: Turn) -> bool:
    """Let one wait happen whose condition is true. False: there is none."""
    if not turn.has_found_conditions and turn.is_read("conditions"):
        _find_other_instances(turn)
    for instance in list(turn.instances.values()):
        if not _is_worth_asking(turn, instance):
            continue
        for task_id, element_id in _true_conditions(turn, instance):
            if _end_subscription(turn, instance, task_id, element_id):
                happen(turn, instance, Fire(task_id, element_id))
                return True
        turn.asked.add((instance.id, instance.version))
    return False


def _is_worth_asking(turn: Turn, instance: ProcessInstance) -> bool:
    if instance.state is not InstanceState.RUNNING or not instance.engine_state:
        return False
    has_conditions = traits_of(release_of(turn.session, instance.process_version_id)).has_conditions
    return has_conditions and (instance.id, instance.version) not in turn.asked


def _true_conditions(turn: Turn, instance: ProcessInstance) -> list[tuple[str, str]]:
    definition = release_of(turn.session, instance.process_version_id).definition
    try:
        return engine.due_conditions(definition, instance.engine_state, instance.variables, turn.facts, now=turn.at)
    except Stuck as stuck:
        if not _is_known(turn, instance, stuck):
            raise_incident(turn, instance, stuck, {"kind": "conditions"})
        return []


def _is_known(turn: Turn, instance: ProcessInstance, stuck: Stuck) -> bool:
    """A condition that cannot be read is one incident, however often it is asked."""
    here = Incident.instance_id == instance.id, Incident.element_id == stuck.element_id
    known = exists().where(*here, Incident.state == IncidentState.OPEN)
    mine = any(
        row["instance_id"] == instance.id and row["element_id"] == stuck.element_id for row in turn.pending(Incident)
    )
    return mine or bool(turn.session.scalar(select(known)))


def _find_other_instances(turn: Turn) -> None:
    """A fact counts for every instance of the case."""
    turn.has_found_conditions = True
    found = turn.session.scalars(
        select(ProcessInstance)
        .join(Subscription, Subscription.instance_id == ProcessInstance.id)
        .options(undefer(ProcessInstance.engine_state), undefer(ProcessInstance.variables))
        .where(Subscription.case_id == turn.case.id, Subscription.kind == "conditional")
        .where(Subscription.state == SubscriptionState.WAITING)
    )
    for instance in found.unique():
        turn.instances.setdefault(instance.id, instance)


def _end_subscription(turn: Turn, instance: ProcessInstance, task_id: str, element_id: str) -> bool:
    """False: it has been told before, and an incident keeps what came of it."""
    for row in turn.pending(Subscription):
        if (row["engine_task_id"], row["element_id"]) == (task_id, element_id):
            waits = row["state"] is SubscriptionState.WAITING
            if waits:
                row.update(state=SubscriptionState.RECEIVED, ended_at=turn.at)
            return waits
    found = turn.session.scalars(
        select(Subscription)
        .where(Subscription.instance_id == instance.id, Subscription.state == SubscriptionState.WAITING)
        .where(Subscription.engine_task_id == task_id, Subscription.element_id == element_id)
    ).first()
    if found is None or found.state is not SubscriptionState.WAITING:
        return False
    found.receive(turn.at)
    return True
