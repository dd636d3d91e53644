"""Running instances on another version: who stands where, what becomes what, what would change, and how the batch goes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.numbers import number_asked
from api.web.refusals import Refused, refused
from api.web.words import say
from casework.errors import CaseworkError, ConflictError
from casework.i18n import message
from casework.operations.moving_instances.start_instance_move import start_instance_move
from casework.operations.moving_instances.steer_move import (
    move_instances_back,
    resume_instance_move,
    stop_instance_move,
)
from casework.queries.moving_instances.move_page import move_page
from casework.queries.moving_instances.move_status import move_status

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.datastructures import MultiDict
    from werkzeug.wrappers import Response

    from casework.queries.moving_instances.move_page import MovePage

    Answer = Response | tuple[str, int]

_PAIR = "pair:"
#: What becomes of a batch, by the word in its address.
_STEERED = {"stop": stop_instance_move, "resume": resume_instance_move}


@blueprint.get("/processes/<process_id>/move")
@needs_sign_in
def move_instances_page(process_id: str) -> str:
    """`?from=` and `?to=` are numbers of versions, `?part=` that of a part where there are very many."""
    return _shown(process_id, _page(process_id, request.args))


@blueprint.post("/processes/<process_id>/move")
@needs_sign_in
def move_instances(process_id: str) -> Answer:
    """Look again with other choices (`do=preview`), or have the chosen groups moved, unless other choices were made since."""
    page = _page(process_id, request.form)
    if request.form.get("do") != "start":
        return _shown(process_id, page), 200
    try:
        _require_seen(page)
        move_id = start_instance_move(
            actor(),
            from_version_id=page.old.process_version_id,
            to_version_id=page.new.process_version_id,
            pairs=page.pairs,
            reason=request.form.get("reason", ""),
            instance_ids=page.chosen(request.form.getlist("group")),
            branches=page.branches,
        )
    except CaseworkError as error:
        back = refused("move", error)
        return _shown(process_id, page, back), back.status
    return redirect(url_for("web.move_status_page", move_id=move_id), 303)


@blueprint.get("/instance-moves/<uuid:move_id>")
@needs_sign_in
def move_status_page(move_id: UUID) -> str:
    """How far it is, what was refused and why."""
    return _status(move_id)


@blueprint.get("/instance-moves/<uuid:move_id>/progress")
@needs_sign_in
def move_progress(move_id: UUID) -> str:
    """The part of the page that changes while it goes on."""
    return render_template("workshop/moving_progress.html", status=move_status(actor(), move_id), refused=None)


@blueprint.post("/instance-moves/<uuid:move_id>/<any(stop, resume):verb>")
@needs_sign_in
def steer_move(move_id: UUID, verb: str) -> Answer:
    """Stop it, or let it go on."""

    def steer() -> UUID:
        _STEERED[verb](actor(), move_id=move_id)
        return move_id

    return _tried(move_id, verb, steer)


@blueprint.post("/instance-moves/<uuid:move_id>/back")
@needs_sign_in
def move_back(move_id: UUID) -> Answer:
    """Move those that were moved to where they came from: a batch of its own."""
    reason = request.form.get("reason", "")
    return _tried(move_id, "back", lambda: move_instances_back(actor(), move_id=move_id, reason=reason))


def _tried(move_id: UUID, form: str, work: Callable[[], UUID]) -> Answer:
    try:
        shown = work()
    except CaseworkError as error:
        back = refused(form, error)
        return _status(move_id, back), back.status
    if form == "back":
        flash(say("They are being moved back."), "success")
    return redirect(url_for("web.move_status_page", move_id=shown), 303)


def _status(move_id: UUID, back: Refused | None = None) -> str:
    return render_template("workshop/moving_status.html", status=move_status(actor(), move_id), refused=back)


def _page(process_id: str, given: MultiDict[str, str]) -> MovePage:
    return move_page(
        actor(),
        process_id,
        old=number_asked(given.get("from")),
        new=number_asked(given.get("to")),
        chosen={name.removeprefix(_PAIR): value for name, value in given.items() if name.startswith(_PAIR)},
        branches=given.get("branches", ""),
        part=number_asked(given.get("part")) or 1,
    )


def _require_seen(page: MovePage) -> None:
    """What would become of them, with the choices made, was on the page that is sent."""
    if not _is_as_seen(page):
        raise ConflictError(
            message("You have chosen otherwise since you looked. See what becomes of them now, and then move them.")
        )


def _is_as_seen(page: MovePage) -> bool:
    return request.form.get("shown") == page.shown


def _shown(process_id: str, page: MovePage, back: Refused | None = None) -> str:
    return render_template(
        "workshop/moving.html",
        process_id=process_id,
        page=page,
        refused=back,
        chosen_groups=request.form.getlist("group") if _is_as_seen(page) else [g.key for g in page.groups if g.moves],
        rows=[row for row in page.rows if row.needs_a_look],
        same=[row for row in page.rows if not row.needs_a_look],
    )
