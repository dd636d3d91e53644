"""User tasks: the inbox, one task with its form, drafts, taking, passing on and completing.

CPR numbers are masked in all that is said. A masked number that comes back unchanged stands for the number that is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, json

from api.language import reader_language
from api.v1.endpoint import endpoint
from api.v1.guard import expected_version
from api.v1.shapes import TaskRowOut
from api.v1.task_shapes import (
    ChangedOut,
    CompletionIn,
    CompletionOut,
    DraftIn,
    DraftOut,
    InboxOut,
    ReassignmentIn,
    TaskFilter,
    TaskOut,
)
from casework.errors import ConflictError, InvalidError
from casework.forms import Context, clean_json, json_schema
from casework.forms.survey import survey
from casework.i18n import message
from casework.operations.claim_user_task import claim_user_task
from casework.operations.complete_user_task import LATE_REASON, complete_user_task
from casework.operations.give_back_user_task import give_back_user_task
from casework.operations.log_access import log_access
from casework.operations.reassign_user_task import reassign_user_task
from casework.operations.save_draft import save_draft
from casework.queries.inbox import inbox
from casework.queries.task_page import task_page
from casework.sealed_answers import hide, is_masked, restore

if TYPE_CHECKING:
    from uuid import UUID

    from casework.queries.load_actor import Actor
    from casework.queries.task_page import TaskPage

TASK = "/tasks/<uuid:task_id>"


@endpoint("GET /tasks", scope="tasks:read", chosen=TaskFilter, gives=InboxOut)
def list_tasks(who: Actor, chosen: TaskFilter) -> InboxOut:
    """List the open tasks of the caller's units, the nearest deadline first."""
    page = inbox(who, **chosen.model_dump())
    rows = [TaskRowOut.model_validate(row) for row in page.rows]
    return InboxOut(items=rows, counts=dict(page.counts), next_cursor=page.next_cursor)


@endpoint(f"GET {TASK}", scope="tasks:read", gives=TaskOut, etag=True)
def get_task(who: Actor, task_id: UUID) -> TaskOut:
    """Read one task with its draft, its deadline and what the case knows.

    The look is on record.
    """
    page = task_page(who, task_id)
    log_access(who, kind="read", subject="task", subject_id=task_id, case_id=page.case_id)
    own = {"explanation": page.deadline.explanation if page.deadline else (), "answers": hide(page.form, page.answers)}
    return TaskOut.model_validate({name: getattr(page, name, None) for name in TaskOut.model_fields} | own)


@endpoint(f"GET {TASK}/schema", scope="tasks:read", media_type="application/schema+json")
def get_task_schema(who: Actor, task_id: UUID) -> Response:
    """Say what the task asks: the JSON Schema (2020-12) of its answers, with titles in the reader's language.

    Conditions between answers have no words in a schema: completing says what is missing.
    """
    page = task_page(who, task_id)
    schema = json_schema(page.form, reader_language()) if page.form else {"type": "object", "maxProperties": 0}
    return Response(json.dumps(schema), content_type="application/schema+json")


@endpoint(f"PUT {TASK}/draft", scope="tasks:write", body=DraftIn, gives=DraftOut)
def put_draft(who: Actor, task_id: UUID, body: DraftIn) -> DraftOut:
    """Save answers without completing.

    Fields that somebody else has changed meanwhile are a conflict (409): `changed` has theirs and yours, nothing is saved.
    """
    page = task_page(who, task_id)
    answers = _readable(page, body.answers)
    try:
        saved = save_draft(who, task_id=task_id, answers=answers, draft_version=body.draft_version)
    except ConflictError as error:
        raise ConflictError(error.message, _without_numbers(page.form, error.changed)) from None
    return DraftOut(draft_version=saved.draft_version, answers=hide(page.form, saved.answers))


@endpoint(f"PUT {TASK}/claim", scope="tasks:write", gives=ChangedOut, if_match=True, etag=True)
def put_claim(who: Actor, task_id: UUID) -> ChangedOut:
    """Take the task. Only people can: a service account is refused (403)."""
    return ChangedOut.model_validate(claim_user_task(who, task_id=task_id, version=expected_version()))


@endpoint(f"DELETE {TASK}/claim", scope="tasks:write", gives=ChangedOut, if_match=True, etag=True)
def delete_claim(who: Actor, task_id: UUID) -> ChangedOut:
    """Give the task back to its unit; the draft stays."""
    return ChangedOut.model_validate(give_back_user_task(who, task_id=task_id, version=expected_version()))


@endpoint(
    f"POST {TASK}/reassignment", scope="tasks:write", body=ReassignmentIn, gives=ChangedOut, if_match=True, etag=True
)
def reassign(who: Actor, task_id: UUID, body: ReassignmentIn) -> ChangedOut:
    """Pass the task on, with its draft. Another department is asked by a hand-off instead."""
    changed = reassign_user_task(who, task_id=task_id, version=expected_version(), **body.model_dump())
    return ChangedOut.model_validate(changed)


@endpoint(
    f"POST {TASK}/completion", scope="tasks:write", body=CompletionIn, gives=CompletionOut, status=201, if_match=True
)
def complete(who: Actor, task_id: UUID, body: CompletionIn) -> CompletionOut:
    """Complete the task; the case goes on in the same transaction.

    Errors name answers by their path, as `foraeldre.0.navn`.
    """
    answers = body.answers
    if any(is_masked(answer) for answer in answers.values()):
        page = task_page(who, task_id)
        answers = restore(page.form, answers, page.answers)
    version = expected_version()
    try:
        done = complete_user_task(who, task_id=task_id, answers=answers, version=version, late_reason=body.late_reason)
    except InvalidError as error:
        fields = {"late_reason" if path == LATE_REASON else path: said for path, said in error.fields.items()}
        raise InvalidError(error.message, fields) from None
    return CompletionOut.model_validate(done)


def _readable(page: TaskPage, answers: dict[str, Any]) -> dict[str, Any]:
    """Answers as the form reads them. They may be unfinished, but not of another kind or of no field (InvalidError)."""
    if page.form is None:
        return answers
    read = restore(page.form, clean_json(page.form, answers), page.answers)
    found = survey(page.form, read, Context(facts=page.context, choices=page.choices))
    wrong = {place.path: [place.wrong] for place in found.places if place.wrong}
    wrong |= {path: [message("The form has no such field.")] for path in found.unknown}
    if wrong:
        raise InvalidError(message("Some answers are missing or wrong."), wrong)
    return read


def _without_numbers(form: Any, changed: dict[str, Any]) -> dict[str, Any]:
    """What clashes, and the answers as they would be."""
    fields = changed.get("fields", {})
    shown = {
        path: {whose: hide(form, {path: said})[path] for whose, said in both.items()} for path, both in fields.items()
    }
    return {**changed, **({"fields": shown, "answers": hide(form, changed["answers"])} if fields else {})}
