"""One hand-off: the sheet as the receiver sees it, what was said, and every answer that either side can give."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.notices import seen
from api.web.refusals import Refused, refused
from api.web.words import say
from casework.errors import CaseworkError, InvalidError
from casework.i18n import message
from casework.operations.accept_handoff import accept_handoff
from casework.operations.answer_handoff import answer_handoff
from casework.operations.ask_about_handoff import ask_about_handoff
from casework.operations.complete_handoff import complete_handoff
from casework.operations.decline_handoff import decline_handoff
from casework.operations.log_access import log_access
from casework.operations.return_handoff import return_handoff
from casework.operations.withdraw_handoff import withdraw_handoff
from casework.queries.handoff_page import handoff_page as ask_handoff_page

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from casework.queries.handoff_page import HandoffPage

#: What the operations call the one field of text.
TEXT = {"reason": "text", "question": "text", "result": "text"}
#: Name of the answer, the right to give it, and how it is offered.
ANSWERS = (
    ("accept", "accept", message("We take over"), message("The next step becomes yours.")),
    ("ask", "ask", message("We need something first"), message("The date stands while the sender answers.")),
    (
        "decline",
        "decline",
        message("We cannot take over"),
        message("The sender's team leader is told, with your reason."),
    ),
    ("complete", "complete", message("We have done our part"), message("The result goes back to the sender.")),
    ("return", "return_", message("We give it back"), message("The sender is responsible again.")),
    ("tell", "answer", message("Answer the question"), message("They can then say yes or no.")),
    ("withdraw", "withdraw", message("Take it back"), message("They no longer see anything of it.")),
)


@blueprint.get("/handoffs/<uuid:handoff_id>")
@needs_sign_in
def handoff_page(handoff_id: UUID) -> str:
    """The sheet as the receiver sees it, what was said, and what one may answer; looking is on record."""
    page = ask_handoff_page(actor(), handoff_id)
    log_access(actor(), kind="read", subject="handoff", subject_id=handoff_id, case_id=page.row.case_id)
    seen(handoff_id=handoff_id)
    return _shown(page)


@blueprint.post("/handoffs/<uuid:handoff_id>/answer")
@needs_sign_in
def answer(handoff_id: UUID) -> Response | tuple[str, int]:
    """Yes, a question, or no; and later: returned, completed, withdrawn."""
    try:
        _answer(handoff_id, request.form.get("answer", ""), request.form.get("text", "").strip())
    except CaseworkError as error:
        back = refused("answer", error, TEXT)
        return _shown(ask_handoff_page(actor(), handoff_id), back), back.status
    flash(say("Your answer is sent."), "success")
    return redirect(url_for("web.handoff_page", handoff_id=handoff_id), 303)


def _answer(handoff_id: UUID, kind: str, text: str) -> None:
    who, version = actor(), request.form.get("version", type=int)
    match kind:
        case "accept":
            next_id = request.form.get("next_employee_id", type=UUID)
            accept_handoff(who, handoff_id=handoff_id, version=version, next_employee_id=next_id)
        case "ask":
            ask_about_handoff(who, handoff_id=handoff_id, version=version, question=text)
        case "decline":
            suggested = request.form.get("suggested_unit_id") or None
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


def _shown(page: HandoffPage, back: Refused | None = None) -> str:
    return render_template(
        "handoff/page.html",
        page=page,
        answers=[(key, say(label), say(hint)) for key, right, label, hint in ANSWERS if getattr(page.rights, right)],
        colleagues=[(one.id, one.name) for one in page.colleagues if one.id != actor().id],
        units=[(unit.id, say(unit.name)) for unit in page.units],
        refused=back,
    )
