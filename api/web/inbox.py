"""The inbox: everything that waits for me and my units, the nearest deadline first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.frame import home_of, own_path, reader
from api.web.refusals import refused
from api.web.saved_filters import FILTERS, VIEWS, address_of, first_address
from api.web.words import say
from casework.errors import CaseworkError
from casework.operations.claim_user_task import claim_user_task
from casework.queries.inbox import inbox
from casework.queries.saved_filters import saved_filters
from casework.queries.stamps import stamp_of

if TYPE_CHECKING:
    from uuid import UUID

    from werkzeug.wrappers import Response

LONGEST_TEXT = 100
ROWS = 40


@blueprint.get("/")
@needs_sign_in
def inbox_page() -> Response | str:
    """One page of tasks; the filters stand in the address, so that a view can be kept as a bookmark.

    Who works in no unit has no tasks, and is led to the page that the role is for.
    """
    home = home_of(reader())
    if home != url_for("web.inbox_page"):
        return redirect(home, 303)
    if not request.args and (first := reader().first_view) and (begins := first_address(first)):
        return redirect(begins, 303)
    filters = filters_asked()
    cursor = request.args.get("cursor")
    page = inbox(actor(), view=request.args.get("view", "all"), cursor=cursor, limit=ROWS, **filters)
    saved = saved_filters(actor())
    return render_template(
        "inbox/page.html",
        page=page,
        filters=filters,
        units=[(unit.id, unit.name) for unit in page.units],
        views=[(view.value, name) for view, name in VIEWS],
        saved=[(one, address_of(one)) for one in saved],
        current=next((one for one in saved if (one.view, one.filters) == (page.view, filters)), None),
        cursor=cursor,
        stamp=stamp_of(page),
        is_first=cursor is None,
    )


def filters_asked() -> dict[str, str]:
    """What the address filters by, by name."""
    return {name: request.args[name][:LONGEST_TEXT] for name in FILTERS if request.args.get(name)}


@blueprint.post("/tasks/<uuid:task_id>/claim")
@needs_sign_in
def claim_task(task_id: UUID) -> Response:
    """Take it, and go to it; when a colleague was first, back to where the button was."""
    try:
        claim_user_task(actor(), task_id=task_id, version=request.form.get("version", type=int))
    except CaseworkError as error:
        flash(say(refused("claim", error).message), "warning")
        return redirect(own_path(request.form.get("back", "/")), 303)
    return redirect(url_for("web.task_page", task_id=task_id), 303)
