"""Trying a process draft out: an invented child, a clock that people move, forms as they are, and what came of it.

The page is read where the walk stands (`casework.try_out.trying.opened`) and drawn outside of it: the page's head is about the
reader's own day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import Response, flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.correction import WAYS, asked_way
from api.web.refusals import Refused, refused
from api.web.task_form import Filled, asked_rows, filled
from api.web.words import say
from api.web.workshop.try_out_begin import begin_page
from api.web.workshop.try_out_files import with_files
from api.web.workshop.try_out_shown import asked_instance, form_of, shown, tried_task
from api.web.workshop.try_out_steps import UNITS, next_birthday, posted_step, spans
from casework.errors import CaseworkError, ConflictError, InvalidError, NotFoundError
from casework.i18n import message
from casework.queries.diagram import diagram
from casework.queries.process_drafts.draft_head import draft_head
from casework.try_out import trying
from casework.try_out.step_words import MOVE_WORDS, step_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response as Redirect

    from casework.queries.task_page import TaskPage
    from casework.try_out.trying import Trying

_ADDRESS = "/process-drafts/<uuid:process_draft_id>/try-out"
#: Seconds for which a page goes on with a long walk before it says how far it has come.
AT_A_TIME = 2.0


@blueprint.get(_ADDRESS)
@needs_sign_in
def try_out_page(process_draft_id: UUID) -> str:
    """Where the walk stands; `?task=` opens a form, `?instance=&process=` shows another diagram.

    A draft that cannot run (any more) says so where one begins; the walk is kept.
    """
    try:
        return _page(process_draft_id)
    except InvalidError as error:
        return begin_page(process_draft_id, refused("begin", error))


@blueprint.get(f"{_ADDRESS}/on")
@needs_sign_in
def go_on_walking(process_draft_id: UUID) -> tuple[str, int, dict[str, str]]:
    """Go on with a long walk for a while; then the page is read anew."""
    with trying.opened(actor(), process_draft_id, seconds=AT_A_TIME):
        return "", 200, {"HX-Refresh": "true"}


@blueprint.post(f"{_ADDRESS}/steps")
@needs_sign_in
def take_step(process_draft_id: UUID) -> Redirect | tuple[str, int]:
    """Let something happen: time, a message, an answer to a hand-off, a fact."""
    try:
        with trying.opened(actor(), process_draft_id) as walk:
            step = posted_step(request.form, walk)
        trying.take(actor(), process_draft_id, step, _version())
    except CaseworkError as error:
        return _again(process_draft_id, refused("step", error))
    return _back_to(process_draft_id)


@blueprint.post(f"{_ADDRESS}/back")
@needs_sign_in
def take_step_back(process_draft_id: UUID) -> Redirect | tuple[str, int]:
    """Go on after the first `count` steps."""
    try:
        trying.take_back(actor(), process_draft_id, request.form.get("count", 0, type=int), _version())
    except CaseworkError as error:
        return _again(process_draft_id, refused("step", error))
    return _back_to(process_draft_id)


@blueprint.post(f"{_ADDRESS}/tasks/<uuid:task_id>")
@needs_sign_in
def try_task(process_draft_id: UUID, task_id: UUID) -> Redirect | str | tuple[str, int]:
    """Complete it, fill in what is missing, or add and remove rows."""
    try:
        page = _task(process_draft_id, task_id)
        written = _written(page)
        if (rows := asked_rows(page, written, request.form)) is not None:
            return _page(process_draft_id, task_id=task_id, answers=rows.answers)
        if request.form.get("do") == "fill":
            made = trying.filled_in(actor(), process_draft_id, task_id, written.answers)
            return _page(process_draft_id, task_id=task_id, answers=made)
        trying.complete(actor(), process_draft_id, task_id, written.answers, _version())
    except (InvalidError, ConflictError) as error:
        back = refused("task", error)
        answers = written.answers if isinstance(error, InvalidError) else None
        return _page(process_draft_id, task_id=task_id, answers=answers, back=back), back.status
    flash(say("Done: {task}.", task=page.name), "success")
    return _back_to(process_draft_id)


@blueprint.post(f"{_ADDRESS}/tasks/<uuid:task_id>/correction")
@needs_sign_in
def try_correction(process_draft_id: UUID, task_id: UUID) -> Redirect | str | tuple[str, int]:
    """Put right what was answered, or add and remove rows."""
    try:
        page = _task(process_draft_id, task_id)
        written = filled(page, request.form)
        if (rows := asked_rows(page, written, request.form)) is not None:
            return _page(process_draft_id, task_id=task_id, answers=rows.answers)
        trying.correct(actor(), process_draft_id, task_id, written.answers, goes_on=asked_way(), version=_version())
    except (InvalidError, ConflictError) as error:
        back = refused("task", error)
        answers = written.answers if isinstance(error, InvalidError) else None
        return _page(process_draft_id, task_id=task_id, answers=answers, back=back), back.status
    flash(say("The answers are put right."), "success")
    return _back_to(process_draft_id)


@blueprint.post(f"{_ADDRESS}/tasks/<uuid:task_id>/fields")
@needs_sign_in
def tried_fields(process_draft_id: UUID, task_id: UUID) -> str:
    """The form after an answer that others depend on: what is asked now."""
    page = _task(process_draft_id, task_id)
    with trying.opened(actor(), process_draft_id):
        seen = form_of(page, filled(page, request.form).answers, {})
    return render_template(
        "workshop/try_out_fields.html", process_draft_id=process_draft_id, task_id=task_id, view=seen
    )


@blueprint.get(f"{_ADDRESS}/diagram.bpmn")
@needs_sign_in
def tried_diagram(process_draft_id: UUID) -> Response:
    """The BPMN of `?instance=`, or of a process that it calls."""
    with trying.opened(actor(), process_draft_id):
        found = diagram(trying.EVERYBODY, asked_instance(), process_id=request.args.get("process"))
    return Response(found.xml, content_type="application/xml")


def _page(
    process_draft_id: UUID,
    *,
    task_id: UUID | None = None,
    answers: Mapping[str, Any] | None = None,
    back: Refused | None = None,
) -> str:
    errors = back.errors if back and back.form == "task" else {}
    with trying.opened(actor(), process_draft_id, seconds=AT_A_TIME) as walk:
        seen = shown(walk, task_id, answers, errors) if walk and not walk.reached.is_under_way else None
    if walk is not None and walk.reached.is_under_way:
        return _under_way(process_draft_id, walk)
    if seen is None:
        return begin_page(process_draft_id)
    return render_template(
        "workshop/try_out.html",
        head=draft_head(actor(), process_draft_id),
        tab="try-out",
        process_draft_id=process_draft_id,
        walk=seen.walk,
        seen=seen.walk.seen,
        shown=seen,
        log=[entry for record in reversed(seen.walk.reached.records) for entry in reversed(record.entries)],
        steps=[step_words(step) for step in seen.walk.steps],
        birthday=next_birthday(seen.walk),
        stopped_at=_stopped_at(seen.walk),
        spans=spans(),
        units=UNITS,
        moves=MOVE_WORDS,
        ways=[(way.value, say(words), "") for way, words in WAYS],
        refused=back,
    )


def _under_way(process_draft_id: UUID, walk: Trying) -> str:
    """A long walk is gone anew: how far it has come; the page asks again by itself."""
    return render_template(
        "workshop/try_out_under_way.html",
        head=draft_head(actor(), process_draft_id),
        tab="try-out",
        process_draft_id=process_draft_id,
        done=walk.reached.count,
        total=len(walk.told.steps),
    )


def _task(process_draft_id: UUID, task_id: UUID) -> TaskPage:
    with trying.opened(actor(), process_draft_id):
        try:
            return tried_task(task_id)
        except NotFoundError:
            raise ConflictError(message("The task does not stand any more. This is how the walk stands now.")) from None


def _written(page: TaskPage) -> Filled:
    """With the names of the files that were chosen."""
    written = filled(page, request.form)
    return written.saved(with_files(written.answers, request.form), written.draft_version)


def _again(process_draft_id: UUID, back: Refused) -> tuple[str, int]:
    return _page(process_draft_id, back=back), back.status


def _stopped_at(walk: Trying) -> str | None:
    """What the next step was, where it could not be taken."""
    if walk.reached.refusal is None:
        return None
    return say(step_words(walk.told.steps[walk.reached.count]))


def _back_to(process_draft_id: UUID) -> Redirect:
    return redirect(url_for("web.try_out_page", process_draft_id=process_draft_id), 303)


def _version() -> int:
    return request.form.get("version", 0, type=int)
