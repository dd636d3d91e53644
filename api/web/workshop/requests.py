"""A second person answers what a process owner has asked for: going back to a version, or retiring a process."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import flash, redirect, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.processes import processes_shown
from api.web.refusals import refused
from api.web.words import say
from casework.errors import CaseworkError
from casework.operations.process_drafts.approve_process_request import approve_process_request
from casework.operations.process_drafts.decline_process_request import decline_process_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response

    Answer = Response | tuple[str, int]


@blueprint.post("/process-requests/<uuid:request_id>/approval")
@needs_sign_in
def approve_process_request_here(request_id: UUID) -> Answer:
    """Agree, and it is done."""

    def agree() -> str:
        if approve_process_request(actor(), request_id=request_id):
            return say("It is done. New cases start on the earlier version.")
        return say("The process is retired. What runs goes on to its end.")

    return _done("agree", agree)


@blueprint.post("/process-requests/<uuid:request_id>/refusal")
@needs_sign_in
def decline_process_request_here(request_id: UUID) -> Answer:
    """Say no, or take one's own request back."""

    def decline() -> str:
        decline_process_request(actor(), request_id=request_id, reason=request.form.get("reason", ""))
        return say("It is not done. It stands in the history of the process.")

    return _done(f"decline-{request_id}", decline)


def _done(form: str, work: Callable[[], str]) -> Answer:
    try:
        flash(work(), "success")
    except CaseworkError as error:
        back = refused(form, error)
        return processes_shown(back), back.status
    return redirect(url_for("web.processes_page", _anchor="requests"), 303)
