"""What an employee was told, newest first. A notification says what kind and where, never case text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.database import read
from casework.i18n import Message, message
from casework.model import Notification

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from casework.model import Actor

_WORDS = {
    "handoff": message("A hand-off waits for you"),
    "task": message("You have a task"),
    "incident": message("A process is stuck"),
    "message": message("A message waits for somebody to look"),
    "annual_report": message("The key figures of the year are ready"),
    "substitute": message("You stand in for a colleague"),
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
    """One notification; at most one of the ids says where to look closer than the case."""

    id: UUID
    kind: str
    words: Message
    case_id: UUID | None
    task_id: UUID | None
    handoff_id: UUID | None
    level: int | None
    created_at: datetime
    read_at: datetime | None


def notifications(actor: Actor, *, limit: int = 20) -> tuple[NotificationRow, ...]:
    """Give the actor's own; nobody else's can be asked for."""
    with read() as session:
        found = session.scalars(
            select(Notification)
            .where(Notification.employee_id == actor.id)
            .order_by(Notification.created_at.desc(), Notification.id.desc())
            .limit(limit)
        ).all()
    return tuple(_row(one) for one in found)


def notification_words(kind: str, level: int | None) -> Message:
    """Say what a notification of this kind means, also in e-mail."""
    if kind == "escalation":
        return _ESCALATIONS.get(level or 0, _ESCALATIONS[2])
    return _WORDS.get(kind, _WORDS["task"])


def _row(one: Any) -> NotificationRow:
    return NotificationRow(
        id=one.id,
        kind=one.kind,
        words=notification_words(one.kind, one.level),
        case_id=one.case_id,
        task_id=one.user_task_id,
        handoff_id=one.handoff_id,
        level=one.level,
        created_at=one.created_at,
        read_at=one.read_at,
    )
