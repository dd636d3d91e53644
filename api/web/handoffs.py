"""Hand-offs: what others ask of us and we of others, composing one with the receiver's view beside it. Answers: `answers`."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.refusals import Refused, refused
from api.web.words import say
from casework.config import TIME_ZONE
from casework.errors import CaseworkError, InvalidError
from casework.forms.written import date_read
from casework.i18n import message
from casework.operations.offer_handoff import offer_handoff
from casework.queries.handoff_draft import handoff_draft
from casework.queries.handoffs import handoffs

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict
    from werkzeug.wrappers import Response

#: The basis by which the case changes hands.
MOVES, SAME_AUTHORITY = "moves_responsibility", "samme_myndighed"
#: What the operation calls days, and their fields in the form.
DAYS = {"due_at": "due", "child_informed_on": "informed"}
FIELDS = DAYS | {"consent_id": "legal_basis"}


@blueprint.get("/handoffs")
@needs_sign_in
def handoffs_page() -> str:
    """To us, or from us; what waits for an answer first."""
    box, state = request.args.get("box", "to_us"), request.args.get("state", "open")
    found = handoffs(actor(), box=box, state=state, cursor=request.args.get("cursor"))
    waiting = [row for row in found.rows if row.state in ("offered", "more_asked")]
    rest = [row for row in found.rows if row not in waiting]
    return render_template("handoff/list.html", found=found, box=box, state=state, waiting=waiting, rest=rest)


@blueprint.get("/cases/<uuid:case_id>/handoffs/new")
@needs_sign_in
def new_handoff_page(case_id: UUID) -> str:
    """The form, and beside it exactly what the receiver will see; the preview follows each change."""
    return _composed("handoff/compose.html", case_id, {})


@blueprint.post("/cases/<uuid:case_id>/handoffs/preview")
@needs_sign_in
def preview(case_id: UUID) -> str:
    """What the receiver will see of what is written so far. Posted: an address must hold nothing of a case."""
    return _composed("handoff/preview.html", case_id, _asked(request.form))


@blueprint.post("/cases/<uuid:case_id>/handoffs")
@needs_sign_in
def offer(case_id: UUID) -> Response | tuple[str, int]:
    """Ask the other unit. The sender stays responsible until it says yes."""
    asked = _asked(request.form)
    try:
        _require_days(asked)
        handoff_id = offer_handoff(actor(), case_id=case_id, **asked)
    except CaseworkError as error:
        back = refused("offer", error, FIELDS)
        return _composed("handoff/compose.html", case_id, asked, back), back.status
    flash(say("It is sent. You are responsible until they say yes."), "success")
    return redirect(url_for("web.handoff_page", handoff_id=handoff_id), 303)


def _composed(template: str, case_id: UUID, asked: dict[str, Any], back: Refused | None = None) -> str:
    wanted = {name: value for name, value in asked.items() if name != MOVES}
    try:
        draft = handoff_draft(actor(), case_id, **wanted)
    except InvalidError:  # no kind of information that there is: then none is shown
        draft = handoff_draft(actor(), case_id, **wanted | {"data_classes": ()})
    return render_template(
        template,
        draft=draft,
        units=[(unit.id, say(unit.name)) for unit in draft.units],
        kinds=[(choice.key, say(choice.label), say(choice.hint)) for choice in draft.choices],
        bases=[(f"{basis.kind}:{basis.key}", say(basis.label), say(basis.hint)) for basis in draft.bases],
        refused=back,
    )


def _asked(form: MultiDict[str, str]) -> dict[str, Any]:
    """What the form asks, as `offer_handoff` and `handoff_draft` take it; a day that cannot be read is left out."""
    kind, _, key = form.get("legal_basis", "").partition(":")
    due, informed = (_day(form.get(field, "")) for field in DAYS.values())
    return {
        "to_unit_id": form.get("to_unit_id", ""),
        "subject": form.get("subject", ""),
        "purpose": form.get("purpose", ""),
        "wanted_answer": form.get("wanted_answer", ""),
        "data_classes": tuple(form.getlist("data_classes")),
        "legal_basis": key if kind == "law" else None,
        MOVES: kind == "law" and key == SAME_AUTHORITY,
        "consent_id": _id(key) if kind == "consent" else None,
        "due_at": datetime.combine(due, time(23, 59, 59), TIME_ZONE) if due else None,
        "child_informed_on": informed,
    }


def _require_days(asked: dict[str, Any]) -> None:
    wrong = {
        name: [message("Write a day, as 26.11.2026.")]
        for name, field in DAYS.items()
        if request.form.get(field, "").strip() and asked[name] is None
    }
    if wrong:
        raise InvalidError(message("Something is missing or wrong. Nothing was saved."), wrong)


def _day(text: str) -> date | None:
    read = date_read(text)
    return date.fromisoformat(read) if read else None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
