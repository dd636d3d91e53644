"""The filled forms of a case, newest first, and one of them as it was handed in. A CPR number is shown masked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import read
from casework.errors import NotFoundError
from casework.forms.words import words
from casework.i18n import message
from casework.model import Artifact, Case, Person, Submission, UserTask
from casework.model.visibility import sees_task, sees_whole_case
from casework.queries.columns import CHILD
from casework.queries.names import Child, child_of
from casework.released import form_of
from casework.sealed_answers import masked

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms import Form
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


@dataclass(frozen=True)
class SubmissionPage:
    """The form in the version it was filled in, and the answers."""

    row: SubmissionRow
    case_id: UUID
    case_number: str
    child: Child
    form: Form
    answers: dict[str, Any]


def submissions(actor: Actor, case_id: UUID) -> tuple[SubmissionRow, ...]:
    """Give those that the actor may see: all of a case seen whole, else those of the own units' tasks."""
    with read() as session:
        rows = submission_rows(session, actor, case_id)
    if not rows:
        _require_case(actor, case_id)
    return rows


def submission_rows(session: Session, actor: Actor, case_id: UUID) -> tuple[SubmissionRow, ...]:
    """Do the same inside another query."""
    found = session.execute(
        _select(actor).where(Submission.case_id == case_id).order_by(Submission.submitted_at.desc(), Submission.id)
    )
    return tuple(_row(session, row) for row in found)


def submission_page(actor: Actor, submission_id: UUID) -> SubmissionPage:
    """Give one, or NotFoundError."""
    with read() as session:
        chosen = _select(actor).add_columns(Submission.case_id, Submission.answers, Case.number, *CHILD)
        row = session.execute(chosen.where(Submission.id == submission_id)).one_or_none()
        if row is None:
            raise NotFoundError(message("There is no such form."))
        form = form_of(session, row.form_id)
        return SubmissionPage(
            row=_row(session, row),
            case_id=row.case_id,
            case_number=row.number,
            child=child_of(row, clock.now()),
            form=form,
            answers=masked(row.answers),
        )


def _select(actor: Actor) -> AnySelect:
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
        )
        .join(UserTask, UserTask.id == Submission.user_task_id)
        .join(Artifact, Artifact.id == Submission.form_id)
        .join(Case, Case.id == Submission.case_id)
        .join(Person, Person.id == Case.child_id)
        .where(sees_task(actor))
    )


def _row(session: Session, row: Any) -> SubmissionRow:
    return SubmissionRow(
        id=row.id,
        task_id=row.user_task_id,
        form_key=row.key,
        form_title=form_of(session, row.form_id).title,
        task=words(row.name, row.name_en),
        submitted_at=row.submitted_at,
        submitted_by=row.submitted_by,
        late_reason=row.late_reason,
    )


def _require_case(actor: Actor, case_id: UUID) -> None:
    with read() as session:
        found = session.scalar(select(Case.id).where(Case.id == case_id, sees_whole_case(actor)))
    if found is None:
        raise NotFoundError(message("There is no such case."))
