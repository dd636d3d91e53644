"""What a person does with a package of measures on the page of its case: approve what it costs, end it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import flash, redirect, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.case import case_again
from api.web.refusals import refused
from api.web.words import say
from casework.errors import CaseworkError, InvalidError
from casework.forms.written import date_read
from casework.i18n import message
from casework.operations.approve_package import approve_package
from casework.operations.end_package import end_package
from casework.queries.money import money

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.app_template_filter("amount")
def amount(kroner: int) -> str:
    """A whole amount of money as the reader's language writes it."""
    return say(money(kroner))


@blueprint.post("/cases/<uuid:case_id>/packages/<uuid:package_id>/approval")
@needs_sign_in
def approve(case_id: UUID, package_id: UUID) -> Response | tuple[str, int]:
    """A leader says yes to the price that stands on the page."""
    try:
        approve_package(actor(), package_id=package_id, version=request.form.get("version", type=int))
    except CaseworkError as error:
        return case_again(case_id, refused(f"approve-{package_id}", error))
    flash(say("The package is approved."), "success")
    return redirect(url_for("web.case_page", case_id=case_id), 303)


@blueprint.post("/cases/<uuid:case_id>/packages/<uuid:package_id>/ending")
@needs_sign_in
def end(case_id: UUID, package_id: UUID) -> Response | tuple[str, int]:
    """It has come to an end, with a reason and a last day."""
    try:
        reason, version = request.form.get("reason") or None, request.form.get("version", type=int)
        end_package(actor(), package_id=package_id, reason=reason, on=_last_day(), version=version)
    except CaseworkError as error:
        return case_again(case_id, refused(f"end-{package_id}", error))
    flash(say("The package is ended."), "success")
    return redirect(url_for("web.case_page", case_id=case_id), 303)


def _last_day() -> date | None:
    text = request.form.get("on", "").strip()
    if not text:
        return None
    day = date_read(text)
    if day is None:
        wrong = message("Write a day, as 26.11.2026.")
        raise InvalidError(wrong, {"on": [wrong]})
    return date.fromisoformat(day)
