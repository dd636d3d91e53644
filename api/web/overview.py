"""The overdue board, for those who answer for it: what is late, by which rule, with whom; and passing work on in bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.frame import say
from casework.operations.reassign_user_task import reassign_user_task
from casework.queries.deadlines import deadlines
from casework.queries.overdue_board import overdue_board

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.get("/overview")
@needs_sign_in
def overview_page() -> str:
    """Everything late or nearly, in the units one leads."""
    board = overdue_board(actor(), unit=request.args.get("unit") or None)
    most = max([row.open for row in board.workload], default=0) or 1
    days = max([day.count for day in board.next_days], default=0) or 1
    return render_template("overview.html", board=board, most=most, most_days=days)


@blueprint.get("/overview/deadlines")
@needs_sign_in
def deadlines_page() -> str:
    """What a figure of the board counts: the deadlines behind it."""
    chosen = {name: request.args[name] for name in ("unit", "key", "due_class") if request.args.get(name)}
    state = request.args.get("state", "overdue")
    found = deadlines(actor(), state=state, cursor=request.args.get("cursor"), **chosen)  # type: ignore[arg-type]  texts, checked there
    return render_template("deadlines.html", found=found, state=state, chosen=chosen)


@blueprint.post("/overview/reassignments")
@needs_sign_in
def reassign_chosen() -> Response:
    """Give the chosen tasks to one employee, each with the reason in its journal."""
    chosen = [UUID(task_id) for task_id in request.form.getlist("task")]
    to, reason = request.form.get("employee", ""), request.form.get("reason", "")
    for task_id in chosen:
        reassign_user_task(actor(), task_id=task_id, employee_id=UUID(to) if to else None, reason=reason)
    flash(say("{count} passed on. The reason stands in each journal.", count=len(chosen)), "success")
    return redirect(url_for("web.overview_page"), 303)
