"""What the one e-mail of a day says: numbers and a date. No name, no number of a case, no word of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import case, func, or_, select

from casework import clock
from casework.database import read
from casework.model import Case, Notification, UserTask
from casework.model.visibility import is_covered, sees_task
from casework.queries.columns import IS_ACTIVE
from casework.queries.due_words import when_words
from casework.queries.load_actor import load_actor

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from casework.i18n import Message
    from casework.model import Actor
    from casework.queries.columns import AnySelect


@dataclass(frozen=True)
class MailDigest:
    """`tasks` are the employee's own and open; `covered` those of colleagues for whom the employee stands in today.

    `overdue` of all these are late already; `nearest` says when the next of the others is due, None without a deadline.
    """

    tasks: int
    covered: int
    overdue: int
    nearest: Message | None
    unread: int

    @property
    def is_empty(self) -> bool:
        """Nothing waits."""
        return not (self.tasks or self.covered or self.unread)


def mail_digest(employee_id: UUID) -> MailDigest:
    """Count now; NotFoundError for somebody unknown or gone."""
    actor, now = load_actor(employee_id), clock.now()
    with read() as session:
        row = session.execute(_counting(actor, now)).one()
    nearest = when_words(row.nearest, now) if row.nearest else None
    return MailDigest(row.own, row.all - row.own, row.overdue, nearest, row.unread)


def _counting(actor: Actor, now: datetime) -> AnySelect:
    own = UserTask.assignee_id == actor.id
    unread = Notification.employee_id == actor.id, Notification.read_at.is_(None)
    return (
        select(
            func.count().label("all"),
            func.count(case((own, 1))).label("own"),
            func.count(case((UserTask.due_at < now, 1))).label("overdue"),
            func.min(case((UserTask.due_at >= now, UserTask.due_at))).label("nearest"),
            select(func.count()).select_from(Notification).where(*unread).scalar_subquery().label("unread"),
        )
        .select_from(UserTask)
        .join(Case, Case.id == UserTask.case_id)
        .where(IS_ACTIVE, or_(own, is_covered(actor)), sees_task(actor))
    )
