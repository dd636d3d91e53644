"""An employee has seen what waited in the list of notifications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from casework import clock
from casework.database import transaction
from casework.model import Notification

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from casework.model import Actor


def mark_notifications_read(actor: Actor, *, notification_ids: Sequence[UUID] | None = None) -> None:
    """Mark the actor's own notifications, all or the given ones; those of others stay untouched. Safe to repeat."""
    own = update(Notification).where(Notification.employee_id == actor.id, Notification.read_at.is_(None))
    if notification_ids is not None:
        own = own.where(Notification.id.in_(notification_ids))
    with transaction() as session:
        session.execute(own.values(read_at=clock.now()))
