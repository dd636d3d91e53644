"""An employee has seen what waited in the list of notifications, or the page that they point at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import CursorResult, update

from casework import clock
from casework.database import transaction
from casework.model import Notification

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from casework.model import Actor


def mark_notifications_read(
    actor: Actor,
    *,
    notification_ids: Sequence[UUID] | None = None,
    task_id: UUID | None = None,
    handoff_id: UUID | None = None,
    case_id: UUID | None = None,
    kind: str | None = None,
) -> int:
    """Mark the actor's own notifications, all or those that are meant; those of others stay untouched. Gives how many.

    `case_id` means what is about the case itself and about no task or hand-off of it. Safe to repeat.
    """
    meant: list[ColumnElement[bool]] = []
    if notification_ids is not None:
        meant.append(Notification.id.in_(notification_ids))
    if task_id is not None:
        meant.append(Notification.user_task_id == task_id)
    if handoff_id is not None:
        meant.append(Notification.handoff_id == handoff_id)
    if case_id is not None:
        of_itself = Notification.user_task_id.is_(None), Notification.handoff_id.is_(None)
        meant += [Notification.case_id == case_id, *of_itself]
    if kind is not None:
        meant.append(Notification.kind == kind)
    own = Notification.employee_id == actor.id, Notification.read_at.is_(None)
    with transaction() as session:
        done = session.execute(update(Notification).where(*own, *meant).values(read_at=clock.now()))
        return done.rowcount if isinstance(done, CursorResult) else 0
