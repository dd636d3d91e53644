"""Trying a process draft out: an invented child, a clock that people move, forms as they are, and what came of it.

The page is read where the walk stands (`casework.try_out.trying.opened`) and drawn outside of it: the page's head is about the
reader's own day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for

from api.language import reader_language
from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.diagram import by_state
from api.web.refusals import Refused, refused
from api.web.task_form import Filled, asked_rows, context_of, filled, form_view
from api.web.words import say
from api.web.workshop.try_out_begin import begin_page
from api.web.workshop.try_out_steps import UNITS, next_birthday, posted_step, spans
from casework.errors import CaseworkError, ConflictError, InvalidError, NotFoundError
from casework.forms import view
from casework.i18n import message
from casework.queries.diagram import diagram
from casework.queries.process_drafts.draft_head import draft_head
from casework.queries.task_page import task_page as ask_task_page
from casework.try_out import trying
from casework.try_out.step_words import MOVE_WORDS, step_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response as Redirect

    from casework.forms import FormView
    from casework.queries.diagram import DiagramPage
    from casework.queries.task_page import TaskPage
    from casework.try_out.seeing import TaskSeen
    from casework.try_out.trying import Trying

_ADDRESS = "/process-drafts/<uuid:process_draft_id>/try-out"


@dataclass(frozen=True)
class Shown:
    """What is drawn of a walk: the task that is open on the page with its form, and the diagram."""

    walk: Trying
    task: TaskPage | None
    view: FormView | None
    picture: DiagramPage | None
    marked: dict[str, str]


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
        written = filled(page, request.form)
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


@blueprint.post(f"{_ADDRESS}/tasks/<uuid:task_id>/fields")
@needs_sign_in
def tried_fields(process_draft_id: UUID, task_id: UUID) -> str:
    """The form after an answer that others depend on: what is asked now."""
    page = _task(process_draft_id, task_id)
    with trying.opened(actor(), process_draft_id):
        seen = _view(page, filled(page, request.form).answers, {})
    return render_template(
        "workshop/try_out_fields.html", process_draft_id=process_draft_id, task_id=task_id, view=seen
    )


@blueprint.get(f"{_ADDRESS}/diagram.bpmn")
@needs_sign_in
def tried_diagram(process_draft_id: UUID) -> Response:
    """The BPMN of `?instance=`, or of a process that it calls."""
    with trying.opened(actor(), process_draft_id):
        found = diagram(trying.EVERYBODY, _asked_instance(), process_id=request.args.get("process"))
    return Response(found.xml, content_type="application/xml")


def _page(
    process_draft_id: UUID,
    *,
    task_id: UUID | None = None,
    answers: Mapping[str, Any] | None = None,
    back: Refused | None = None,
) -> str:
    errors = back.errors if back and back.form == "task" else {}
    with trying.opened(actor(), process_draft_id) as walk:
        shown = _shown(walk, task_id, answers, errors) if walk else None
    if shown is None:
        return begin_page(process_draft_id)
    return render_template(
        "workshop/try_out.html",
        head=draft_head(actor(), process_draft_id),
        tab="try-out",
        process_draft_id=process_draft_id,
        walk=shown.walk,
        seen=shown.walk.seen,
        shown=shown,
        log=[entry for record in reversed(shown.walk.reached.records) for entry in reversed(record.entries)],
        steps=[step_words(step) for step in shown.walk.steps],
        birthday=next_birthday(shown.walk),
        stopped_at=_stopped_at(shown.walk),
        spans=spans(),
        units=UNITS,
        moves=MOVE_WORDS,
        refused=back,
    )


def _shown(walk: Trying, task_id: UUID | None, answers: Mapping[str, Any] | None, errors: Mapping[str, Any]) -> Shown:
    """Read it all where the walk stands."""
    chosen = _chosen(walk, task_id)
    page = ask_task_page(trying.EVERYBODY, chosen.id) if chosen else None
    picture = _picture(walk, chosen)
    marked = by_state(picture.markers) if picture else {}
    if picture:
        taken = [flow for process, flow in walk.reached.now.taken if process == picture.process_id]
        marked["done"] = " ".join([marked["done"], *sorted(taken)])
    given = answers if answers is not None else (page.answers if page else {})
    return Shown(walk, page, _view(page, given, errors) if page else None, picture, marked)


def _chosen(walk: Trying, task_id: UUID | None) -> TaskSeen | None:
    """The task asked for, while it stands; else the first that can be completed."""
    asked = task_id or request.args.get("task", type=UUID)
    tasks = walk.seen.tasks
    return next((one for one in tasks if one.id == asked), None) or next((one for one in tasks if one.is_next), None)


def _picture(walk: Trying, chosen: TaskSeen | None) -> DiagramPage | None:
    if "instance" in request.args:
        return diagram(trying.EVERYBODY, _asked_instance(), process_id=request.args.get("process"))
    if chosen is not None:
        return diagram(trying.EVERYBODY, chosen.instance_id, process_id=chosen.process_id)
    running = next(iter(walk.seen.instances), None)
    return diagram(trying.EVERYBODY, running.instance_id) if running else None


def _view(page: TaskPage, answers: Mapping[str, Any], errors: Mapping[str, Any]) -> FormView | None:
    """As the task page draws it, whoever the task was given to."""
    if page.form is None:
        return None
    if page.rights.complete:
        return form_view(page, Filled(dict(answers), page.draft_version), errors=errors)
    context = context_of(page)
    return view(page.form, dict(answers), errors, reader_language(), context=context, known=page.prefilled)


def _task(process_draft_id: UUID, task_id: UUID) -> TaskPage:
    with trying.opened(actor(), process_draft_id):
        try:
            page = ask_task_page(trying.EVERYBODY, task_id)
        except NotFoundError:
            raise ConflictError(message("The task does not stand any more. This is how the walk stands now.")) from None
    return replace(page, rights=replace(page.rights, complete=True))


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


def _asked_instance() -> UUID:
    try:
        return UUID(request.args.get("instance", ""))
    except ValueError:
        raise NotFoundError(message("There is no such process.")) from None
