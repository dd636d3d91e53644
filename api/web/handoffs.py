"""Hand-offs: what others ask of us, what we asked of others; composing one with the receiver's view beside it; answering."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.frame import say
from casework.config import TIME_ZONE
from casework.errors import InvalidError
from casework.forms.written import date_read
from casework.i18n import message
from casework.operations.accept_handoff import accept_handoff
from casework.operations.answer_handoff import answer_handoff
from casework.operations.ask_about_handoff import ask_about_handoff
from casework.operations.complete_handoff import complete_handoff
from casework.operations.decline_handoff import decline_handoff
from casework.operations.log_access import log_access
from casework.operations.offer_handoff import offer_handoff
from casework.operations.return_handoff import return_handoff
from casework.operations.withdraw_handoff import withdraw_handoff
from casework.queries.handoff_draft import handoff_draft
from casework.queries.handoff_page import handoff_page as ask_handoff_page
from casework.queries.handoffs import handoffs

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.get("/handoffs")
@needs_sign_in
def handoffs_page() -> str:
    """To us, or from us."""
    box, state = request.args.get("box", "to_us"), request.args.get("state", "open")
    found = handoffs(actor(), box=box, state=state, cursor=request.args.get("cursor"))
    return render_template("handoffs.html", found=found, box=box, state=state)


@blueprint.get("/cases/<uuid:case_id>/handoffs/new")
@needs_sign_in
def new_handoff_page(case_id: UUID) -> str:
    """The form, and beside it exactly what the receiver will see; the preview follows each change."""
    return _compose(case_id, _asked(request.args), {})


@blueprint.post("/cases/<uuid:case_id>/handoffs")
@needs_sign_in
def offer(case_id: UUID) -> Response | tuple[str, int]:
    """Ask the other unit. The sender stays responsible until it says yes."""
    asked = _asked(request.form)
    try:
        handoff_id = offer_handoff(
            actor(), case_id=case_id, wanted_answer=request.form.get("wanted_answer", ""), **asked
        )
    except InvalidError as error:
        return _compose(case_id, asked, error.fields), 422
    flash(say("It is sent. You are responsible until they say yes."), "success")
    return redirect(url_for("web.handoff_page", handoff_id=handoff_id), 303)


@blueprint.get("/handoffs/<uuid:handoff_id>")
@needs_sign_in
def handoff_page(handoff_id: UUID) -> str:
    """The sheet as the receiver sees it, what was said, and what one may answer."""
    page = ask_handoff_page(actor(), handoff_id)
    log_access(actor(), kind="read", subject="handoff", subject_id=handoff_id, case_id=page.row.case_id)
    return render_template("handoff.html", page=page, errors={})


@blueprint.post("/handoffs/<uuid:handoff_id>/answer")
@needs_sign_in
def answer(handoff_id: UUID) -> Response | tuple[str, int]:
    """Yes, a question, or no; and later: returned, completed, withdrawn."""
    try:
        _answer(handoff_id, request.form.get("answer", ""), request.form.get("text", "").strip())
    except InvalidError as error:
        page = ask_handoff_page(actor(), handoff_id)
        return render_template("handoff.html", page=page, errors=error.fields or {"text": [error.message]}), 422
    flash(say("Your answer is sent."), "success")
    return redirect(url_for("web.handoff_page", handoff_id=handoff_id), 303)


def _answer(handoff_id: UUID, kind: str, text: str) -> None:
    who, version = actor(), request.form.get("version", type=int)
    match kind:
        case "accept":
            next_id = request.form.get("employee", type=UUID)
            accept_handoff(who, handoff_id=handoff_id, version=version, next_employee_id=next_id)
        case "ask":
            ask_about_handoff(who, handoff_id=handoff_id, version=version, question=text)
        case "decline":
            suggested = request.form.get("suggested_unit") or None
            decline_handoff(who, handoff_id=handoff_id, version=version, reason=text, suggested_unit_id=suggested)
        case "tell":
            answer_handoff(who, handoff_id=handoff_id, version=version, text=text)
        case "return":
            return_handoff(who, handoff_id=handoff_id, version=version, reason=text)
        case "complete":
            complete_handoff(who, handoff_id=handoff_id, version=version, result=text)
        case "withdraw":
            withdraw_handoff(who, handoff_id=handoff_id, version=version, reason=text)
        case _:
            wrong = message("Choose an answer.")
            raise InvalidError(wrong, {"answer": [wrong]})


def _compose(case_id: UUID, asked: dict[str, Any], errors: Any) -> str:
    draft = handoff_draft(actor(), case_id, **asked)
    template = "handoff_preview.html" if "HX-Request" in request.headers else "handoff_compose.html"
    return render_template(template, draft=draft, asked=asked, errors=errors)


def _asked(source: Any) -> dict[str, Any]:
    """What the composer asks, as `offer_handoff` and `handoff_draft` take it."""
    kind, _, key = source.get("basis", "").partition(":")
    due = date_read(source.get("due", ""))
    informed = date_read(source.get("informed", ""))
    return {
        "to_unit_id": source.get("to_unit") or None,
        "subject": source.get("subject", "").strip(),
        "purpose": source.get("purpose", "").strip(),
        "data_classes": tuple(source.getlist("data_class")),
        "legal_basis": key if kind == "law" else None,
        "consent_id": UUID(key) if kind == "consent" else None,
        "due_at": datetime.combine(datetime.fromisoformat(due), time(23, 59, 59), TIME_ZONE) if due else None,
        "child_informed_on": datetime.fromisoformat(informed).date() if informed else None,
    }
