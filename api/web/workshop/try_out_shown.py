"""What is drawn of a walk: read where it stands, drawn by the page outside of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import request

from api.language import reader_language
from api.web.diagram import by_state
from api.web.task_form import Filled, context_of, form_view
from api.web.workshop.try_out_files import choices_with_files
from casework.errors import NotFoundError
from casework.forms import view
from casework.i18n import message
from casework.queries.diagram import diagram
from casework.queries.task_page import task_page as ask_task_page
from casework.scenarios.doing import handed_in
from casework.try_out import trying

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.forms import FormView
    from casework.queries.diagram import DiagramPage
    from casework.queries.task_page import TaskPage
    from casework.try_out.seeing import DoneSeen, TaskSeen
    from casework.try_out.trying import Trying


@dataclass(frozen=True)
class Shown:
    """What is drawn of a walk: the task that is open on the page with its form, or put right, and the diagram."""

    walk: Trying
    task: TaskPage | None
    view: FormView | None
    picture: DiagramPage | None
    marked: dict[str, str]
    is_correcting: bool


def shown(walk: Trying, task_id: UUID | None, answers: Mapping[str, Any] | None, errors: Mapping[str, Any]) -> Shown:
    """Read it all where the walk stands."""
    done = _done(walk, task_id)
    chosen = done or _chosen(walk, task_id)
    page = tried_task(chosen.id) if chosen else None
    picture = _picture(walk, chosen)
    marked = by_state(picture.markers) if picture else {}
    if picture:
        taken = [flow for process, flow in walk.reached.now.taken if process == picture.process_id]
        marked["done"] = " ".join([marked["done"], *sorted(taken)])
    given = answers if answers is not None else (page.answers if page else {})
    view = form_of(page, given, errors) if page else None
    return Shown(walk, page, view, picture, marked, is_correcting=done is not None)


def tried_task(task_id: UUID) -> TaskPage:
    """A task that stands, as whoever may do it finds it; of one that is done, what was answered."""
    page = ask_task_page(trying.EVERYBODY, task_id)
    if page.state == "completed":
        return replace(page, answers=handed_in(task_id)[1])
    return replace(page, rights=replace(page.rights, complete=True))


def _chosen(walk: Trying, task_id: UUID | None) -> TaskSeen | None:
    """The task asked for, while it stands; else the first."""
    asked = task_id or request.args.get("task", type=UUID)
    tasks = walk.seen.tasks
    return next((one for one in tasks if one.id == asked), next(iter(tasks), None))


def _done(walk: Trying, task_id: UUID | None) -> DoneSeen | None:
    asked = task_id or request.args.get("correct", type=UUID)
    return next((one for one in walk.seen.done if one.id == asked), None)


def _picture(walk: Trying, chosen: TaskSeen | DoneSeen | None) -> DiagramPage | None:
    if "instance" in request.args:
        return diagram(trying.EVERYBODY, asked_instance(), process_id=request.args.get("process"))
    if chosen is not None:
        return diagram(trying.EVERYBODY, chosen.instance_id, process_id=chosen.process_id)
    running = next(iter(walk.seen.instances), None)
    return diagram(trying.EVERYBODY, running.instance_id) if running else None


def form_of(page: TaskPage, answers: Mapping[str, Any], errors: Mapping[str, Any]) -> FormView | None:
    """As the task page draws it; of a task that is done, as it is put right."""
    form = page.form
    if form is None:
        return None
    page = replace(page, choices=choices_with_files(page, dict(answers)))
    if page.rights.complete:
        return form_view(page, Filled(dict(answers), page.draft_version), errors=errors)
    context = context_of(page)
    return view(form, dict(answers), errors, reader_language(), context=context, known=page.prefilled)


def asked_instance() -> UUID:
    """The instance that the address names."""
    try:
        return UUID(request.args.get("instance", ""))
    except ValueError:
        raise NotFoundError(message("There is no such process.")) from None
