"""Operations: what is stuck and why, mending and retrying it, and how the clockwork runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.frame import say
from casework import values
from casework.errors import InvalidError
from casework.i18n import message
from casework.operations.mend_variables import mend_variables
from casework.operations.retry_incident import retry_incident
from casework.queries.incident_page import incident_page as ask_incident_page
from casework.queries.operations_page import operations_page

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.get("/incidents")
@needs_sign_in
def incidents_page() -> str:
    """Open incidents first, then queues, timers and health."""
    return render_template("incidents.html", page=operations_page(actor()))


@blueprint.get("/incidents/<uuid:incident_id>")
@needs_sign_in
def incident_page(incident_id: UUID) -> str:
    """Cause, values, what happened so far, and what can be done."""
    page = ask_incident_page(actor(), incident_id)
    return render_template(
        "incident.html", page=page, values_read=_shown(page.values), variables=_shown(page.variables)
    )


@blueprint.post("/incidents/<uuid:incident_id>/retry")
@needs_sign_in
def retry(incident_id: UUID) -> Response:
    """Let happen what was about to happen."""
    tried = retry_incident(actor(), incident_id=incident_id)
    if tried.is_solved:
        flash(say("It went through. The case goes on."), "success")
    else:
        flash(say("It is still stuck. The cause below is the newest."), "warning")
    return redirect(url_for("web.incident_page", incident_id=incident_id), 303)


@blueprint.post("/incidents/<uuid:incident_id>/variables")
@needs_sign_in
def mend(incident_id: UUID) -> Response:
    """Change one variable, with a reason; then try again."""
    name = request.form.get("name", "").strip()
    changes = {name: _entered(request.form.get("value", ""))}
    mend_variables(actor(), incident_id=incident_id, changes=changes, reason=request.form.get("reason", ""))
    flash(say("{name} was changed. Now try again.", name=name), "success")
    return redirect(url_for("web.incident_page", incident_id=incident_id), 303)


def _entered(text: str) -> Any:
    """JSON as `casework.values` tags it; a word without quotes is a text."""
    try:
        return values.from_json(json.loads(text))
    except json.JSONDecodeError:
        if text.startswith(("{", "[", '"')):
            wrong = message("Write true, false, a number, or a text.")
            raise InvalidError(wrong, {"value": [wrong]}) from None
        return text


def _shown(read: dict[str, Any]) -> str:
    width = max([len(name) for name in read], default=0)
    lines = [
        f"{name:<{width}}  {json.dumps(values.to_json(value), ensure_ascii=False)}"
        for name, value in sorted(read.items())
    ]
    return "\n".join(lines)
