"""Rows of incidents: what is stuck, where, why. They name case numbers, never a child: administrators see no case text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.forms.words import words
from casework.i18n import Message
from casework.model import Case, Incident, ProcessInstance, ProcessVersion
from casework.model.visibility import sees_incident, sees_whole_case
from casework.released import release_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms.words import Words
    from casework.model import Actor
    from casework.queries.columns import AnySelect


@dataclass(frozen=True)
class IncidentRow:
    """One incident. `sees_case`: the reader may open the case itself."""

    id: UUID
    case_id: UUID
    case_number: str
    instance_id: UUID
    process: Words
    process_version: int
    element_id: str
    element: Words
    cause: Message
    state: str
    retries: int
    created_at: datetime
    solved_at: datetime | None
    solved_by: str | None
    sees_case: bool


def select_incidents(actor: Actor) -> AnySelect:
    """Select what `incident_row` reads, of all incidents that the actor sees."""
    return (
        select(
            *(column for column in Incident.__table__.c),
            Case.number,
            ProcessInstance.process_version_id,
            ProcessVersion.name.label("process_name"),
            ProcessVersion.name_en.label("process_name_en"),
            ProcessVersion.version.label("process_version"),
            sees_whole_case(actor).label("sees_case"),
        )
        .join(Case, Case.id == Incident.case_id)
        .join(ProcessInstance, ProcessInstance.id == Incident.instance_id)
        .join(ProcessVersion, ProcessVersion.id == ProcessInstance.process_version_id)
        .where(sees_incident(actor))
    )


def incident_row(session: Session, row: Any) -> IncidentRow:
    """Read one row; the element's name comes from the compiled process."""
    return IncidentRow(
        id=row.id,
        case_id=row.case_id,
        case_number=row.number,
        instance_id=row.instance_id,
        process=words(row.process_name, row.process_name_en),
        process_version=row.process_version,
        element_id=row.element_id,
        element=element_name(session, row.process_version_id, row.process_id, row.element_id),
        cause=Message.from_json(row.cause),
        state=row.state.value,
        retries=row.retries,
        created_at=row.created_at,
        solved_at=row.solved_at,
        solved_by=row.solved_by,
        sees_case=bool(row.sees_case),
    )


def element_name(session: Session, process_version_id: UUID, process_id: str, element_id: str) -> Words:
    """Name an element of a process version as it is drawn; its id where it has no name."""
    element = release_of(session, process_version_id).definition.elements.get((process_id, element_id))
    return words(element.name or element_id, element.name_en) if element else words(element_id)
