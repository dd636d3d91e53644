"""A filled form as it was handed in, in the version of the form it was filled in. A CPR number is shown masked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import read
from casework.errors import NotFoundError
from casework.form_choices import form_choices
from casework.i18n import message
from casework.model import Case, Submission
from casework.model.correcting import may_correct
from casework.queries.attached_files import attached_files
from casework.queries.columns import CHILD
from casework.queries.names import Child, child_of
from casework.queries.submissions import SubmissionRow, select_submissions, submission_row
from casework.released import form_of
from casework.sealed_answers import masked

if TYPE_CHECKING:
    from uuid import UUID

    from casework.forms import Form, Option
    from casework.model import Actor


@dataclass(frozen=True)
class SubmissionPage(SubmissionRow):
    """The row, and the form in the version it was filled in with its answers; `choices` name units in them.

    `newer_id`: the version that puts this one right. `may_correct`: the reader may do so, and nobody has yet.
    """

    case_id: UUID
    case_number: str
    child: Child
    form: Form
    answers: dict[str, Any]
    choices: dict[str, tuple[Option, ...]]
    newer_id: UUID | None
    may_correct: bool


def submission_page(actor: Actor, submission_id: UUID) -> SubmissionPage:
    """Give one, or NotFoundError."""
    with read() as session:
        chosen = select_submissions(actor).add_columns(Submission.case_id, Submission.answers, Case.number, *CHILD)
        chosen = chosen.add_columns(Case.responsible_unit_id)
        row = session.execute(chosen.where(Submission.id == submission_id)).one_or_none()
        if row is None:
            raise NotFoundError(message("There is no such form."))
        form = form_of(session, row.form_id)
        newer = session.scalars(select(Submission.id).where(Submission.corrects_id == row.id)).first()
        return SubmissionPage(
            **vars(submission_row(session, row)),
            case_id=row.case_id,
            case_number=row.number,
            child=child_of(row, clock.now()),
            form=form,
            answers=masked(row.answers),
            choices=form_choices(session, form, is_past=True) | attached_files(session, form, row.case_id),
            newer_id=newer,
            may_correct=newer is None and may_correct(actor, row.responsible_unit_id),
        )
