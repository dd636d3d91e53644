"""The task page: one form, its deadline and why, what the case knows; saving, taking, passing on, completing.

Every button posts the whole form, so that nothing typed is lost whatever is pressed; the draft lives on the server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.frame import own_path, say
from api.web.task_form import Filled, asked_rows, filled, form_view
from casework import clock
from casework.errors import CaseworkError, ConflictError, InvalidError
from casework.operations.claim_user_task import claim_user_task
from casework.operations.complete_user_task import complete_user_task
from casework.operations.give_back_user_task import give_back_user_task
from casework.operations.log_access import log_access
from casework.operations.reassign_user_task import reassign_user_task
from casework.operations.save_draft import save_draft
from casework.queries.inbox_position import inbox_position
from casework.queries.task_page import task_page as ask_task_page

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from casework.queries.task_page import TaskPage


@blueprint.get("/tasks/<uuid:task_id>")
@needs_sign_in
def task_page(task_id: UUID) -> str:
    """The task as it stands; looking is on record."""
    page = ask_task_page(actor(), task_id)
    log_access(actor(), kind="read", subject="task", subject_id=task_id, case_id=page.case_id)
    return _shown(page, Filled(page.answers, page.draft_version))


@blueprint.post("/tasks/<uuid:task_id>")
@needs_sign_in
def work_on_task(task_id: UUID) -> AnyResponse | str | tuple[str, int]:
    """Complete it, or whatever other button was pressed; the answers are kept first."""
    page = ask_task_page(actor(), task_id)
    written = filled(page, request.form)
    try:
        return _pressed(page, written)
    except InvalidError as error:
        return _shown(page, written, errors=error.fields), 422
    except ConflictError as error:
        newest = ask_task_page(actor(), task_id)
        return _shown(newest, written.against(newest, error), conflict=error), 409


@blueprint.post("/tasks/<uuid:task_id>/draft")
@needs_sign_in
def autosave(task_id: UUID) -> tuple[dict[str, Any], int]:
    """Keep what is written so far; answers in words, for the line beside the buttons."""
    page = ask_task_page(actor(), task_id)
    written = filled(page, request.form, is_draft=True)
    try:
        version = _saved(page, written).draft_version
    except CaseworkError as error:
        return {"words": say(error.message)}, 409 if isinstance(error, ConflictError) else 422
    return {"draft_version": version, "words": say("Saved at {now:time}", now=clock.now())}, 200


@blueprint.post("/tasks/<uuid:task_id>/fields")
@needs_sign_in
def changed_fields(task_id: UUID) -> str:
    """The form after an answer that others depend on: what is asked now."""
    page = ask_task_page(actor(), task_id)
    return render_template("task_fields.html", page=page, view=form_view(page, filled(page, request.form)))


@blueprint.post("/tasks/<uuid:task_id>/claim")
@needs_sign_in
def claim_task(task_id: UUID) -> AnyResponse:
    """Take it, and go to it."""
    claim_user_task(actor(), task_id=task_id, version=request.form.get("version", type=int))
    return redirect(url_for("web.task_page", task_id=task_id), 303)


@blueprint.post("/tasks/<uuid:task_id>/reassignment")
@needs_sign_in
def pass_on(task_id: UUID) -> AnyResponse:
    """Give it to a colleague or another unit, with a reason."""
    kind, _, key = request.form.get("to", "").partition(":")
    to: dict[str, Any] = {"employee_id": UUID(key)} if kind == "employee" else {"unit_id": key or None}
    reassign_user_task(actor(), task_id=task_id, reason=request.form.get("reason", ""), **to)
    flash(say("The task is passed on. What was written goes with it."), "success")
    return redirect(url_for("web.inbox_page"), 303)


def _pressed(page: TaskPage, written: Filled) -> AnyResponse | str:
    rows = asked_rows(page, written, request.form)
    if rows is not None:
        return _shown(page, Filled(rows.answers, _saved(page, rows).draft_version))
    saved = _saved(page, written)
    if request.form.get("do") == "save":
        flash(say("Saved. You can go on whenever you like."), "success")
        return redirect(url_for("web.task_page", task_id=page.task_id), 303)
    if request.form.get("do") == "give-back":
        give_back_user_task(actor(), task_id=page.task_id)
        flash(say("The task is back with {unit}. What was written is kept.", unit=page.unit.name), "success")
        return redirect(url_for("web.inbox_page"), 303)
    return _completed(page, saved)


def _completed(page: TaskPage, saved: Filled) -> AnyResponse:
    done = complete_user_task(
        actor(),
        task_id=page.task_id,
        answers=saved.answers,
        version=request.form.get("version", type=int),
        late_reason=request.form.get("late_reason") or None,
    )
    if done.incident_id:
        flash(say("Your answer is saved, but the case cannot go on by itself. Operations has been told."), "warning")
    else:
        flash(say("Done: {task}.", task=page.name), "success")
    return redirect(_next(done.next_task_ids, page), 303)


def _next(task_ids: tuple[UUID, ...], page: TaskPage) -> str:
    """On to what the case asks of the same person next, else back to where the tasks are."""
    for task_id in task_ids:
        if inbox_position(actor(), task_id) is not None:
            return url_for("web.case_page", case_id=page.case_id) if page.sees_case else url_for("web.inbox_page")
    return own_path(request.form.get("back", "/"))


def _saved(page: TaskPage, written: Filled) -> Filled:
    done = save_draft(actor(), task_id=page.task_id, answers=written.answers, draft_version=written.draft_version)
    return Filled(done.answers, done.draft_version)


def _shown(page: TaskPage, written: Filled, *, errors: Any = None, conflict: ConflictError | None = None) -> str:
    view = form_view(page, written, errors=errors) if page.form else None
    return render_template(
        "task.html",
        page=page,
        view=view,
        written=written,
        errors=errors or {},
        conflict=conflict,
        position=inbox_position(actor(), page.task_id),
        now=clock.now(),
    )
