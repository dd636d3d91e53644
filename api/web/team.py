"""Who works on a case beside its responsible unit: somebody joins, somebody leaves, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.refusals import Refused, refused
from api.web.words import say
from casework.errors import CaseworkError, InvalidError
from casework.i18n import message
from casework.operations.add_team_member import add_team_member
from casework.operations.log_access import log_access
from casework.operations.remove_team_member import remove_team_member
from casework.queries.team import ROLES, team

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.get("/cases/<uuid:case_id>/team")
@needs_sign_in
def team_page(case_id: UUID) -> str:
    """The team, and its forms for who may change it."""
    page = _shown(case_id)
    log_access(actor(), kind="read", subject="team", subject_id=case_id, case_id=case_id)
    return page


@blueprint.post("/cases/<uuid:case_id>/team")
@needs_sign_in
def join_team(case_id: UUID) -> Response | tuple[str, int]:
    """From now on somebody sees all of the case."""
    try:
        add_team_member(actor(), case_id=case_id, employee_id=_employee(), role=request.form.get("role", ""))
    except CaseworkError as error:
        return _again(case_id, refused("join", error))
    flash(say("The team has changed."), "success")
    return redirect(url_for("web.team_page", case_id=case_id), 303)


@blueprint.post("/cases/<uuid:case_id>/team/<uuid:member_id>/removal")
@needs_sign_in
def leave_team(case_id: UUID, member_id: UUID) -> Response | tuple[str, int]:
    """From now on somebody sees the case only by other rights, if by any."""
    try:
        remove_team_member(actor(), case_id=case_id, member_id=member_id, reason=request.form.get("reason", ""))
    except CaseworkError as error:
        return _again(case_id, refused(f"leave-{member_id}", error))
    flash(say("The team has changed."), "success")
    return redirect(url_for("web.team_page", case_id=case_id), 303)


def _employee() -> UUID:
    try:
        return UUID(request.form.get("employee_id", ""))
    except ValueError:
        wanted = message("Choose who joins.")
        raise InvalidError(wanted, {"employee_id": [wanted]}) from None


def _again(case_id: UUID, back: Refused) -> tuple[str, int]:
    return _shown(case_id, back), back.status


def _shown(case_id: UUID, back: Refused | None = None) -> str:
    roles = [(role, say(words)) for role, words in ROLES]
    return render_template("case/team.html", team=team(actor(), case_id), roles=roles, refused=back)
