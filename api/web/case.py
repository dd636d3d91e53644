"""One child, all processes: the case page and what is done on it. Lists, journal and papers are in `records`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.diagram import by_state
from api.web.folding import folds, grouped, split
from api.web.news import news
from api.web.notices import seen
from api.web.refusals import Refused, refused
from api.web.steps import present, tree, unfolded
from api.web.timeline import timeline
from api.web.words import say
from casework.errors import CaseworkError, InvalidError
from casework.i18n import message
from casework.operations.add_note import add_note
from casework.operations.close_case import close_case
from casework.operations.log_access import log_access
from casework.operations.receive_message import receive_message
from casework.operations.reveal_cpr import reveal_cpr
from casework.operations.set_responsible import set_responsible
from casework.operations.start_process import start_process
from casework.queries.case_page import case_page as ask_case_page
from casework.queries.due_words import DueState
from casework.queries.journal_groups import GROUPS
from casework.queries.mentionable import mentionable
from casework.queries.packages import END_CHOICES

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from api.web.folding import Split
    from api.web.steps import Present, Step
    from casework.queries.case_instances import CaseInstance
    from casework.queries.case_page import CasePage


@dataclass(frozen=True)
class Running:
    """A process that runs: its steps, where it stands (what somebody does, and what is awaited), and the marks of its diagram."""

    instance: CaseInstance
    steps: tuple[Step, ...]
    now: Split[Present]
    marked: dict[str, str]

    @property
    def is_drawn(self) -> bool:
        """A process in which people have done or do something has its diagram here; what only waits has a line."""
        return bool(self.now.shown) or self.instance.step is not None


@blueprint.get("/cases/<uuid:case_id>")
@needs_sign_in
def case_page(case_id: UUID) -> str:
    """The whole case, or the handed-over part of it; looking is on record."""
    page = ask_case_page(actor(), case_id)
    log_access(actor(), kind="read", subject="case", subject_id=case_id, case_id=case_id)
    seen(case_id=case_id)
    return _shown(page)


@blueprint.post("/cases/<uuid:case_id>/notes")
@needs_sign_in
def write_note(case_id: UUID) -> Response | tuple[str, int]:
    """A note in the journal: what was seen, heard, agreed."""
    try:
        mentioned = request.form.getlist("mentioned_ids", type=UUID)
        add_note(actor(), case_id=case_id, text=request.form.get("text", ""), mentioned_ids=mentioned)
    except CaseworkError as error:
        return case_again(case_id, refused("note", error))
    flash(say("The note stands in the journal."), "success")
    return redirect(url_for("web.case_page", case_id=case_id), 303)


@blueprint.post("/cases/<uuid:case_id>/persons/<uuid:person_id>/number")
@needs_sign_in
def show_number(case_id: UUID, person_id: UUID) -> str | tuple[str, int]:
    """The CPR number, once, on a page of its own that is not kept; the reason is on record."""
    try:
        number = reveal_cpr(actor(), case_id=case_id, person_id=person_id, reason=request.form.get("reason", ""))
    except CaseworkError as error:
        return case_again(case_id, refused("number", error))
    return render_template("case/number.html", number=number, case_id=case_id)


@blueprint.post("/cases/<uuid:case_id>/responsible")
@needs_sign_in
def take_responsibility(case_id: UUID) -> Response | tuple[str, int]:
    """From now on the reader answers for the case, within the responsible unit."""
    try:
        set_responsible(actor(), case_id=case_id, employee_id=actor().id)
    except CaseworkError as error:
        return case_again(case_id, refused("responsible", error))
    flash(say("You answer for the case now."), "success")
    return redirect(url_for("web.case_page", case_id=case_id), 303)


@blueprint.post("/cases/<uuid:case_id>/instances")
@needs_sign_in
def start_instance(case_id: UUID) -> Response | tuple[str, int]:
    """Start what may be started on the case."""
    try:
        started = start_process(actor(), case_id=case_id, process_id=request.form.get("process", ""))
    except CaseworkError as error:
        return case_again(case_id, refused("start", error))
    flash(say("It has begun."), "success")
    if started.task_ids:
        return redirect(url_for("web.task_page", task_id=started.task_ids[0]), 303)
    return redirect(url_for("web.case_page", case_id=case_id), 303)


@blueprint.post("/cases/<uuid:case_id>/happenings")
@needs_sign_in
def tell_happening(case_id: UUID) -> Response | tuple[str, int]:
    """Tell the processes of the case that something has happened which their diagrams let people tell."""
    told, offered = request.form.get("message", ""), ask_case_page(actor(), case_id).happenings
    try:
        if told not in {one.message for one in offered}:
            raise InvalidError(message("Nothing waits for that any more."))
        got = receive_message(actor(), case_id=case_id, name=told)
    except CaseworkError as error:
        return case_again(case_id, refused("happened", error))
    began = got.state == "delivered"
    flash(say("The process goes on from here.") if began else say("It is kept until somebody waits for it."), "success")
    return redirect(url_for("web.case_page", case_id=case_id), 303)


@blueprint.post("/cases/<uuid:case_id>/closing")
@needs_sign_in
def close(case_id: UUID) -> Response | tuple[str, int]:
    """Close a case where nothing runs any more."""
    try:
        close_case(actor(), case_id=case_id, reason=request.form.get("reason", ""))
    except CaseworkError as error:
        return case_again(case_id, refused("close", error))
    flash(say("The case is closed. It can be opened again by a new notification."), "success")
    return redirect(url_for("web.case_page", case_id=case_id), 303)


def case_again(case_id: UUID, back: Refused) -> tuple[str, int]:
    """The page as it is now, with what was refused on it; not there (NotFoundError) for who may not see it."""
    return _shown(ask_case_page(actor(), case_id), back), back.status


def _shown(page: CasePage, back: Refused | None = None) -> str:
    if not page.is_whole:
        return render_template("case/part.html", page=page, refused=back)
    colleagues = mentionable(actor(), page.case_id, page.responsible_unit.id) if page.rights.note else ()
    running = [row for row in page.deadlines if row.ended_at is None]
    instances = [_running(one) for one in page.instances if one.state == "running"]
    shape = split(instances, lambda one: one.is_drawn)
    return render_template(
        "case/page.html",
        page=page,
        news=news(page, actor().id),
        running=running,
        coming=next((row for row in running if row.due.state is not DueState.OVERDUE and row.due.at), None),
        timeline=timeline(running),
        instances=instances,
        drawn=shape.shown,
        waiting=grouped(shape.folded, lambda one: one.instance.name),
        end_reasons=[(value, say(said)) for value, said in END_CHOICES],
        groups=GROUPS,
        colleagues=[(str(one.id), one.name, "") for one in colleagues],
        refused=back,
        **folds(page),
    )


def _running(instance: CaseInstance) -> Running:
    steps = unfolded(tree(instance.outline))
    return Running(instance, steps, split(present(steps), lambda one: one.is_task), _marked(instance))


def _marked(instance: CaseInstance) -> dict[str, str]:
    """The steps of the process itself by state; what stands in called ones has diagrams of its own."""
    own = [step for step in instance.outline if step.process_id == instance.process_id]
    return by_state({step.element_id: step.state for step in own})
