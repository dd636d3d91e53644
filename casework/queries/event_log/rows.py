"""Events of instances, a hundred instances at a time, so that a log of any length is never held as a whole."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.model import Deadline, DeadlineState, Passage, ProcessInstance, ProcessVersion, UserTask, UserTaskState
from casework.released import definition_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.queries.event_log.asking import LogAsked

#: Instances read at once.
CHUNK = 100
#: Of the standard lifecycle of XES.
OPENED, DONE, WITHDRAWN = "schedule", "complete", "ate_abort"


class Pseudonyms:
    """Stable within one export; without the key nobody gets back to what they stand for."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def of(self, kind: str, value: object) -> str:
        """As `case-3f0c…`."""
        digest = hmac.new(self._key, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()
        return f"{kind}-{digest[:20]}"


@dataclass(frozen=True)
class LogEvent:
    """One thing that happened. `person`, `task` and `deadline` are pseudonyms; `unit` is a unit's id."""

    name: str
    at: datetime
    transition: str
    process_id: str
    element_id: str
    type: str
    person: str | None = None
    unit: str | None = None
    task: str | None = None
    deadline: str | None = None
    is_late: bool | None = None


@dataclass
class LogTrace:
    """One instance with its events in order; ids are pseudonyms."""

    instance: str
    case: str
    process_id: str
    version: int
    started_at: datetime
    ended_at: datetime | None
    state: str
    events: list[LogEvent] = field(default_factory=list)


def traces(session: Session, asked: LogAsked, pseudonyms: Pseudonyms) -> Iterator[LogTrace]:
    """The oldest instance first."""
    last: tuple[Any, Any] | None = None
    while rows := session.execute(_chunk(asked, last)).all():
        last = rows[-1].started_at, rows[-1].id
        made = {row.id: _trace(row, pseudonyms) for row in rows}
        names = _names(session, {row.process_version_id for row in rows})
        for instance_id, event in _events(session, list(made), names, pseudonyms):
            made[instance_id].events.append(event)
        for trace in made.values():
            trace.events.sort(key=lambda one: (one.at, _rank(one)))
            yield trace


def _chunk(asked: LogAsked, last: tuple[Any, Any] | None) -> Any:
    instance = ProcessInstance
    query = select(
        instance.id,
        instance.case_id,
        instance.process_id,
        instance.process_version_id,
        instance.started_at,
        instance.ended_at,
        instance.state,
        ProcessVersion.version,
    ).join(ProcessVersion, ProcessVersion.id == instance.process_version_id)
    query = query.where(instance.process_version_id.in_(asked.version_ids))
    if asked.since is not None:
        query = query.where(instance.started_at >= asked.since)
    if asked.until is not None:
        query = query.where(instance.started_at < asked.until)
    if last is not None:
        later = (instance.started_at > last[0]) | ((instance.started_at == last[0]) & (instance.id > last[1]))
        query = query.where(later)
    return query.order_by(instance.started_at, instance.id).limit(CHUNK)


def _trace(row: Any, pseudonyms: Pseudonyms) -> LogTrace:
    return LogTrace(
        pseudonyms.of("instance", row.id),
        pseudonyms.of("case", row.case_id),
        row.process_id,
        row.version,
        row.started_at,
        row.ended_at,
        row.state.value,
    )


def _names(session: Session, version_ids: set[UUID]) -> dict[tuple[str, str], str]:
    """What the diagrams call their elements."""
    found: dict[tuple[str, str], str] = {}
    for version_id in sorted(version_ids):
        found |= {
            key: element.name or element.id for key, element in definition_of(session, version_id).elements.items()
        }
    return found


def _events(
    session: Session, instance_ids: list[UUID], names: dict[tuple[str, str], str], pseudonyms: Pseudonyms
) -> Iterator[tuple[UUID, LogEvent]]:
    """Steps that were passed; tasks of people when they stood and when they were done; deadlines that ended."""
    steps = select(Passage).where(
        Passage.instance_id.in_(instance_ids), Passage.element_type.not_in(("userTask", "loop"))
    )
    for step in session.scalars(steps.order_by(Passage.step, Passage.id)):
        name = names.get((step.process_id, step.element_id), step.element_id)
        transition = DONE if step.how == "completed" else WITHDRAWN
        yield step.instance_id, LogEvent(name, step.at, transition, step.process_id, step.element_id, step.element_type)
    for task in session.scalars(select(UserTask).where(UserTask.instance_id.in_(instance_ids)).order_by(UserTask.id)):
        yield from ((task.instance_id, event) for event in _of_task(task, pseudonyms))
    ended = Deadline.instance_id.in_(instance_ids), Deadline.state == DeadlineState.MET
    for deadline in session.scalars(select(Deadline).where(*ended).order_by(Deadline.id)):
        yield deadline.instance_id, _of_deadline(deadline, pseudonyms)


def _rank(event: LogEvent) -> int:
    """Of one moment: first what somebody did, then the steps that followed, then the tasks that these opened."""
    if event.transition == OPENED:
        return 2
    return 0 if event.task or event.deadline else 1


def _of_task(task: UserTask, pseudonyms: Pseudonyms) -> Iterator[LogEvent]:
    place = {"process_id": task.process_id, "element_id": task.element_id, "type": "userTask"}
    about: dict[str, Any] = {**place, "unit": task.unit_id, "task": pseudonyms.of("task", task.id)}
    yield LogEvent(task.name, task.created_at, OPENED, **about)
    if task.ended_at is not None:
        is_done = task.state is UserTaskState.COMPLETED
        person = pseudonyms.of("person", task.ended_by) if is_done and task.ended_by else None
        late = task.ended_at > task.due_at if is_done and task.due_at else None
        yield LogEvent(task.name, task.ended_at, DONE if is_done else WITHDRAWN, person=person, is_late=late, **about)


def _of_deadline(deadline: Deadline, pseudonyms: Pseudonyms) -> LogEvent:
    at = deadline.ended_at or deadline.due_at
    return LogEvent(
        deadline.name,
        at,
        DONE,
        deadline.process_id,
        deadline.element_id,
        "deadline",
        unit=deadline.unit_id,
        deadline=pseudonyms.of("deadline", deadline.id),
        is_late=at > deadline.due_at,
    )
