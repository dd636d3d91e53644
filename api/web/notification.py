"""The first door: somebody is worried about a child. Four questions open a case; the registration form asks for the rest."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.frame import reader
from api.web.refusals import Refused, refused
from api.web.words import say
from casework.errors import CaseworkError, ForbiddenError, InvalidError
from casework.forms.written import date_read, instant_read
from casework.i18n import message
from casework.operations.receive_notification import receive_notification

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from casework.operations.receive_notification import NotificationReceived

#: The questions of F01 that open a case, beside when it was received.
ASKED = ("barnNavn", "foedselsdato", "barnCpr")


@blueprint.get("/notifications/new")
@needs_sign_in
def new_notification_page() -> str:
    """The 24 hours count from when it was received, however long the rest takes."""
    if not reader().takes_in:
        raise ForbiddenError(message("Notifications are taken in by the intake units and the out-of-hours duty."))
    return _asked()


@blueprint.post("/notifications")
@needs_sign_in
def register_notification() -> Response | tuple[str, int]:
    """Open the case at once, and go to the form that asks for the rest."""
    try:
        got = _received()
    except CaseworkError as error:
        back = refused("notification", error)
        return _asked(back), back.status
    flash(_said(got), "success")
    if got.possible_case_ids:
        flash(say("A child with the same name and birth date has a case already. Compare before you go on."), "warning")
    if got.task_id is None:
        return redirect(url_for("web.case_page", case_id=got.case_id), 303)
    return redirect(url_for("web.task_page", task_id=got.task_id), 303)


def _received() -> NotificationReceived:
    answers = {name: text.strip() for name in ASKED if (text := request.form.get(name, "")).strip()}
    received_at = instant_read(request.form.get("modtagetTid", ""))
    if received_at is None:
        wrong = message("Write a day and a time, as 26.11.2026 at 13.40.")
        raise InvalidError(message("Something is missing or wrong. Nothing was saved."), {"modtagetTid": [wrong]})
    if "foedselsdato" in answers:
        answers["foedselsdato"] = date_read(answers["foedselsdato"]) or answers["foedselsdato"]
    return receive_notification(actor(), answers=answers, received_at=datetime.fromisoformat(received_at))


def _said(got: NotificationReceived) -> str:
    if got.is_new_case:
        return say(
            "Case {number} is open and the clock runs. Fill in the rest now, or later: it is in your tasks.",
            number=got.number,
        )
    return say(
        "The child has case {number} already. The notification is assessed there by itself, and the clock runs.",
        number=got.number,
    )


def _asked(back: Refused | None = None) -> str:
    return render_template("inbox/notification.html", refused=back)
