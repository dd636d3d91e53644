"""The task page: one form, its deadline and why, what the case knows; saving, giving back, passing on, completing.

Every button of the form posts all of it, so that nothing typed is lost whatever is pressed; the draft lives on the server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.attachments import attach_all
from api.web.ladder import ladder
from api.web.notices import seen
from api.web.refusals import Refused, refused
from api.web.task_form import (
    LATE_REASON,
    Filled,
    asked_rows,
    filled,
    form_view,
    read_first,
    require_all,
    written_so_far,
)
from api.web.words import say
from casework import clock
from casework.errors import CaseworkError, ConflictError, InvalidError
from casework.i18n import message
from casework.operations.complete_user_task import complete_user_task
from casework.operations.give_back_user_task import give_back_user_task
from casework.operations.log_access import log_access
from casework.operations.reassign_user_task import reassign_user_task
from casework.operations.save_draft import save_draft
from casework.queries.inbox_position import inbox_position
from casework.queries.task_page import task_page as ask_task_page

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from casework.i18n import Message
    from casework.operations.complete_user_task import Completed
    from casework.queries.task_page import TaskPage


@blueprint.get("/tasks/<uuid:task_id>")
@needs_sign_in
def task_page(task_id: UUID) -> str:
    """The task as it stands; looking is on record."""
    page = ask_task_page(actor(), task_id)
    log_access(actor(), kind="read", subject="task", subject_id=task_id, case_id=page.case_id)
    seen(task_id=task_id)
    return _shown(page, Filled(page.answers, page.draft_version))


@blueprint.post("/tasks/<uuid:task_id>")
@needs_sign_in
def work_on_task(task_id: UUID) -> Response | str | tuple[str, int]:
    """Complete it, or whatever other button was pressed; the answers are kept first."""
    page = ask_task_page(actor(), task_id)
    written = filled(page, request.form)
    try:
        return _pressed(page, written, attach_all(task_id, written.answers, request.files))
    except CaseworkError as error:
        back = refused("task", error)
        newest = ask_task_page(actor(), task_id)
        now = written.against(newest, error) if isinstance(error, ConflictError) else written.on(newest)
        return _shown(newest, now, back), back.status


@blueprint.post("/tasks/<uuid:task_id>/draft")
@needs_sign_in
def autosave(task_id: UUID) -> tuple[dict[str, Any], int]:
    """Keep what is written so far; answers in words, for the line beside the buttons."""
    page = ask_task_page(actor(), task_id)
    try:
        saved = _saved(page, filled(page, request.form, is_draft=True))
    except ConflictError as error:
        return {"words": f"{say(error.message)} {say('Press »Save« to see both versions.')}"}, 409
    except CaseworkError as error:
        return {"words": say(error.message)}, refused("task", error).status
    return {"draft_version": saved.draft_version, "words": say("Saved at {now:time}", now=clock.now())}, 200


@blueprint.post("/tasks/<uuid:task_id>/fields")
@needs_sign_in
def changed_fields(task_id: UUID) -> str:
    """The form after an answer that others depend on: what is asked now."""
    page = ask_task_page(actor(), task_id)
    return render_template("task/fields.html", page=page, view=form_view(page, filled(page, request.form)))


@blueprint.post("/tasks/<uuid:task_id>/reassignment")
@needs_sign_in
def pass_on(task_id: UUID) -> Response | tuple[str, int]:
    """Give it to a colleague or another unit, with a reason."""
    try:
        reassign_user_task(actor(), task_id=task_id, reason=request.form.get("reason", ""), **_receiver())
    except CaseworkError as error:
        return task_again(task_id, refused("pass", error, {"employee_id": "to", "unit_id": "to"}))
    flash(say("The task is passed on. What was written goes with it."), "success")
    return redirect(url_for("web.inbox_page"), 303)


def task_again(task_id: UUID, back: Refused) -> tuple[str, int]:
    """The page as it is now, with what was refused on it; not there (NotFoundError) for who may not see it."""
    page = ask_task_page(actor(), task_id)
    return _shown(page, Filled(page.answers, page.draft_version), back), back.status


def _receiver() -> dict[str, Any]:
    kind, _, key = request.form.get("to", "").partition(":")
    if kind == "unit" and key:
        return {"unit_id": key}
    try:
        return {"employee_id": UUID(key)}
    except ValueError:
        nobody = message("Choose who shall have it.")
        raise InvalidError(nobody, {"to": [nobody]}) from None


def _pressed(page: TaskPage, written: Filled, refused_files: dict[str, list[Message]]) -> Response | str:
    if refused_files:
        _saved(page, written)
        raise InvalidError(message("Some files could not be taken."), refused_files)
    rows = asked_rows(page, written, request.form)
    if rows is not None:
        return _shown(page, _saved(page, rows))
    saved = _saved(page, written)
    match request.form.get("do"):
        case "save":
            flash(say("Saved. You can go on whenever you like."), "success")
            return redirect(url_for("web.task_page", task_id=page.task_id), 303)
        case "give-back":
            give_back_user_task(actor(), task_id=page.task_id)
            flash(say("The task is back with {unit}. What was written is kept.", unit=page.unit.name), "success")
            return redirect(url_for("web.inbox_page"), 303)
        case _:
            return redirect(_after(_completed(page, saved), page), 303)


def _completed(page: TaskPage, saved: Filled) -> Completed:
    reason = request.form.get("late_reason") or None
    require_all(page, saved, reason)
    done = complete_user_task(
        actor(),
        task_id=page.task_id,
        answers=saved.answers,
        version=request.form.get("version", type=int),
        late_reason=reason,
    )
    if done.incident_id:
        flash(say("Your answer is saved, but the case cannot go on by itself. Operations has been told."), "warning")
    else:
        flash(say("Done: {task}.", task=page.name), "success")
    return done


def _after(done: Completed, page: TaskPage) -> str:
    """On to what the case asks of the same person next, the nearest deadline first; else to the case, else to the tasks."""
    waiting = [(at.number, task_id) for task_id in done.next_task_ids if (at := inbox_position(actor(), task_id))]
    for _, task_id in sorted(waiting):
        if ask_task_page(actor(), task_id).rights.complete:
            return url_for("web.task_page", task_id=task_id)
    return url_for("web.case_page", case_id=page.case_id) if page.sees_case else url_for("web.inbox_page")


def _saved(page: TaskPage, written: Filled) -> Filled:
    if page.form is None:
        return written
    done = save_draft(actor(), task_id=page.task_id, answers=written.answers, draft_version=written.draft_version)
    return written.saved(done.answers, done.draft_version)


def _shown(page: TaskPage, written: Filled, back: Refused | None = None) -> str:
    """The page; who may not complete the task reads what has been written in it so far."""
    errors = back.errors if back and back.form == "task" else {}
    may_write = page.rights.complete
    return render_template(
        "task/page.html",
        page=page,
        view=form_view(page, written, errors=errors) if may_write else None,
        read=() if may_write else written_so_far(page, written),
        to_read=read_first(page) if may_write else (),
        written=written,
        refused=back,
        late_errors=errors.get(LATE_REASON, []),
        late_reason=request.form.get("late_reason", ""),
        ladder=ladder(page.deadline) if page.deadline else None,
        position=inbox_position(actor(), page.task_id),
    )
