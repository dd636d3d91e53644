"""One incident with what a person needs to mend it: cause, expression, values, the event that waits, deadlines in danger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Deadline, DeadlineState, Incident, Job, JournalEntry, ProcessInstance
from casework.queries.deadline_rows import DeadlineRow, deadline_row, select_deadlines
from casework.queries.incident_rows import IncidentRow, incident_row, select_incidents
from casework.queries.journal_sentences import journal_sentence

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.i18n import Message
    from casework.model import Actor


_KINDS = ("incident_raised", "variables_mended", "incident_retried", "incident_solved")


@dataclass(frozen=True)
class JobNote:
    """The machine work that failed."""

    topic: str
    attempts: int
    error: str | None
    state: str


@dataclass(frozen=True)
class IncidentPage:
    """`values` is what the expression read, `variables` what the process decides by: neither holds free text or a CPR number.

    `deadlines` are the running ones of the instance, as far as the reader sees them; `log` is what happened so far.
    """

    row: IncidentRow
    instance_id: UUID
    expression: str | None
    values: dict[str, Any]
    variables: dict[str, Any]
    event: dict[str, Any]
    job: JobNote | None
    deadlines: tuple[DeadlineRow, ...]
    log: tuple[tuple[datetime, Message], ...]
    sees_case: bool


def incident_page(actor: Actor, incident_id: UUID) -> IncidentPage:
    """Give the page, or NotFoundError."""
    with read() as session:
        row = session.execute(select_incidents(actor).where(Incident.id == incident_id)).one_or_none()
        if row is None:
            raise NotFoundError(message("There is no such incident."))
        incident = incident_row(session, row)
        variables = session.scalars(select(ProcessInstance.variables).where(ProcessInstance.id == row.instance_id))
        return IncidentPage(
            row=incident,
            instance_id=row.instance_id,
            expression=row.expression,
            values=row.values_read,
            variables=variables.one(),
            event=row.event,
            job=_job(session, row.job_id),
            deadlines=_deadlines(session, actor, row.instance_id),
            log=_log(session, incident),
            sees_case=bool(row.sees_case),
        )


def _job(session: Session, job_id: UUID | None) -> JobNote | None:
    if job_id is None:
        return None
    job = session.execute(select(Job.topic, Job.attempts, Job.error, Job.state).where(Job.id == job_id)).one_or_none()
    return JobNote(job.topic, job.attempts, job.error, job.state.value) if job else None


def _deadlines(session: Session, actor: Actor, instance_id: UUID) -> tuple[DeadlineRow, ...]:
    now = clock.now()
    rows = session.execute(
        select_deadlines(actor)
        .where(Deadline.instance_id == instance_id, Deadline.state == DeadlineState.RUNNING)
        .order_by(Deadline.due_at, Deadline.id)
    )
    return tuple(deadline_row(row, now) for row in rows)


def _log(session: Session, incident: IncidentRow) -> tuple[tuple[datetime, Message], ...]:
    """Journal entries about incidents of the instance: sentences of this kind carry no case text."""
    rows = session.execute(
        select(JournalEntry.at, JournalEntry.actor, JournalEntry.kind, JournalEntry.details)
        .where(JournalEntry.instance_id == incident.instance_id, JournalEntry.kind.in_(_KINDS))
        .order_by(JournalEntry.number)
    ).all()
    own = str(incident.id)
    about = [row for row in rows if own in (row.details.get("incident_id"), row.details.get("incident"))]
    return tuple((row.at, _said(row, incident.element)) for row in about)


def _said(row: Any, element: Message) -> Message:
    return message("{name} {did}", name=row.actor, did=journal_sentence(row.kind, row.details, element=element))
