"""Where instances have been and where they stand: passages, tasks, waits, tokens; for all instances of a page at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import BindParameter, bindparam, func, literal, select, union_all

from casework import engine
from casework.model import (
    Deadline,
    Employee,
    Incident,
    IncidentState,
    InstanceState,
    Passage,
    ProcessInstance,
    Subscription,
    SubscriptionState,
    Timer,
    TimerState,
    Unit,
    UserTask,
)
from casework.released import definition_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

#: Process id and element id.
Place = tuple[str, str]


_OF: BindParameter[Any] = bindparam("instances", expanding=True)
_PASSAGES = (
    select(Passage.instance_id, Passage.process_id, Passage.element_id, Passage.how, func.max(Passage.at).label("at"))
    .where(Passage.instance_id.in_(_OF))
    .group_by(Passage.instance_id, Passage.process_id, Passage.element_id, Passage.how)
)
_TASKS = (
    select(
        UserTask.id,
        UserTask.instance_id,
        UserTask.process_id,
        UserTask.element_id,
        UserTask.state,
        UserTask.created_at,
        UserTask.ended_by,
        UserTask.due_at,
        UserTask.due_class,
        UserTask.awaited_by_unit_id,
        Employee.name.label("assignee"),
        Unit.name.label("unit_name"),
        Unit.name_en.label("unit_name_en"),
        Deadline.starts_at,
        Deadline.duration,
        Deadline.calendar,
        Deadline.law,
    )
    .join(Unit, Unit.id == UserTask.unit_id)
    .outerjoin(Employee, Employee.id == UserTask.assignee_id)
    .outerjoin(Deadline, Deadline.id == UserTask.deadline_id)
    .where(UserTask.instance_id.in_(_OF))
    .order_by(UserTask.state.not_in(["open", "claimed"]).desc(), UserTask.created_at, UserTask.id)
)
_TOKENS = select(ProcessInstance.id, ProcessInstance.process_version_id, ProcessInstance.engine_state).where(
    ProcessInstance.id.in_(_OF), ProcessInstance.state == InstanceState.RUNNING
)


@cache
def _waits() -> Any:
    """Clocks and messages that are awaited, and incidents."""

    def standing(table: Any, state: Any) -> Any:
        columns = table.instance_id, table.process_id, table.element_id, literal("wait").label("kind")
        return select(*columns).where(table.instance_id.in_(_OF), table.state == state)

    incident = Incident.instance_id, Incident.process_id, Incident.element_id, literal("incident")
    return union_all(
        standing(Timer, TimerState.WAITING),
        standing(Subscription, SubscriptionState.WAITING),
        select(*incident).where(Incident.instance_id.in_(_OF), Incident.state == IncidentState.OPEN),
    )


@dataclass
class Trail:
    """One instance. `tasks` by place, the open one (else the newest) of each; `waits`: the clock or a message is awaited."""

    passed: dict[Place, datetime] = field(default_factory=dict)
    cancelled: set[Place] = field(default_factory=set)
    tokens: set[Place] = field(default_factory=set)
    tasks: dict[Place, Any] = field(default_factory=dict)
    waits: set[Place] = field(default_factory=set)
    incidents: int = 0


def trails(session: Session, instance_ids: Sequence[UUID]) -> dict[UUID, Trail]:
    """Give the trail of each instance; the caller has checked that the reader sees their case whole."""
    found: dict[UUID, Trail] = {instance_id: Trail() for instance_id in instance_ids}
    if found:
        _read_passages(session, found)
        _read_tasks(session, found)
        _read_waits(session, found)
        _read_tokens(session, found)
    return found


def _read_passages(session: Session, found: dict[UUID, Trail]) -> None:
    for row in session.execute(_PASSAGES, {"instances": list(found)}):
        place = row.process_id, row.element_id
        if row.how == "completed":
            found[row.instance_id].passed[place] = row.at
        else:
            found[row.instance_id].cancelled.add(place)


def _read_tasks(session: Session, found: dict[UUID, Trail]) -> None:
    for row in session.execute(_TASKS, {"instances": list(found)}):
        found[row.instance_id].tasks[row.process_id, row.element_id] = row


def _read_waits(session: Session, found: dict[UUID, Trail]) -> None:
    for row in session.execute(_waits(), {"instances": list(found)}):
        if row.kind == "incident":
            found[row.instance_id].incidents += 1
        else:
            found[row.instance_id].waits.add((row.process_id, row.element_id))


def _read_tokens(session: Session, found: dict[UUID, Trail]) -> None:
    for row in session.execute(_TOKENS, {"instances": list(found)}).all():
        definition = definition_of(session, row.process_version_id)
        tokens = engine.progress(definition, row.engine_state)
        found[row.id].tokens = {(process_id, element_id) for process_id, element_id, _ in tokens}
