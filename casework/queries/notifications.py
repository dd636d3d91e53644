"""What an employee was told, newest first. A notification says what kind and where, never case text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import case, literal, select, tuple_

from casework.database import read
from casework.forms.words import Words, words
from casework.i18n import Message, message
from casework.model import Case, Notification, UserTask
from casework.model.visibility import sees_case, sees_task
from casework.queries.cursors import read_cursor, write_cursor

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from casework.model import Actor

_WORDS = {
    "handoff": message("A hand-off waits for you"),
    "task": message("You have a task"),
    "incident": message("A process is stuck"),
    "message": message("A message waits for somebody to look"),
    "mention": message("A colleague has mentioned you in a note"),
    "annual_report": message("The key figures of the year are ready"),
    "substitute": message("You stand in for a colleague"),
    "process_draft": message("A draft of a process waits for your approval"),
    "process_draft_decided": message("A draft of a process has been decided on"),
    "process_request": message("A process owner asks for your yes"),
    "process_request_decided": message("Somebody has said no to what you asked for"),
    "process_changed": message("New cases start on another version of a process"),
    # what a birthday changes
    "age_12": message("A child is 12: from now on it must say yes before it is moved to another place"),
    "age_16": message("A young person is 16: coordinator, plan and the way to adulthood"),
    "age_17_5": message("A young person is 17½: the decision on youth support should be made"),
    "age_18": message("A young person is 18: consents are asked anew, and parents are told nothing without a yes"),
    "age_23": message("A young person is 23: youth support has come to its end"),
}
_ESCALATIONS = {
    1: message("Half of the time for a task has passed"),
    2: message("A deadline is near"),
    3: message("A deadline has passed"),
}


@dataclass(frozen=True)
class NotificationRow:
    """One notification; at most one of the ids says where to look closer than the case.

    `case_number` and `task` name what it points at, as far as the reader may see that (still).
    """

    id: UUID
    kind: str
    words: Message
    case_id: UUID | None
    task_id: UUID | None
    handoff_id: UUID | None
    deadline_id: UUID | None
    case_number: str | None
    task: Words | None
    level: int | None
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True)
class NotificationPage:
    """One page."""

    rows: tuple[NotificationRow, ...]
    next_cursor: str | None


def notifications(actor: Actor, *, cursor: str | None = None, limit: int = 20) -> NotificationPage:
    """Give the actor's own; nobody else's can be asked for."""
    after = read_cursor(cursor, datetime, UUID)
    with read() as session:
        rows = _rows(session, actor, after, limit + 1)
    last = rows[limit - 1] if len(rows) > limit else None
    return NotificationPage(rows[:limit], write_cursor(last.created_at, last.id) if last else None)


def _rows(session: Session, actor: Actor, after: tuple[Any, ...] | None, limit: int) -> tuple[NotificationRow, ...]:
    query = (
        select(
            Notification,
            case((sees_case(actor), Case.number)).label("number"),
            case((sees_task(actor), UserTask.name)).label("task"),
            UserTask.name_en.label("task_en"),
        )
        .outerjoin(Case, Case.id == Notification.case_id)
        .outerjoin(UserTask, UserTask.id == Notification.user_task_id)
        .where(Notification.employee_id == actor.id)
        .order_by(Notification.created_at.desc(), Notification.id.desc())
        .limit(limit)
    )
    if after:
        types = Notification.created_at.type, Notification.id.type
        before = tuple_(*(literal(value, type_) for value, type_ in zip(after, types, strict=True)))
        query = query.where(tuple_(Notification.created_at, Notification.id) < before)
    return tuple(_row(row) for row in session.execute(query))


def notification_words(kind: str, level: int | None) -> Message:
    """Say what a notification of this kind means, also in e-mail."""
    if kind == "escalation":
        return _ESCALATIONS.get(level or 0, _ESCALATIONS[2])
    return _WORDS.get(kind, _WORDS["task"])


def _row(row: Any) -> NotificationRow:
    one = row.Notification
    return NotificationRow(
        id=one.id,
        kind=one.kind,
        words=notification_words(one.kind, one.level),
        case_id=one.case_id,
        task_id=one.user_task_id,
        handoff_id=one.handoff_id,
        deadline_id=one.deadline_id,
        case_number=row.number,
        task=words(row.task, row.task_en) if row.task else None,
        level=one.level,
        created_at=one.created_at,
        read_at=one.read_at,
    )
