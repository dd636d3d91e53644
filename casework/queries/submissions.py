"""The filled forms of a case, newest first; one of them as it was handed in stands in `submission_page`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.database import read
from casework.errors import NotFoundError
from casework.forms.words import words
from casework.i18n import message
from casework.model import Artifact, Case, Person, Submission, UserTask
from casework.model.visibility import sees_task, sees_whole_case
from casework.queries.columns import KEPT, OF_CASE
from casework.released import form_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms.words import Words
    from casework.model import Actor
    from casework.queries.columns import AnySelect


@dataclass(frozen=True)
class SubmissionRow:
    """One filled form."""

    id: UUID
    task_id: UUID
    form_key: str
    form_title: Words
    task: Words
    submitted_at: datetime
    submitted_by: str
    late_reason: str | None
    #: The version that this one puts right, and why.
    corrects_id: UUID | None
    correction_reason: str | None


def submissions(actor: Actor, case_id: UUID) -> tuple[SubmissionRow, ...]:
    """Give those that the actor may see: all of a case seen whole, else those of the own units' tasks."""
    with read() as session:
        rows = submission_rows(session, actor, case_id)
    if not rows:
        _require_case(actor, case_id)
    return rows


def submission_rows(session: Session, actor: Actor, case_id: UUID) -> tuple[SubmissionRow, ...]:
    """Do the same inside another query."""
    found = session.execute(_of_case(actor), {"of_case": case_id})
    return tuple(submission_row(session, row) for row in found)


@lru_cache(maxsize=KEPT)
def _of_case(actor: Actor) -> AnySelect:
    newest_first = Submission.submitted_at.desc(), Submission.id.desc()
    return select_submissions(actor).where(Submission.case_id == OF_CASE).order_by(*newest_first)


def select_submissions(actor: Actor) -> AnySelect:
    """Select what `submission_row` reads, of all forms that the actor sees."""
    return (
        select(
            Submission.id,
            Submission.user_task_id,
            Submission.form_id,
            Artifact.key,
            UserTask.name,
            UserTask.name_en,
            Submission.submitted_at,
            Submission.submitted_by,
            Submission.late_reason,
            Submission.corrects_id,
            Submission.correction_reason,
        )
        .join(UserTask, UserTask.id == Submission.user_task_id)
        .join(Artifact, Artifact.id == Submission.form_id)
        .join(Case, Case.id == Submission.case_id)
        .join(Person, Person.id == Case.child_id)
        .where(sees_task(actor))
    )


def submission_row(session: Session, row: Any) -> SubmissionRow:
    """Read one row."""
    return SubmissionRow(
        id=row.id,
        task_id=row.user_task_id,
        form_key=row.key,
        form_title=form_of(session, row.form_id).title,
        task=words(row.name, row.name_en),
        submitted_at=row.submitted_at,
        submitted_by=row.submitted_by,
        late_reason=row.late_reason,
        corrects_id=row.corrects_id,
        correction_reason=row.correction_reason,
    )


def _require_case(actor: Actor, case_id: UUID) -> None:
    with read() as session:
        found = session.scalar(select(Case.id).where(Case.id == case_id, sees_whole_case(actor)))
    if found is None:
        raise NotFoundError(message("There is no such case."))
