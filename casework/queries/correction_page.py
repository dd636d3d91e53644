"""A filled form that somebody is about to put right: its newest answers, what conditions may read, and what can become of the
process.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock, values
from casework.database import read
from casework.errors import ConflictError, ForbiddenError
from casework.form_choices import form_choices
from casework.i18n import message
from casework.model import Case, InstanceState, ProcessInstance, UserTask
from casework.model.case_facts import facts_at
from casework.queries.attached_files import attached_files
from casework.queries.submission_page import SubmissionPage, submission_page

if TYPE_CHECKING:
    from uuid import UUID

    from casework.forms import Option
    from casework.model import Actor


@dataclass(frozen=True)
class CorrectionPage:
    """`context` is what conditions of the form may read; `is_running`: the process can still be set to go on elsewhere."""

    submission: SubmissionPage
    context: dict[str, Any]
    choices: dict[str, tuple[Option, ...]]
    is_running: bool


def correction_page(actor: Actor, submission_id: UUID) -> CorrectionPage:
    """Give it to who may put the form right (else ForbiddenError); ConflictError when somebody has already."""
    submission = submission_page(actor, submission_id)
    if submission.newer_id is not None:
        raise ConflictError(message("Somebody has put this right already. Look at the new version first."))
    if not submission.may_correct:
        raise ForbiddenError(
            message("Only a leader of the responsible unit, a process owner or an administrator can put answers right.")
        )
    with read() as session:
        row = session.execute(
            select(UserTask.items, ProcessInstance.variables, ProcessInstance.state, Case.facts, Case.number)
            .join(ProcessInstance, ProcessInstance.id == UserTask.instance_id)
            .join(Case, Case.id == UserTask.case_id)
            .where(UserTask.id == submission.task_id)
        ).one()
        context = {**facts_at(row.facts, clock.now()), **row.variables, **values.from_json(row.items)}
        context["sag"] = {"id": str(submission.case_id), "nummer": row.number}
        choices = form_choices(session, submission.form) | attached_files(session, submission.form, submission.case_id)
        return CorrectionPage(submission, context, choices, row.state is InstanceState.RUNNING)
