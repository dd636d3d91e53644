"""Stopping a clock of the municipality while somebody else is waited for, and letting it go on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import flash, redirect, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.refusals import refused
from api.web.task import task_again
from api.web.words import say
from casework.errors import CaseworkError
from casework.operations.pause_deadline import pause_deadline
from casework.operations.resume_deadline import resume_deadline

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.post("/tasks/<uuid:task_id>/deadlines/<uuid:deadline_id>/pause")
@needs_sign_in
def stop_clock(task_id: UUID, deadline_id: UUID) -> Response | tuple[str, int]:
    """It waits from now on; who or what for stands wherever the deadline does."""
    try:
        pause_deadline(actor(), deadline_id=deadline_id, reason=request.form.get("reason", ""))
    except CaseworkError as error:
        return task_again(task_id, refused("pause", error))
    flash(say("The deadline is paused. It moves by the days that it waits."), "success")
    return redirect(url_for("web.task_page", task_id=task_id), 303)


@blueprint.post("/tasks/<uuid:task_id>/deadlines/<uuid:deadline_id>/resumption")
@needs_sign_in
def let_clock_go_on(task_id: UUID, deadline_id: UUID) -> Response | tuple[str, int]:
    """What was waited for has come."""
    try:
        resume_deadline(actor(), deadline_id=deadline_id)
    except CaseworkError as error:
        return task_again(task_id, refused("pause", error))
    flash(say("The deadline goes on."), "success")
    return redirect(url_for("web.task_page", task_id=task_id), 303)
