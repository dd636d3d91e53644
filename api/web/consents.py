"""What the family has agreed to share: writing an answer down, and noting that it is withdrawn."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.case import case_again
from api.web.refusals import Refused, refused
from api.web.words import say
from casework.errors import CaseworkError, InvalidError
from casework.forms.written import date_read
from casework.i18n import message
from casework.operations.give_consent import give_consent
from casework.operations.withdraw_consent import withdraw_consent
from casework.queries.handoff_draft import handoff_draft

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.get("/cases/<uuid:case_id>/consents/new")
@needs_sign_in
def new_consent_page(case_id: UUID) -> str:
    """Who was asked for what, and what the answer was."""
    return _asked(case_id)


@blueprint.post("/cases/<uuid:case_id>/consents")
@needs_sign_in
def write_consent(case_id: UUID) -> Response | tuple[str, int]:
    """Keep the answer, a no as well."""
    try:
        _given(case_id)
    except CaseworkError as error:
        back = refused("consent", error)
        return _asked(case_id, back), back.status
    flash(say("The answer stands on the case."), "success")
    return redirect(url_for("web.case_page", case_id=case_id), 303)


@blueprint.post("/cases/<uuid:case_id>/consents/<uuid:consent_id>/withdrawal")
@needs_sign_in
def take_consent_back(case_id: UUID, consent_id: UUID) -> Response | tuple[str, int]:
    """Nobody sees any more what rested on it alone."""
    try:
        withdraw_consent(actor(), consent_id=consent_id, reason=request.form.get("reason", ""))
    except CaseworkError as error:
        return case_again(case_id, refused(f"withdraw-{consent_id}", error))
    flash(say("The consent does not count any more. What rested on it is closed again."), "success")
    return redirect(url_for("web.case_page", case_id=case_id), 303)


def _given(case_id: UUID) -> None:
    answer = request.form.get("answer")
    if answer not in ("yes", "no"):
        wanted = message("Choose an answer.")
        raise InvalidError(message("Something is missing or wrong. Nothing was saved."), {"answer": [wanted]})
    give_consent(
        actor(),
        case_id=case_id,
        person_name=request.form.get("person_name", ""),
        data_classes=request.form.getlist("data_classes"),
        shared_with=request.form.get("shared_with", ""),
        purpose=request.form.get("purpose", ""),
        valid_until=_day("valid_until"),
        is_given=answer == "yes",
    )


def _day(name: str) -> date | None:
    text = request.form.get(name, "").strip()
    if not text:
        return None
    read = date_read(text)
    if read is None:
        wrong = message("Write a day, as 26.11.2026.")
        raise InvalidError(message("Something is missing or wrong. Nothing was saved."), {name: [wrong]})
    return date.fromisoformat(read)


def _asked(case_id: UUID, back: Refused | None = None) -> str:
    draft = handoff_draft(actor(), case_id)
    kinds = [(choice.key, say(choice.label), "") for choice in draft.choices]
    return render_template("case/consent.html", draft=draft, kinds=kinds, refused=back)
