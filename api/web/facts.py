"""Correcting what the case knows: one fact at a time, with a reason; what counts from it moves along."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import flash, redirect, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.case import case_again
from api.web.refusals import refused
from api.web.words import say
from casework.errors import CaseworkError, InvalidError
from casework.forms.written import date_read, instant_read, number_read
from casework.i18n import message
from casework.operations.correct_fact import correct_fact
from casework.queries.case_page import case_page

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from casework.queries.correctable_facts import CorrectableFact

#: What people write for yes and no.
_YES_NO = {"ja": True, "yes": True, "nej": False, "no": False}
_HOW = {
    "day": message("Write a day, as 26.11.2026."),
    "instant": message("Write a day and a time, as 26.11.2026 at 13.40."),
    "yes_no": message("Write yes or no."),
    "number": message("Write a number."),
    "text": message("Write what it is."),
}


@blueprint.post("/cases/<uuid:case_id>/facts")
@needs_sign_in
def put_fact_right(case_id: UUID) -> Response | tuple[str, int]:
    """The journal keeps both values and says what has moved."""
    try:
        fact = _chosen(case_id)
        reason = request.form.get("reason", "")
        correct_fact(actor(), case_id=case_id, name=fact.name, value=_written(fact), reason=reason)
    except CaseworkError as error:
        return case_again(case_id, refused("fact", error))
    flash(say("It is corrected. Dates that count from it have moved."), "success")
    return redirect(url_for("web.case_page", case_id=case_id), 303)


def _chosen(case_id: UUID) -> CorrectableFact:
    name = request.form.get("name", "")
    found = next((fact for fact in case_page(actor(), case_id).correctable if fact.name == name), None)
    if found is None:
        wanted = message("Choose what is to be corrected.")
        raise InvalidError(wanted, {"name": [wanted]})
    return found


def _written(fact: CorrectableFact) -> Any:
    """What was written, read by the kind of the fact."""
    text = request.form.get("value", "").strip()
    value = _read(fact, text) if text else None
    if value is None:
        raise InvalidError(_HOW[fact.kind], {"value": [_HOW[fact.kind]]})
    return value


def _read(fact: CorrectableFact, text: str) -> Any:
    match fact.kind:
        case "day":
            day = date_read(text)
            return date.fromisoformat(day) if day else None
        case "instant":
            moment = instant_read(text)
            return datetime.fromisoformat(moment) if moment else None
        case "yes_no":
            return _YES_NO.get(text.casefold())
        case "number":
            return number_read(text)
    return text
