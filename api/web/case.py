"""One child, all processes: the case page and what hangs on it, save the running diagrams (`diagram`) and hand-offs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import Response, flash, redirect, render_template, request, url_for

from api.language import reader_language
from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.frame import say
from api.web.timeline import timeline
from casework.forms import text_view
from casework.operations.add_note import add_note
from casework.operations.close_case import close_case
from casework.operations.log_access import log_access
from casework.operations.reveal_cpr import reveal_cpr
from casework.operations.start_process import start_process
from casework.queries.case_page import case_page as ask_case_page
from casework.queries.cases import cases
from casework.queries.document import document
from casework.queries.journal import journal
from casework.queries.submission_page import submission_page as ask_submission_page

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse


@blueprint.get("/cases")
@needs_sign_in
def cases_page() -> str:
    """The cases one may see; a search is on record, with its words (never a CPR number)."""
    text = request.args.get("q", "").strip()[:100]
    state = request.args.get("state", "open")
    found = cases(actor(), text=text or None, state=state, cursor=request.args.get("cursor"))
    if text:
        log_access(actor(), kind="search", subject="cases", detail=found.text or "")
    return render_template("cases.html", found=found, text=text, state=state)


@blueprint.get("/cases/<uuid:case_id>")
@needs_sign_in
def case_page(case_id: UUID) -> str:
    """The whole case, or the handed-over part of it; looking is on record."""
    page = ask_case_page(actor(), case_id)
    log_access(actor(), kind="read", subject="case", subject_id=case_id, case_id=case_id)
    template = "case.html" if page.is_whole else "case_part.html"
    return render_template(template, page=page, timeline=timeline(page.deadlines) if page.is_whole else None)


@blueprint.get("/cases/<uuid:case_id>/journal")
@needs_sign_in
def journal_page(case_id: UUID) -> str:
    """Every entry of the journal, newest first."""
    text = request.args.get("text", "").strip()[:100]
    page = journal(actor(), case_id, cursor=request.args.get("cursor"), text=text or None)
    log_access(actor(), kind="read", subject="journal", subject_id=case_id, case_id=case_id)
    return render_template("journal.html", page=page, text=text)


@blueprint.post("/cases/<uuid:case_id>/notes")
@needs_sign_in
def write_note(case_id: UUID) -> AnyResponse:
    """A note in the journal: what was seen, heard, agreed."""
    add_note(actor(), case_id=case_id, text=request.form.get("text", ""))
    flash(say("The note stands in the journal."), "success")
    return redirect(url_for("web.case_page", case_id=case_id), 303)


@blueprint.post("/cases/<uuid:case_id>/persons/<uuid:person_id>/number")
@needs_sign_in
def show_number(case_id: UUID, person_id: UUID) -> str:
    """The CPR number, once, on a page of its own that is not kept; the reason is on record."""
    number = reveal_cpr(actor(), case_id=case_id, person_id=person_id, reason=request.form.get("reason", ""))
    return render_template("number.html", number=number, case_id=case_id)


@blueprint.post("/cases/<uuid:case_id>/instances")
@needs_sign_in
def start_instance(case_id: UUID) -> AnyResponse:
    """Start what may be started on the case."""
    started = start_process(actor(), case_id=case_id, process_id=request.form.get("process", ""))
    flash(say("It has begun."), "success")
    if started.task_ids:
        return redirect(url_for("web.task_page", task_id=started.task_ids[0]), 303)
    return redirect(url_for("web.case_page", case_id=case_id), 303)


@blueprint.post("/cases/<uuid:case_id>/closing")
@needs_sign_in
def close(case_id: UUID) -> AnyResponse:
    """Close a case where nothing runs any more."""
    close_case(actor(), case_id=case_id, reason=request.form.get("reason", ""))
    flash(say("The case is closed. It can be opened again by a new notification."), "success")
    return redirect(url_for("web.case_page", case_id=case_id), 303)


@blueprint.get("/documents/<uuid:document_id>")
@needs_sign_in
def show_document(document_id: UUID) -> Response:
    """A letter as it was sent; taking it out is on record."""
    file = document(actor(), document_id)
    log_access(actor(), kind="export", subject="document", subject_id=document_id, case_id=file.case_id)
    headers = {"Content-Disposition": f'inline; filename="{file.file_name}"'}
    return Response(file.content, content_type=file.media_type, headers=headers)


@blueprint.get("/submissions/<uuid:submission_id>")
@needs_sign_in
def show_submission(submission_id: UUID) -> str:
    """A filled form as it was accepted: it cannot be changed."""
    page = ask_submission_page(actor(), submission_id)
    log_access(actor(), kind="read", subject="submission", subject_id=submission_id, case_id=page.case_id)
    return render_template("submission.html", page=page, answers=text_view(page.form, page.answers, reader_language()))
