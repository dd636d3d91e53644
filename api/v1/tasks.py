"""User tasks: the inbox, one task with its form, drafts, taking, passing on and completing."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from flask import Response, json
from pydantic import Field

from api.language import reader_language
from api.v1 import blueprint
from api.v1.guard import caller, expected_version
from api.v1.shapes import (
    ChildOut,
    DueOut,
    EmployeeOut,
    Id,
    In,
    InboxOut,
    Out,
    Paging,
    Reason,
    TaskRowOut,
    Text,
    UnitOut,
)
from casework.forms import json_schema
from casework.operations.claim_user_task import claim_user_task
from casework.operations.complete_user_task import complete_user_task
from casework.operations.give_back_user_task import give_back_user_task
from casework.operations.log_access import log_access
from casework.operations.reassign_user_task import reassign_user_task
from casework.operations.save_draft import save_draft
from casework.queries.inbox import inbox
from casework.queries.task_page import task_page


class TaskFilter(Paging):
    """Which tasks of the caller's inboxes."""

    view: Literal["all", "overdue", "today", "soon", "unclaimed", "waiting", "mine"] = "all"
    unit: Id | None = None
    process: Id | None = None
    due_class: Literal["LOV", "LOKAL", "INTERN"] | None = None
    text: Annotated[str, Field(max_length=100)] | None = None


class TaskOut(Out):
    """One task. `answers` are the draft over what the case knows; `schema_url` says what it asks."""

    task_id: UUID
    version: int
    state: str
    name: Text
    guidance: str
    case_id: UUID
    case_number: str
    child: ChildOut
    instance_id: UUID
    process_id: str
    element_id: str
    unit: UnitOut
    assignee: EmployeeOut | None
    form_key: str | None
    answers: dict[str, Any]
    draft_version: int
    draft_at: datetime | None
    due: DueOut
    explanation: list[Text]
    needs_late_reason: bool
    ended_at: datetime | None
    ended_by: str | None


class ChangedOut(Out):
    """The task after a change."""

    task_id: UUID
    version: int
    state: str
    assignee_id: UUID | None
    unit_id: str


class DraftIn(In):
    """Answers so far, and the draft they were written on."""

    answers: dict[str, Any]
    draft_version: Annotated[int, Field(ge=0, le=2**31 - 1)]


class DraftOut(Out):
    """What is saved now: fields of two people are brought together."""

    draft_version: int
    answers: dict[str, Any]


class ReassignmentIn(In):
    """To an employee or to a unit, and why."""

    employee_id: UUID | None = None
    unit_id: Id | None = None
    reason: Reason


class CompletionIn(In):
    """The filled form. `late_reason` is asked for when a deadline of the task has passed."""

    answers: dict[str, Any]
    late_reason: Reason | None = None


class CompletionOut(Out):
    """What was kept, and what the case asks next. With an `incident_id` the answer is kept but the case stands still."""

    submission_id: UUID | None
    next_task_ids: list[UUID]
    case_id: UUID
    instance_id: UUID
    incident_id: UUID | None


@blueprint.get("/tasks")
@blueprint.input(TaskFilter, location="query", arg_name="chosen")
@blueprint.output(InboxOut)
def list_tasks(chosen: TaskFilter) -> InboxOut:
    """List the open tasks of the caller's units, the nearest deadline first. Needs scope tasks:read."""
    page = inbox(caller("tasks:read"), **chosen.model_dump())
    rows = [TaskRowOut.model_validate(row) for row in page.rows]
    return InboxOut(items=rows, counts=dict(page.counts), next_cursor=page.next_cursor)


@blueprint.get("/tasks/<uuid:task_id>")
@blueprint.output(TaskOut)
def get_task(task_id: UUID) -> tuple[TaskOut, int, dict[str, str]]:
    """Read one task. Needs scope tasks:read; the look is on record."""
    who = caller("tasks:read")
    page = task_page(who, task_id)
    log_access(who, kind="read", subject="task", subject_id=task_id, case_id=page.case_id)
    explanation = page.deadline.explanation if page.deadline else ()
    shown = {name: getattr(page, name) for name in TaskOut.model_fields if name != "explanation"}
    return TaskOut.model_validate(shown | {"explanation": explanation}), 200, {"ETag": f'"{page.version}"'}


@blueprint.get("/tasks/<uuid:task_id>/schema")
@blueprint.doc(responses={200: {"description": "JSON Schema", "content": {"application/schema+json": {}}}})
def get_task_schema(task_id: UUID) -> Response:
    """Say what the task asks: JSON Schema (2020-12) of its answers. Needs scope tasks:read."""
    page = task_page(caller("tasks:read"), task_id)
    schema = json_schema(page.form, reader_language()) if page.form else {}
    return Response(json.dumps(schema), content_type="application/schema+json")


@blueprint.put("/tasks/<uuid:task_id>/draft")
@blueprint.input(DraftIn, arg_name="body")
@blueprint.output(DraftOut)
def put_draft(task_id: UUID, body: DraftIn) -> DraftOut:
    """Save answers without completing. Needs scope tasks:write."""
    saved = save_draft(caller("tasks:write"), task_id=task_id, answers=body.answers, draft_version=body.draft_version)
    return DraftOut.model_validate(saved)


@blueprint.put("/tasks/<uuid:task_id>/claim")
@blueprint.output(ChangedOut)
def put_claim(task_id: UUID) -> tuple[ChangedOut, int, dict[str, str]]:
    """Take the task. Only people can: a service account is refused. Honours If-Match."""
    return _changed(claim_user_task(caller("tasks:write"), task_id=task_id, version=expected_version()))


@blueprint.delete("/tasks/<uuid:task_id>/claim")
@blueprint.output(ChangedOut)
def delete_claim(task_id: UUID) -> tuple[ChangedOut, int, dict[str, str]]:
    """Give the task back to its unit; the draft stays. Honours If-Match."""
    return _changed(give_back_user_task(caller("tasks:write"), task_id=task_id, version=expected_version()))


@blueprint.post("/tasks/<uuid:task_id>/reassignment")
@blueprint.input(ReassignmentIn, arg_name="body")
@blueprint.output(ChangedOut)
def reassign(task_id: UUID, body: ReassignmentIn) -> tuple[ChangedOut, int, dict[str, str]]:
    """Pass the task on. Honours If-Match."""
    who = caller("tasks:write")
    return _changed(reassign_user_task(who, task_id=task_id, version=expected_version(), **body.model_dump()))


@blueprint.post("/tasks/<uuid:task_id>/completion")
@blueprint.input(CompletionIn, arg_name="body")
@blueprint.output(CompletionOut, status_code=201)
def complete(task_id: UUID, body: CompletionIn) -> CompletionOut:
    """Complete the task; the case goes on in the same transaction. Needs scope tasks:write. Honours If-Match."""
    done = complete_user_task(
        caller("tasks:write"),
        task_id=task_id,
        answers=body.answers,
        version=expected_version(),
        late_reason=body.late_reason,
    )
    return CompletionOut.model_validate(done)


def _changed(task: Any) -> tuple[ChangedOut, int, dict[str, str]]:
    return ChangedOut.model_validate(task), 200, {"ETag": f'"{task.version}"'}
