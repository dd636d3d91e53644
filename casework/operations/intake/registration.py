"""The registration task of a notification, filled in with what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import sealed_answers
from casework.model import ACTIVE, Artifact, UserTask
from casework.operations.intake.checking import FORM

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.operations.intake.checking import Notification


def registration_task_id(session: Session, instance_id: UUID | None) -> UUID | None:
    """Give the open task with the registration form; None when it is done, or the process has none."""
    task = _task(session, instance_id)
    return task.id if task else None


def fill_registration(
    session: Session, actor: Actor, instance_id: UUID | None, notification: Notification, at: datetime
) -> UUID | None:
    """Put what came into the draft, so that nobody types it again; numbers are sealed."""
    task = _task(session, instance_id)
    if task is None:
        return None
    task.draft = sealed_answers.seal(notification.form, notification.answers)
    task.draft_version, task.draft_at = task.draft_version + 1, at
    task.draft_by_id = actor.id if actor.kind == "employee" else None
    return task.id


def _task(session: Session, instance_id: UUID | None) -> UserTask | None:
    return session.scalars(
        select(UserTask)
        .join(Artifact, Artifact.id == UserTask.form_id)
        .where(UserTask.instance_id == instance_id, UserTask.state.in_(ACTIVE), Artifact.key == FORM)
        .order_by(UserTask.id)
    ).first()
