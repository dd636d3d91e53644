"""Answers of earlier forms of a case, in words: for prefilling, the child's own words, earlier notifications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from casework.forms import text_view
from casework.i18n import Message, message
from casework.model import Artifact, Submission, UserTask
from casework.queries.columns import OF_CASE
from casework.released import form_of
from casework.sealed_answers import masked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms import Form
    from casework.model import Actor


_OF_CASE = (
    select(
        Submission.id,
        Submission.form_id,
        Submission.user_task_id,
        Submission.answers,
        Submission.submitted_at,
        Submission.submitted_by,
        UserTask.instance_id,
        UserTask.unit_id,
    )
    .join(UserTask, UserTask.id == Submission.user_task_id)
    .where(Submission.case_id == OF_CASE)
    .order_by(Submission.submitted_at.desc(), Submission.id.desc())
    .limit(bindparam("most"))
)
_OF_FORMS = _OF_CASE.join(Artifact, Artifact.id == Submission.form_id).where(
    Artifact.key.in_(bindparam("keys", expanding=True))
)


@dataclass(frozen=True)
class Filed:
    """A form that was handed in; `answers` with masked numbers."""

    submission_id: UUID
    instance_id: UUID
    task_id: UUID
    form: Form
    answers: dict[str, Any]
    at: datetime
    by: str
    unit_id: str


@dataclass(frozen=True)
class ChildWords:
    """What the child said, word for word, and where it stands."""

    text: str
    source: Message
    at: datetime


def filed(session: Session, case_id: UUID, *, forms: Iterable[str] | None = None, limit: int = 200) -> list[Filed]:
    """Give the forms of a case that the caller has found visible, newest first."""
    of_forms = {} if forms is None else {"keys": sorted(forms)}
    chosen = _OF_CASE if forms is None else _OF_FORMS
    return [
        Filed(
            submission_id=row.id,
            instance_id=row.instance_id,
            task_id=row.user_task_id,
            form=form_of(session, row.form_id),
            answers=masked(row.answers),
            at=row.submitted_at,
            by=row.submitted_by,
            unit_id=row.unit_id,
        )
        for row in session.execute(chosen, {"of_case": case_id, "most": limit, **of_forms})
    ]


def of_own_units(actor: Actor, forms: Iterable[Filed]) -> list[Filed]:
    """What somebody may read who has a task of a case but does not see it whole."""
    return [one for one in forms if one.unit_id in actor.all_units]


def newest(forms: Iterable[Filed], instance_id: UUID | None = None) -> dict[str, Filed]:
    """Give the newest of each form by its key, of one instance (`besvarelser` in a form's prefilling) or of the whole case."""
    found: dict[str, Filed] = {}
    for one in forms:
        if instance_id in (None, one.instance_id):
            found.setdefault(one.form.id, one)
    return found


def all_by_form(forms: Iterable[Filed], instance_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Give all answers of one instance by form key, the oldest first: what `alleBesvarelser` means in a form's prefilling."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in forms:
        if one.instance_id == instance_id:
            found.setdefault(one.form.id, []).insert(0, one.answers)
    return found


def child_words(forms: Iterable[Filed], limit: int = 3) -> tuple[ChildWords, ...]:
    """Give what the child said last, newest first."""
    said = (
        ChildWords(
            line.text,
            message("{form}, {day:digits_year}, {name}", form=one.form.title, day=one.at, name=one.by),
            one.at,
        )
        for one in forms
        if any(component.properties.get("words") == "true" for _, component in one.form.fields)
        for part in text_view(one.form, one.answers)
        for line in part.lines
        if line.words and line.text
    )
    return tuple(words for words, _ in zip(said, range(limit), strict=False))
