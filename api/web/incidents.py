"""Operations: what is stuck and why, mending and retrying it, and how the clockwork runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.frame import reader
from api.web.refusals import Refused, refused
from api.web.words import say
from casework import values
from casework.errors import CaseworkError, InvalidError
from casework.i18n import message
from casework.operations.log_access import log_access
from casework.operations.mend_variables import mend_variables
from casework.operations.retry_incident import retry_incident
from casework.queries.incident_page import incident_page as ask_incident_page
from casework.queries.operations_page import operations_page

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from casework.queries.incident_page import IncidentPage


@blueprint.get("/incidents")
@needs_sign_in
def incidents_page() -> str:
    """Open incidents first, then queues, timers and health."""
    return render_template("operations/page.html", page=operations_page(actor()))


@blueprint.get("/incidents/<uuid:incident_id>")
@needs_sign_in
def incident_page(incident_id: UUID) -> str:
    """Cause, values, what happened so far, and what can be done; looking is on record."""
    page = ask_incident_page(actor(), incident_id)
    log_access(actor(), kind="read", subject="incident", subject_id=incident_id, case_id=page.row.case_id)
    return _shown(page)


@blueprint.post("/incidents/<uuid:incident_id>/retry")
@needs_sign_in
def retry(incident_id: UUID) -> Response | tuple[str, int]:
    """Let happen what was about to happen."""
    try:
        tried = retry_incident(actor(), incident_id=incident_id)
    except CaseworkError as error:
        back = refused("retry", error)
        return _shown(ask_incident_page(actor(), incident_id), back), back.status
    if tried.is_solved:
        flash(say("It went through. The case goes on."), "success")
    else:
        flash(say("It is still stuck. The cause below is the newest."), "warning")
    return redirect(url_for("web.incident_page", incident_id=incident_id), 303)


@blueprint.post("/incidents/<uuid:incident_id>/variables")
@needs_sign_in
def mend(incident_id: UUID) -> Response | tuple[str, int]:
    """Change one variable, with a reason; then try again."""
    name = request.form.get("name", "").strip()
    try:
        changes = {name: _entered(request.form.get("value", ""))}
        mend_variables(actor(), incident_id=incident_id, changes=changes, reason=request.form.get("reason", ""))
    except CaseworkError as error:
        back = refused("mend", error, {name: "name"})  # the operation speaks of the variable, the form of its name
        return _shown(ask_incident_page(actor(), incident_id), back), back.status
    flash(say("{name} was changed. Now try again.", name=name), "success")
    return redirect(url_for("web.incident_page", incident_id=incident_id), 303)


def _entered(text: str) -> Any:
    """JSON as `casework.values` tags it; a word without quotes is a text."""
    try:
        return values.from_json(json.loads(text, parse_constant=_not_a_number))
    except (ValueError, TypeError, ArithmeticError, RecursionError):
        if text.startswith(("{", "[", '"')):
            wrong = message("Write true, false, a number, or a text.")
            raise InvalidError(wrong, {"value": [wrong]}) from None
        return text


def _not_a_number(word: str) -> Any:
    raise ValueError(word)


def _shown(page: IncidentPage, back: Refused | None = None) -> str:
    return render_template(
        "operations/incident.html",
        page=page,
        values_read=_lines(page.values),
        variables=_lines(page.variables),
        may_mend=not {"administrator", "team_leader"}.isdisjoint(reader().roles),
        refused=back,
    )


def _lines(read: dict[str, Any]) -> str:
    width = max([len(name) for name in read], default=0)
    lines = [
        f"{name:<{width}}  {json.dumps(values.to_json(value), ensure_ascii=False)}"
        for name, value in sorted(read.items())
    ]
    return "\n".join(lines)
