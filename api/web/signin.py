"""Sign-in: with the municipality's own sign-in (OIDC, a later issue fills the seam), or as a persona of the demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, session, url_for

from api.security import comes_from_loopback, limiter
from api.signed_in import SESSION_KEY, signed_in
from api.web import blueprint
from api.web.frame import home_of, own_path
from api.web.refusals import Refused, refused
from casework.errors import CaseworkError
from casework.operations.sign_in import sign_in
from casework.queries.load_actor import load_actor
from casework.queries.me import me
from casework.queries.personas import personas

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.get("/sign-in")
def sign_in_page() -> Response | str:
    """Who do you want to be? Only the demonstration lists personas, and only on this machine."""
    actor = signed_in()
    if actor is not None:
        return redirect(home_of(me(actor)), 303)
    return _asked(request.args.get("to", ""))


@blueprint.post("/sign-in")
@limiter.limit("10 per minute")
def sign_in_as() -> Response | tuple[str, int]:
    """Begin a session. A new one each time, so that none that was planted before is used (session fixation)."""
    to = request.form.get("to", "")
    try:
        who = sign_in(username=request.form.get("username"), from_loopback=comes_from_loopback())
    except CaseworkError as error:
        back = refused("sign-in", error)
        return _asked(to, back), back.status
    session.clear()
    session[SESSION_KEY] = str(who.employee_id)
    return redirect(own_path(to) if to not in ("", "/") else home_of(me(load_actor(who.employee_id))), 303)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session."""
    session.clear()
    return redirect(url_for("web.sign_in_page"), 303)


def _asked(to: str, back: Refused | None = None) -> str:
    listed = [(one, me(load_actor(one.employee_id))) for one in personas()] if comes_from_loopback() else []
    # Who has most to do first: with the demonstration's story, that is where it begins.
    listed.sort(key=lambda found: (not found[1].units, -found[1].counts.tasks, found[0].name))
    return render_template("signin.html", personas=listed, to=to, refused=back)
