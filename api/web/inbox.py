"""The inbox: everything that waits for me and my units, the nearest deadline first. And the first door: a new notification."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.frame import say
from casework.errors import InvalidError
from casework.forms.written import date_read, instant_read
from casework.i18n import message
from casework.operations.receive_notification import receive_notification
from casework.queries.inbox import inbox

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

#: The questions of F01 that open a case.
ASKED = ("modtagetTid", "barnNavn", "foedselsdato", "barnCpr")
FILTERS = ("unit", "process", "due_class", "text")


@blueprint.get("/")
@needs_sign_in
def inbox_page() -> Response | str:
    """One page of tasks; the filters stand in the address, so that a view can be kept as a bookmark."""
    filters = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    view = request.args.get("view", "all")
    page = inbox(actor(), view=view, cursor=request.args.get("cursor"), limit=40, **filters)
    return render_template("inbox.html", page=page, filters=filters, view=view)


@blueprint.get("/notifications/new")
@needs_sign_in
def new_notification_page() -> str:
    """Three questions; the 24 hours count from the first, however long the rest takes."""
    return _new_notification({}, {})


@blueprint.post("/notifications")
@needs_sign_in
def register_notification() -> Response | tuple[str, int]:
    """Open the case at once, and go to the form that asks for the rest."""
    answers = {name: text.strip() for name in ASKED if (text := request.form.get(name, "")).strip()}
    try:
        received = _received_at(answers.pop("modtagetTid", ""))
        if "foedselsdato" in answers:
            answers["foedselsdato"] = date_read(answers["foedselsdato"]) or answers["foedselsdato"]
        got = receive_notification(actor(), answers=answers, received_at=received)
    except InvalidError as error:
        return _new_notification(request.form, error.fields), 422
    flash(
        say(
            "Case {number} is open and the clock runs. Fill in the rest now, or later: it is in your tasks.",
            number=got.number,
        ),
        "success",
    )
    if got.task_id is None:
        return redirect(url_for("web.case_page", case_id=got.case_id), 303)
    return redirect(url_for("web.task_page", task_id=got.task_id), 303)


def _new_notification(values: Any, errors: Any) -> str:
    return render_template("notification_new.html", values=values, errors=errors)


def _received_at(text: str) -> datetime:
    written = instant_read(text)
    if written is None:
        wrong = message("Write a day and a time, as 26.11.2026 at 13.40.")
        raise InvalidError(message("Something is missing or wrong. Nothing was saved."), {"modtagetTid": [wrong]})
    return datetime.fromisoformat(written)
