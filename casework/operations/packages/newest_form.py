"""The newest filled form of an instance: jobs find there what is no input of theirs, because it is text or too much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Artifact, Submission, UserTask

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class NewestForm:
    """`answers` as they were kept, and who gave them."""

    submission_id: UUID
    answers: dict[str, Any]
    by: str


def newest_form(session: Session, instance_id: UUID | None, key: str) -> NewestForm:
    """The newest of this key; NotFoundError when there is none."""
    row = session.execute(
        select(Submission.id, Submission.answers, Submission.submitted_by)
        .join(UserTask, UserTask.id == Submission.user_task_id)
        .join(Artifact, Artifact.id == Submission.form_id)
        .where(UserTask.instance_id == instance_id, Artifact.key == key)
        .order_by(Submission.submitted_at.desc(), Submission.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        raise NotFoundError(message("Nobody has filled in form {key}.", key=key))
    return NewestForm(row.id, row.answers, row.submitted_by)
