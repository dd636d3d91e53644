"""Looking things up: the list of cases, a journal, a filled form, a letter. Each look is on record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import Response, redirect, render_template, request, url_for

from api.language import reader_language
from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from casework import cpr
from casework.forms import text_view
from casework.operations.log_access import log_access
from casework.papers.case_file import case_file_pdf
from casework.queries.case_file import case_file
from casework.queries.cases import cases
from casework.queries.document import document
from casework.queries.journal import journal
from casework.queries.journal_groups import GROUPS
from casework.queries.submission_page import submission_page as ask_submission_page

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

LONGEST_TEXT = 100
#: What may be a CPR number, mistyped ones too.
NUMBER = re.compile(r"[0-9]{6}[-–\s]?[0-9]{4}")


@blueprint.get("/cases")
@needs_sign_in
def cases_page() -> str:
    """The cases one may see; a search is on record, with its words (never a CPR number)."""
    return _found(request.args.get("q", ""), request.args.get("state", "open"), request.args.get("cursor"))


@blueprint.post("/cases")
@needs_sign_in
def find_case() -> AnyResponse | str:
    """Search. What is found stands at an address, so that one can go back to it; but no address holds a CPR number."""
    text, state = request.form.get("q", "").strip()[:LONGEST_TEXT], request.form.get("state", "open")
    if NUMBER.search(text):
        return _found(text, state, None)
    return redirect(url_for("web.cases_page", q=text or None, state=state), 303)


@blueprint.get("/cases/<uuid:case_id>/journal")
@needs_sign_in
def journal_page(case_id: UUID) -> str:
    """Every entry of the journal, newest first."""
    text = request.args.get("text", "").strip()[:LONGEST_TEXT]
    group = request.args.get("group", "")
    page = journal(actor(), case_id, cursor=request.args.get("cursor"), text=text or None, group=group or None)
    log_access(actor(), kind="read", subject="journal", subject_id=case_id, case_id=case_id)
    return render_template("case/journal.html", page=page, text=text, group=group, groups=GROUPS)


@blueprint.get("/documents/<uuid:document_id>")
@needs_sign_in
def show_document(document_id: UUID) -> Response:
    """A letter as it was sent, or what somebody attached; taking it out is on record."""
    file = document(actor(), document_id)
    log_access(actor(), kind="export", subject="document", subject_id=document_id, case_id=file.case_id)
    answer = Response(file.content, content_type=file.media_type)
    shown = "inline" if file.kind == "letter" else "attachment"  # nothing from outside is opened in our pages
    answer.headers.set("Content-Disposition", shown, filename=file.file_name)
    return answer


@blueprint.get("/cases/<uuid:case_id>/file.pdf")
@needs_sign_in
def case_file_page(case_id: UUID) -> Response:
    """All that the reader may see of the case in one PDF; taking it out is on record.

    Made while one waits: the longest case of the demonstration (137 forms, 360 entries, 61 letters) takes a second. It is kept
    nowhere, so that no copy of a case lies about.
    """
    file = case_file(actor(), case_id)
    log_access(actor(), kind="export", subject="case_file", subject_id=case_id, case_id=case_id)
    answer = Response(case_file_pdf(file, actor().name), content_type="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{file.page.number}.pdf")
    return answer


@blueprint.get("/submissions/<uuid:submission_id>")
@needs_sign_in
def show_submission(submission_id: UUID) -> str:
    """A filled form as it was accepted: it cannot be changed."""
    page = ask_submission_page(actor(), submission_id)
    log_access(actor(), kind="read", subject="submission", subject_id=submission_id, case_id=page.case_id)
    answers = text_view(page.form, page.answers, reader_language(), choices=page.choices)
    return render_template("case/submission.html", page=page, answers=answers)


def _found(text: str, state: str, cursor: str | None) -> str:
    text = text.strip()[:LONGEST_TEXT]
    found = cases(actor(), text=text or None, state=state, cursor=cursor)
    said = NUMBER.sub(lambda number: cpr.mask(number[0]), text)
    if text:
        log_access(actor(), kind="search", subject="cases", detail=said)
    return render_template("case/list.html", found=found, said=said, state=state)
