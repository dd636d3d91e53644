"""What a scenario can look at: ends, incidents, deadlines, letters, messages, facts. Questions to the private database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from casework.database import read
from casework.i18n import Message
from casework.model import (
    Case,
    CaseDocument,
    Deadline,
    Incident,
    IncidentState,
    InstanceState,
    ProcessInstance,
    ProcessMessage,
    ProcessVersion,
    Timer,
    TimerState,
    Unit,
)
from casework.operations.attach_file import KIND
from casework.released import definition_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True)
class DeadlineSeen:
    """One deadline that the case has, or has had."""

    key: str
    process_id: str
    due_class: str
    law: str
    due_at: datetime
    state: str


@dataclass(frozen=True)
class IncidentSeen:
    """Where the processes stopped. `is_error_end`: at an error for whoever would have called this part."""

    process_id: str
    element_id: str
    instance_process_id: str
    cause: Message
    is_error_end: bool


def is_process(name: str) -> bool:
    """Is a process of this id released?"""
    with read() as session:
        return session.scalar(select(func.count()).where(ProcessVersion.process_id == name)) != 0


def ends(case_id: UUID) -> dict[str, str]:
    """By process, in the order in which they began: the end event of the newest instance; empty while it runs."""
    query = (
        select(ProcessInstance.process_id, ProcessInstance.outcome, ProcessInstance.state)
        .where(ProcessInstance.case_id == case_id)
        .order_by(ProcessInstance.id)
    )
    with read() as session:
        return {
            row.process_id: (row.outcome or "") if row.state is not InstanceState.RUNNING else ""
            for row in session.execute(query)
        }


def incidents(case_id: UUID) -> list[IncidentSeen]:
    """Those that are open."""
    query = (
        select(Incident, ProcessInstance.process_id, ProcessInstance.process_version_id)
        .join(ProcessInstance, ProcessInstance.id == Incident.instance_id)
        .where(Incident.case_id == case_id, Incident.state == IncidentState.OPEN)
        .order_by(Incident.id)
    )
    with read() as session:
        found = []
        for incident, process_id, version_id in session.execute(query):
            element = definition_of(session, version_id).elements.get((incident.process_id, incident.element_id))
            at_end = element is not None and element.type == "endEvent" and element.event == "error"
            cause = Message.from_json(incident.cause)
            found.append(IncidentSeen(incident.process_id, incident.element_id, process_id, cause, at_end))
        return found


def deadlines(case_id: UUID) -> list[DeadlineSeen]:
    """All of them, in the order in which they began."""
    with read() as session:
        rows = session.scalars(select(Deadline).where(Deadline.case_id == case_id).order_by(Deadline.id))
        return [
            DeadlineSeen(r.key, r.process_id, r.due_class.value, r.law or "", r.due_at, r.state.value) for r in rows
        ]


#: What people attach is a document of the case too.
IS_LETTER = CaseDocument.kind != KIND


def letters(case_id: UUID) -> list[tuple[str, str]]:
    """Template and recipient of each letter."""
    query = select(CaseDocument.title, CaseDocument.recipient).where(CaseDocument.case_id == case_id, IS_LETTER)
    with read() as session:
        return [(row.title, row.recipient or "") for row in session.execute(query.order_by(CaseDocument.id))]


def messages(case_id: UUID) -> list[str]:
    """The names of all messages, those that came and those that were sent."""
    query = select(ProcessMessage.name).where(ProcessMessage.case_id == case_id).order_by(ProcessMessage.id)
    with read() as session:
        return list(session.scalars(query))


def facts(case_id: UUID) -> dict[str, Any]:
    """What the case knows."""
    with read() as session:
        return dict(session.get_one(Case, case_id).facts)


def variables(case_id: UUID) -> dict[str, Any]:
    """What the instances know; of two with the same name the newest instance's."""
    query = select(ProcessInstance.variables).where(ProcessInstance.case_id == case_id).order_by(ProcessInstance.id)
    with read() as session:
        return {name: value for row in session.scalars(query) for name, value in row.items()}


def unit(case_id: UUID) -> tuple[str, str]:
    """Id and lane of the responsible unit."""
    query = select(Unit.id, Unit.lane).join(Case, Case.responsible_unit_id == Unit.id).where(Case.id == case_id)
    with read() as session:
        row = session.execute(query).one()
        return row.id, row.lane or ""


def next_timer(case_id: UUID) -> datetime | None:
    """When the next timer of the processes comes due."""
    waiting = Timer.case_id == case_id, Timer.state == TimerState.WAITING
    with read() as session:
        return session.scalar(select(func.min(Timer.due_at)).where(*waiting))
