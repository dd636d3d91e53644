"""The overdue board, for those who answer for it: what is late, by which rule, with whom; and passing work on in bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.refusals import Refused, refused
from api.web.words import say
from casework.errors import CaseworkError, ConflictError, InvalidError
from casework.i18n import message
from casework.operations.reassign_user_tasks import reassign_user_tasks
from casework.operations.undo_reassignment import undo_reassignment
from casework.queries.deadlines import deadlines
from casework.queries.forecast import likely_late_soon
from casework.queries.last_reassignment import last_reassignment
from casework.queries.overdue_board import LONGEST, MOST_ROWS, overdue_board
from casework.queries.substitutes_page import substitutes_today

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

STATES = ("overdue", "soon", "paused", "running", "met")
FILTERS = ("unit", "key", "due_class")


@blueprint.get("/overview")
@needs_sign_in
def overview_page() -> str:
    """Everything late or nearly, in the units one leads."""
    return _shown()


@blueprint.get("/overview/deadlines")
@needs_sign_in
def deadlines_page() -> str:
    """What a figure of the board counts: the deadlines behind it."""
    state, chosen = deadlines_asked()
    found = deadlines(actor(), state=state, cursor=request.args.get("cursor"), **chosen)
    return render_template("overview/deadlines.html", found=found, state=state, chosen=chosen)


def deadlines_asked() -> tuple[str, dict[str, Any]]:
    """The state and the filters that the address names."""
    chosen = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    asked = request.args.get("state", "")
    return asked if asked in STATES else STATES[0], chosen


@blueprint.post("/overview/reassignments")
@needs_sign_in
def reassign_chosen() -> Response | tuple[str, int]:
    """Give the chosen tasks to one employee, each with the reason in its journal.

    Each is a change of its own: what a colleague has finished meanwhile does not hold the others back.
    """
    try:
        tasks, to = _chosen()
        done = reassign_user_tasks(actor(), task_ids=tasks, employee_id=to, reason=request.form.get("reason", ""))
    except CaseworkError as error:
        back = refused("bulk", error)
        return _shown(back), back.status
    if done.count:
        flash(say("{count} passed on. The reason stands in each journal.", count=done.count), "success")
    for reason in done.left:
        flash(say("One was not passed on: {reason}", reason=reason), "warning")
    return redirect(url_for("web.overview_page", unit=request.form.get("unit") or None), 303)


@blueprint.post("/overview/reassignments/<uuid:reassignment_id>/undoing")
@needs_sign_in
def undo_chosen(reassignment_id: UUID) -> Response:
    """Put back what nobody has touched since, and say what could not be put back."""
    try:
        done = undo_reassignment(actor(), reassignment_id=reassignment_id)
    except ConflictError as error:
        flash(say(error.message), "warning")
        return redirect(url_for("web.overview_page"), 303)
    if done.count:
        flash(say("{count} put back to who had them.", count=done.count), "success")
    for reason in done.left:
        flash(say("Not put back: {reason}", reason=reason), "warning")
    return redirect(url_for("web.overview_page"), 303)


def _chosen() -> tuple[list[UUID], UUID]:
    tasks, to = request.form.getlist("task", type=UUID), request.form.get("employee_id", type=UUID)
    wrong = {}
    if not tasks:
        wrong["task"] = [message("Choose the tasks that are to be passed on.")]
    if to is None:
        wrong["employee_id"] = [message("Choose who shall have them.")]
    if not request.form.get("reason", "").strip():
        wrong["reason"] = [message("Say why.")]
    if wrong or to is None:
        raise InvalidError(message("Nothing was passed on."), wrong)
    return tasks, to


def _shown(back: Refused | None = None) -> str:
    unit = request.args.get("unit") or request.form.get("unit") or None
    board = overdue_board(actor(), unit=unit, rows=MOST_ROWS if "longest" in request.values else LONGEST)
    most = max([row.open for row in board.workload], default=0) or 1
    days = max([day.count for day in board.next_days], default=0) or 1
    staff = [(row.employee.id, f"{row.employee.name} ({row.open})") for row in board.workload if row.employee]
    return render_template(
        "overview/page.html",
        board=board,
        most=most,
        most_days=days,
        staff=staff,
        unit=unit,
        refused=back,
        substitutes=substitutes_today(actor()),
        last=last_reassignment(actor()),
        likely_late=likely_late_soon(actor(), unit=unit),
    )
