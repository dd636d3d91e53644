"""What an employee chooses for oneself: when e-mail comes, what the inbox opens with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.refusals import Refused, refused
from api.web.saved_filters import VIEWS
from api.web.words import say
from casework.config import settings
from casework.errors import CaseworkError
from casework.operations.choose_mail import choose_mail
from casework.queries.own_settings import own_settings
from casework.queries.saved_filters import saved_filters

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.get("/settings")
@needs_sign_in
def settings_page() -> str:
    """As it is chosen now."""
    return _shown()


@blueprint.post("/settings/mail")
@needs_sign_in
def choose_mail_here() -> Response | tuple[str, int]:
    """From now on e-mail comes as chosen."""
    try:
        choose_mail(actor(), choice=request.form.get("mail", ""))
    except CaseworkError as error:
        back = refused("mail", error)
        return _shown(back), back.status
    flash(say("It is saved."), "success")
    return redirect(url_for("web.settings_page"), 303)


def _shown(back: Refused | None = None) -> str:
    chosen = own_settings(actor())
    mails = [
        ("at_once", say("At once, one for each thing"), ""),
        (
            "daily",
            say("Once a day, all in one"),
            say("At {hour} o'clock on working days.", hour=settings().digest_hour),
        ),
        ("none", say("No e-mail"), say("Look at the bell at the top of the page.")),
    ]
    views = [(view.value, say(name)) for view, name in VIEWS if view.value != "all"]
    own = [(str(one.id), one.name) for one in saved_filters(actor(), is_counted=False)]
    return render_template("settings.html", chosen=chosen, mails=mails, first_views=[*own, *views], refused=back)
