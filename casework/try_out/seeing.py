"""What stands on the case of a try-out: asked with the queries of the real pages, in the database that the walk has come to.

Whoever tries out sees all of it: there is nobody in it but an invented child.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import read
from casework.forms.words import Words, words
from casework.i18n import Message
from casework.model import (
    ACTIVE,
    SYSTEM,
    Artifact,
    Case,
    Deadline,
    Handoff,
    HandoffState,
    Incident,
    IncidentState,
    Job,
    JobState,
    ProcessInstance,
    Timer,
    TimerState,
    Unit,
    UserTask,
    UserTaskState,
)
from casework.model.due import IS_MAIL
from casework.queries import due_words
from casework.queries.case_instances import CaseInstance, case_instances
from casework.queries.deadline_detail import DeadlineDetail, deadline_detail
from casework.queries.handoff_rows import HandoffRow, handoff_row, select_handoffs
from casework.queries.names import UnitName, unit_name
from casework.try_out.coming import Awaited, awaited, beginning
from casework.try_out.letters_seen import LetterSeen, letters_seen
from casework.try_out.saying import element_words
from casework.try_out.values_seen import ValueSeen, facts_seen, tellable, variables_seen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.try_out.record import Record

#: What each state of a hand-off lets people do, in the words of scenarios.
MOVES = {
    HandoffState.OFFERED: ("accepteret", "afvist", "spørgsmål", "trukket"),
    HandoffState.MORE_ASKED: ("svar", "trukket"),
    HandoffState.ACCEPTED: ("afsluttet", "returneret"),
}
_OPEN_JOBS = (JobState.READY, JobState.CLAIMED, JobState.FAILED)


@dataclass(frozen=True)
class TaskSeen:
    """An open task; `number` of `count` of the same element."""

    id: UUID
    instance_id: UUID
    process_id: str
    element_id: str
    name: Words
    form_key: str
    unit: UnitName
    due: due_words.Due
    number: int
    count: int


@dataclass(frozen=True)
class DoneSeen:
    """A task whose answers can be put right: of each element the one that was completed last."""

    id: UUID
    instance_id: UUID
    process_id: str
    name: Words
    at: datetime


@dataclass(frozen=True)
class HandoffSeen:
    """A hand-off with what can be done about it; `to` names it in a step."""

    row: HandoffRow
    moves: tuple[str, ...]
    to: str


@dataclass(frozen=True)
class Seen:
    """All that stands. `ends`: of each process that has ended, where; `values`: facts first, then each process with its own."""

    now: datetime
    case_id: UUID
    born: Any
    tasks: tuple[TaskSeen, ...]
    done: tuple[DoneSeen, ...]
    deadlines: tuple[DeadlineDetail, ...]
    handoffs: tuple[HandoffSeen, ...]
    timers: tuple[tuple[Words, datetime], ...]
    jobs: tuple[tuple[Words, str, str], ...]
    letters: tuple[LetterSeen, ...]
    awaited: tuple[Awaited, ...]
    beginning: tuple[Awaited, ...]
    incidents: tuple[tuple[Words, Message], ...]
    instances: tuple[CaseInstance, ...]
    facts: tuple[ValueSeen, ...]
    tellable: tuple[tuple[str, Message], ...]
    variables: tuple[tuple[Words, tuple[ValueSeen, ...]], ...]


def see(case_id: UUID, record: Record, names: dict[str, Any]) -> Seen:
    """Look, in the context of the walk's database and clock; `names` are what an @ may name."""
    now = clock.now()
    with read() as session:
        case = session.execute(select(Case.facts).where(Case.id == case_id)).one()
        return Seen(
            now=now,
            case_id=case_id,
            born=case.facts.get("foedselsdato"),
            tasks=tuple(_tasks(session, case_id, now)),
            done=tuple(_done(session, case_id)),
            deadlines=tuple(_deadlines(session, case_id, now)),
            handoffs=tuple(_handoffs(session, case_id, now)),
            timers=tuple(_timers(session, case_id)),
            jobs=tuple(_jobs(session, case_id)),
            letters=tuple(letters_seen(session, case_id)),
            awaited=tuple(awaited(session, case_id, names)),
            beginning=tuple(beginning(session)),
            incidents=tuple(_incidents(session, case_id)),
            instances=case_instances(session, case_id, now),
            facts=facts_seen(case.facts, record),
            tellable=tellable(case.facts),
            variables=tuple(variables_seen(session, case_id, record)),
        )


def _tasks(session: Session, case_id: UUID, now: datetime) -> Iterator[TaskSeen]:
    query = (
        select(UserTask, Artifact.key, Unit.name.label("unit_name"), Unit.name_en.label("unit_name_en"))
        .outerjoin(Artifact, Artifact.id == UserTask.form_id)
        .join(Unit, Unit.id == UserTask.unit_id)
        .where(UserTask.case_id == case_id, UserTask.state.in_(ACTIVE))
        .order_by(UserTask.id)
    )
    rows = session.execute(query).all()
    of_each, told = Counter(row.UserTask.element_id for row in rows), Counter[str]()
    for row in rows:
        task: UserTask = row.UserTask
        due = due_words.due(task.due_at, now, due_class=task.due_class, starts_at=task.created_at)
        unit = unit_name(task.unit_id, row.unit_name, row.unit_name_en)
        name = words(task.name, task.name_en)
        told[task.element_id] += 1
        where = (task.instance_id, task.process_id, task.element_id)
        yield TaskSeen(task.id, *where, name, row.key or "", unit, due, told[task.element_id], of_each[task.element_id])


def _done(session: Session, case_id: UUID) -> Iterator[DoneSeen]:
    query = (
        select(UserTask.id, UserTask.instance_id, UserTask.process_id, UserTask.element_id)
        .add_columns(UserTask.name, UserTask.name_en, UserTask.ended_at)
        .where(UserTask.case_id == case_id, UserTask.state == UserTaskState.COMPLETED, UserTask.form_id.is_not(None))
        .order_by(UserTask.ended_at.desc(), UserTask.id.desc())
    )
    told: set[str] = set()
    for row in session.execute(query):
        if row.element_id not in told and row.ended_at:
            told.add(row.element_id)
            yield DoneSeen(row.id, row.instance_id, row.process_id, words(row.name, row.name_en), row.ended_at)


def _deadlines(session: Session, case_id: UUID, now: datetime) -> Iterator[DeadlineDetail]:
    """All that the case has had: running ones first, the nearest first."""
    rows = session.execute(select(Deadline.id, Deadline.ended_at, Deadline.due_at).where(Deadline.case_id == case_id))
    for row in sorted(rows, key=lambda one: (one.ended_at is not None, one.due_at)):
        found = deadline_detail(session, row.id, now)
        if found is not None:
            yield found


def _handoffs(session: Session, case_id: UUID, now: datetime) -> Iterator[HandoffSeen]:
    """Of several to one unit a step means the newest."""
    query = select_handoffs(SYSTEM).where(Handoff.case_id == case_id).order_by(Handoff.id.desc())
    told: set[str] = set()
    for found in session.execute(query):
        row = handoff_row(found, now)
        moves = MOVES.get(HandoffState(row.state), ()) if row.to_unit.id not in told else ()
        yield HandoffSeen(row, moves, row.to_unit.id)
        told.add(row.to_unit.id)


def _timers(session: Session, case_id: UUID) -> Iterator[tuple[Words, datetime]]:
    query = (
        select(Timer.process_id, Timer.element_id, Timer.due_at, ProcessInstance.process_version_id)
        .join(ProcessInstance, ProcessInstance.id == Timer.instance_id)
        .where(Timer.case_id == case_id, Timer.state == TimerState.WAITING)
        .order_by(Timer.due_at)
    )
    for row in session.execute(query):
        yield element_words(session, row.process_version_id, row.process_id, row.element_id), row.due_at


def _jobs(session: Session, case_id: UUID) -> Iterator[tuple[Words, str, str]]:
    query = (
        select(Job.process_id, Job.element_id, Job.topic, Job.error, ProcessInstance.process_version_id)
        .join(ProcessInstance, ProcessInstance.id == Job.instance_id)
        .where(Job.case_id == case_id, Job.state.in_(_OPEN_JOBS), ~IS_MAIL)
    )
    for row in session.execute(query.order_by(Job.id)):
        name = element_words(session, row.process_version_id, row.process_id or "", row.element_id or "")
        yield name, row.topic, row.error or ""


def _incidents(session: Session, case_id: UUID) -> Iterator[tuple[Words, Message]]:
    query = (
        select(Incident, ProcessInstance.process_version_id)
        .join(ProcessInstance, ProcessInstance.id == Incident.instance_id)
        .where(Incident.case_id == case_id, Incident.state == IncidentState.OPEN)
    )
    for incident, version_id in session.execute(query.order_by(Incident.id)):
        yield (
            element_words(session, version_id, incident.process_id, incident.element_id),
            Message.from_json(incident.cause),
        )
