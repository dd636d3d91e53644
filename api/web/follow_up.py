"""Putting a task aside until a day, and taking it up again before."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import flash, redirect, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.refusals import refused
from api.web.task import task_again
from api.web.words import say
from casework.errors import CaseworkError, InvalidError
from casework.forms.written import date_read
from casework.i18n import message
from casework.operations.put_task_aside import put_task_aside

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.post("/tasks/<uuid:task_id>/follow-up")
@needs_sign_in
def put_aside(task_id: UUID) -> Response | tuple[str, int]:
    """It comes back to the view of today on that day."""
    try:
        until = _day(request.form.get("until", ""))
        put_task_aside(actor(), task_id=task_id, until=until)
    except CaseworkError as error:
        return task_again(task_id, refused("aside", error))
    flash(say("Put aside until {day:digits_year}. The deadline has not moved.", day=until), "success")
    return redirect(url_for("web.inbox_page"), 303)


@blueprint.post("/tasks/<uuid:task_id>/follow-up/ending")
@needs_sign_in
def take_up_again(task_id: UUID) -> Response | tuple[str, int]:
    """Now, not on the day that was chosen."""
    try:
        put_task_aside(actor(), task_id=task_id, until=None)
    except CaseworkError as error:
        return task_again(task_id, refused("aside", error))
    return redirect(url_for("web.task_page", task_id=task_id), 303)


def _day(text: str) -> date:
    read = date_read(text)
    if read is None:
        wrong = message("Write a day, as 26.11.2026.")
        raise InvalidError(wrong, {"until": [wrong]})
    return date.fromisoformat(read)
