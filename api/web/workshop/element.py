"""One instance is set to another element, with a reason: where it could not be moved, or stands where it should not."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.refusals import Refused, refused
from api.web.words import say
from casework.errors import CaseworkError, InvalidError
from casework.i18n import message
from casework.operations.log_access import log_access
from casework.operations.set_instance_element import set_instance_element
from casework.queries.moving_instances.element_page import element_page

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.get("/instances/<uuid:instance_id>/element")
@needs_sign_in
def element_page_of(instance_id: UUID) -> str:
    """Where it stands, and where it may be set; looking is on record."""
    page = element_page(actor(), instance_id)
    log_access(actor(), kind="read", subject="instance", subject_id=instance_id, case_id=page.case_id)
    return _shown(instance_id)


@blueprint.post("/instances/<uuid:instance_id>/element")
@needs_sign_in
def set_element(instance_id: UUID) -> Response | tuple[str, int]:
    """Set it there, or to what follows."""
    place = request.form.get("at", "")
    try:
        if not place:
            nowhere = message("Choose a step.")
            raise InvalidError(nowhere, {"at": [nowhere]})
        set_instance_element(
            actor(),
            instance_id=instance_id,
            at=place.split("/"),
            after=request.form.get("where") == "after",
            reason=request.form.get("reason", ""),
        )
    except CaseworkError as error:
        back = refused("element", error)
        return _shown(instance_id, back), back.status
    flash(say("It stands there now. What it no longer waits for is taken away."), "success")
    return redirect(url_for("web.element_page_of", instance_id=instance_id), 303)


def _shown(instance_id: UUID, back: Refused | None = None) -> str:
    return render_template("workshop/element.html", page=element_page(actor(), instance_id), refused=back)
