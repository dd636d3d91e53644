"""Who stands in for somebody who is away: one's own substitutes, and for leaders those of who is sick."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.notices import seen
from api.web.refusals import Refused, refused
from api.web.words import say
from casework.errors import CaseworkError, InvalidError, NotFoundError
from casework.forms.written import date_read
from casework.i18n import message
from casework.operations.end_substitution import end_substitution
from casework.operations.name_substitutes import Period, name_substitutes
from casework.queries.substitutes_page import substitutes_page as ask_substitutes_page

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.get("/substitutes")
@needs_sign_in
def substitutes_page() -> str:
    """One's own; with `employee` those of a colleague in a unit that one leads."""
    seen(kind="substitute")
    return _shown(_employee(request.args.get("employee")))


@blueprint.post("/substitutes")
@needs_sign_in
def name_substitutes_here() -> Response | tuple[str, int]:
    """Name one or several for a period."""
    employee_id = _employee(request.form.get("employee"))
    try:
        chosen, period = _asked()
        reason = request.form.get("reason", "")
        name_substitutes(actor(), absent_id=employee_id, substitute_ids=chosen, period=period, reason=reason)
    except CaseworkError as error:
        back = refused("substitutes", error)
        return _shown(employee_id, back), back.status
    flash(say("It is written down, and the substitutes are told."), "success")
    return redirect(_address(employee_id), 303)


@blueprint.post("/substitutes/<uuid:substitution_id>/ending")
@needs_sign_in
def end_substitution_here(substitution_id: UUID) -> Response:
    """From now on the colleague stands in no more."""
    employee_id = end_substitution(actor(), substitution_id=substitution_id)
    flash(say("It is ended. The substitute no longer sees the tasks."), "success")
    return redirect(_address(employee_id), 303)


def _employee(written: str | None) -> UUID:
    """Whose substitutes: the reader's own unless another one is named."""
    own = actor().id
    try:
        found = UUID(written) if written else own
    except ValueError:
        found = None
    if found is None:
        raise NotFoundError(message("You cannot name substitutes for this employee."))
    return found


def _address(employee_id: UUID) -> str:
    return url_for("web.substitutes_page", employee=None if employee_id == actor().id else employee_id)


def _asked() -> tuple[list[UUID], Period]:
    """Who and when; everything that is missing is said at once."""
    chosen = request.form.getlist("substitute_ids", type=UUID)
    days = {name: date_read(request.form.get(name, "")) for name in ("first_day", "last_day")}
    wrong = {} if chosen else {"substitute_ids": [message("Choose who stands in.")]}
    wrong |= {name: [message("Write a day, as 26.11.2026.")] for name, day in days.items() if day is None}
    if wrong:
        raise InvalidError(message("Something is missing or wrong. Nothing was saved."), wrong)
    return chosen, Period(*(date.fromisoformat(day) for day in days.values() if day))


def _shown(employee_id: UUID, back: Refused | None = None) -> str:
    page = ask_substitutes_page(actor(), employee_id)
    colleagues = [(str(one.id), one.name, "") for one in page.colleagues]
    today = f"{page.today.day}.{page.today.month}.{page.today.year}"
    return render_template("substitutes.html", page=page, colleagues=colleagues, today=today, refused=back)
