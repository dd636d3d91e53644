"""The whole case as it goes into one file: everything that the reader may see of it, oldest first.

Who sees a part only gets the part: what was shared, the own tasks' forms and files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from casework import clock
from casework.database import read
from casework.form_choices import form_choices
from casework.forms import Part, text_view
from casework.model import Case, CaseDocument, Deadline, Submission, UserTask
from casework.model.visibility import sees_task, sees_whole_case
from casework.queries.attached_files import attached_files
from casework.queries.case_page import CasePage, case_page
from casework.queries.deadline_rows import DeadlineRow, deadline_row, select_deadlines
from casework.queries.document import file_name
from casework.queries.journal import JournalRow, journal_rows
from casework.queries.submissions import SubmissionRow, select_submissions, submission_row
from casework.released import form_of
from casework.sealed_answers import masked

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms import Form, Option
    from casework.model import Actor

#: Files beyond this are listed and not enclosed: the whole must still open on a phone.
MOST_BYTES = 40_000_000


@dataclass(frozen=True)
class FiledForm:
    """One filled form with its answers in words; `is_decision` by its kind."""

    row: SubmissionRow
    parts: tuple[Part, ...]
    is_decision: bool


@dataclass(frozen=True)
class FiledDocument:
    """A letter or an attachment. `content` is None where it would make the file too large."""

    id: UUID
    kind: str
    title: str
    media_type: str
    file_name: str
    recipient: str
    created_at: datetime
    created_by: str
    content: bytes | None


@dataclass(frozen=True)
class CaseFile:
    """`page` says whether it is the whole case. All that comes in time stands oldest first."""

    page: CasePage
    made_at: datetime
    deadlines: tuple[DeadlineRow, ...]
    forms: tuple[FiledForm, ...]
    documents: tuple[FiledDocument, ...]
    journal: tuple[JournalRow, ...]


def case_file(actor: Actor, case_id: UUID) -> CaseFile:
    """Give it to who sees the case or a part of it; NotFoundError for others."""
    page, now = case_page(actor, case_id), clock.now()
    with read() as session:
        return CaseFile(
            page=page,
            made_at=now,
            deadlines=_deadlines(session, actor, case_id, now),
            forms=_forms(session, actor, case_id),
            documents=_documents(session, actor, case_id),
            journal=journal_rows(session, case_id, page.journal_length)[::-1] if page.is_whole else (),
        )


def _deadlines(session: Session, actor: Actor, case_id: UUID, now: datetime) -> tuple[DeadlineRow, ...]:
    rows = select_deadlines(actor).where(Deadline.case_id == case_id).order_by(Deadline.starts_at, Deadline.id)
    return tuple(deadline_row(row, now) for row in session.execute(rows))


def _forms(session: Session, actor: Actor, case_id: UUID) -> tuple[FiledForm, ...]:
    """The names of units, colleagues and files in answers are looked up once for each form."""
    rows = session.execute(
        select_submissions(actor)
        .add_columns(Submission.answers)
        .where(Submission.case_id == case_id)
        .order_by(Submission.submitted_at, Submission.id)
    ).all()
    choices: dict[UUID, dict[str, tuple[Option, ...]]] = {}
    found = []
    for row in rows:
        form = form_of(session, row.form_id)
        if row.form_id not in choices:
            choices[row.form_id] = _choices(session, form, case_id)
        parts = text_view(form, masked(row.answers), choices=choices[row.form_id])
        found.append(FiledForm(submission_row(session, row), parts, form.is_decision))
    return tuple(found)


def _choices(session: Session, form: Form, case_id: UUID) -> dict[str, tuple[Option, ...]]:
    return form_choices(session, form, is_past=True) | attached_files(session, form, case_id)


def _documents(session: Session, actor: Actor, case_id: UUID) -> tuple[FiledDocument, ...]:
    """Not what waits in a draft. Who sees a part gets what was attached to tasks that are seen."""
    seen = or_(sees_whole_case(actor), UserTask.id.is_not(None) & sees_task(actor))
    kept = or_(CaseDocument.user_task_id.is_(None), CaseDocument.submission_id.is_not(None))
    rows = session.execute(
        select(*CaseDocument.__table__.c, Case.number)
        .join(Case, Case.id == CaseDocument.case_id)
        .outerjoin(UserTask, UserTask.id == CaseDocument.user_task_id)
        .where(CaseDocument.case_id == case_id, kept, seen)
        .order_by(CaseDocument.created_at, CaseDocument.id)
    )
    found, room = [], MOST_BYTES
    for row in rows:
        fits = len(row.content) <= room
        room -= len(row.content) if fits else 0
        found.append(_document(row, row.content if fits else None))
    return tuple(found)


def _document(row: Any, content: bytes | None) -> FiledDocument:
    return FiledDocument(
        id=row.id,
        kind=row.kind,
        title=row.title,
        media_type=row.media_type,
        file_name=file_name(row),
        recipient=row.recipient,
        created_at=row.created_at,
        created_by=row.created_by,
        content=content,
    )
