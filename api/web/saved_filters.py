"""Filters of the inbox with a name: saved, opened with one click, deleted, and what the inbox opens with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import flash, redirect, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.frame import own_path
from api.web.words import say
from casework.errors import CaseworkError
from casework.i18n import message
from casework.operations.choose_first_view import choose_first_view
from casework.operations.delete_filter import delete_filter
from casework.operations.save_filter import save_filter
from casework.queries.inbox_views import View
from casework.queries.saved_filters import saved_filters

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from casework.queries.saved_filters import SavedFilterRow

FILTERS = ("unit", "process", "due_class", "text")
VIEWS = (
    (View.ALL, message("All")),
    (View.OVERDUE, message("Overdue")),
    (View.TODAY, message("Today")),
    (View.SOON, message("Within 5 working days")),
    (View.UNCLAIMED, message("Not taken")),
    (View.MINE, message("Taken by me")),
    (View.ASIDE, message("Put aside")),
    (View.COVERED, message("As substitute")),
    (View.WAITING, message("Waiting for others")),
)


@blueprint.post("/filters")
@needs_sign_in
def save_filter_here() -> Response:
    """Keep what the inbox is filtered by; back to it, whatever comes of it."""
    chosen: dict[str, Any] = {name: request.form.get(name) or None for name in FILTERS}
    view = request.form.get("view", View.ALL)
    try:
        save_filter(actor(), name=request.form.get("name", ""), view=view, **chosen)
    except CaseworkError as error:
        flash(say(error.message), "warning")
    else:
        flash(say("The filter is saved."), "success")
    return redirect(url_for("web.inbox_page", view=view, **chosen), 303)


@blueprint.post("/filters/<uuid:filter_id>/deletion")
@needs_sign_in
def delete_filter_here(filter_id: UUID) -> Response:
    """It is gone; what it showed is not."""
    delete_filter(actor(), filter_id=filter_id)
    flash(say("The filter is deleted. The tasks are where they were."), "success")
    return redirect(url_for("web.inbox_page", view=View.ALL), 303)


@blueprint.post("/settings/first-view")
@needs_sign_in
def choose_first_view_here() -> Response:
    """What the inbox opens with from now on."""
    try:
        choose_first_view(actor(), choice=request.form.get("first_view", ""), views=set(View))
    except CaseworkError as error:
        flash(say(error.message), "warning")
    else:
        flash(say("Your inbox opens like this from now on."), "success")
    return redirect(own_path(request.form.get("back", url_for("web.settings_page"))), 303)


def first_address(first_view: str) -> str | None:
    """Where an inbox opens that nobody has asked for anything; None for all tasks, or a filter that is gone."""
    if first_view in set(View):
        return url_for("web.inbox_page", view=first_view) if first_view != View.ALL else None
    found = next((one for one in saved_filters(actor(), is_counted=False) if str(one.id) == first_view), None)
    return address_of(found) if found else None


def address_of(saved: SavedFilterRow) -> str:
    """The inbox as it was saved."""
    filters: dict[str, Any] = {**saved.filters}
    return url_for("web.inbox_page", view=saved.view, **filters)
