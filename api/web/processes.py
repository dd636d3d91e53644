"""The released processes, for those who own them: versions, running instances, and each diagram to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import Response, flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.notices import seen
from api.web.refusals import Refused, refused
from api.web.words import say
from casework.errors import CaseworkError, InvalidError, NotFoundError
from casework.i18n import message
from casework.operations.process_drafts.go_back_to_version import go_back_to_version
from casework.operations.process_drafts.retire_process import retire_process
from casework.queries.process_diagram import process_diagram
from casework.queries.process_drafts.draft_list import draft_list
from casework.queries.process_drafts.open_requests import open_requests
from casework.queries.process_drafts.ownership import owns_processes, sees_drafts
from casework.queries.process_drafts.process_history import process_history
from casework.queries.process_drafts.version_notes import version_notes
from casework.queries.process_drafts.way_back_seen import way_back_seen
from casework.queries.process_versions import process_versions
from casework.queries.reports.report import sees_figures

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from casework.queries.process_versions import ProcessRow


#: Æ, Ø and Å stand at the end, in this order.
_ALPHABET = str.maketrans({"æ": "{a", "ø": "{b", "å": "{c"})


@blueprint.get("/processes")
@needs_sign_in
def processes_page() -> str:
    """Every version by name, the newest first; what cases start by themselves after what people start."""
    for kind in ("process_request", "process_request_decided", "process_changed"):
        seen(kind=kind)
    return processes_shown()


def processes_shown(back: Refused | None = None) -> str:
    """The page, with what was refused on it."""
    rows = sorted(process_versions(actor()), key=lambda row: say(row.name).casefold().translate(_ALPHABET))
    startable = [row for row in rows if row.is_startable]
    return render_template(
        "process/list.html",
        startable=startable,
        parts=[row for row in rows if row not in startable],
        drafts=draft_list(actor()),
        requests=open_requests(actor()),
        names={row.process_id: row.name for row in reversed(rows)},
        refused=back,
        owns=owns_processes(actor()),
        sees_drafts=sees_drafts(actor()),
    )


@blueprint.get("/processes/<uuid:version_id>")
@needs_sign_in
def process_page(version_id: UUID) -> str:
    """One version's diagram; `?process=` shows one that it calls."""
    return _shown(version_id)


@blueprint.post("/processes/<uuid:version_id>/put-back")
@needs_sign_in
def put_back_version(version_id: UUID) -> AnyResponse | tuple[str, int]:
    """Go back to this version, which was released before."""
    row = _row(version_id)
    try:
        back = go_back_to_version(
            actor(), process_id=row.process_id, version=row.version, reason=request.form.get("reason", "")
        )
    except CaseworkError as error:
        return _refused(version_id, "put-back", error)
    if back.waits_for:
        flash(say("A team leader is asked. Nothing is changed before somebody agrees."), "info")
        return redirect(url_for("web.process_page", version_id=version_id), 303)
    others = len(back.versions) - 1
    flash(say("Version {version} is the released one again.", version=row.version), "success")
    if others:
        many = message("With it {count} other processes went back.", count=others)
        flash(say(many if others > 1 else message("With it 1 other process went back.")), "info")
    return redirect(url_for("web.process_page", version_id=version_id), 303)


@blueprint.post("/processes/<uuid:version_id>/retirement")
@needs_sign_in
def retire_process_here(version_id: UUID) -> AnyResponse | tuple[str, int]:
    """Ask that no new case starts on the process any more."""
    try:
        needs = retire_process(actor(), process_id=_row(version_id).process_id, reason=request.form.get("reason", ""))
    except CaseworkError as error:
        return _refused(version_id, "retire", error)
    leader, owner = (
        message("A team leader is asked. Nothing is changed before somebody agrees."),
        message("The other process owners are asked. Nothing is changed before one of them agrees."),
    )
    flash(say(leader if needs == "leader" else owner), "info")
    return redirect(url_for("web.process_page", version_id=version_id), 303)


def _refused(version_id: UUID, form: str, error: CaseworkError) -> tuple[str, int]:
    if isinstance(error, InvalidError):
        error.fields = {name: said for name, said in error.fields.items() if name == "reason"}
    back = refused(form, error)
    return _shown(version_id, back), back.status


def _row(version_id: UUID) -> ProcessRow:
    row = next((row for row in process_versions(actor()) if row.process_version_id == version_id), None)
    if row is None:
        raise NotFoundError(message("There is no such process."))
    return row


def _shown(version_id: UUID, back: Refused | None = None) -> str:
    rows, row = process_versions(actor()), _row(version_id)
    names = {one.process_id: one.name for one in reversed(rows)}
    shown = request.args.get("process")
    return render_template(
        "process/page.html",
        row=row,
        called=[(key, names.get(key, key)) for key in row.calls],
        shown=shown,
        title=names.get(shown or "", row.name),
        sees_heat=sees_figures(actor()),
        versions=[one for one in rows if one.process_id == row.process_id],
        notes=version_notes(actor(), row.process_id),
        names=names,
        draft=next((one for one in draft_list(actor()) if one.process_id == row.process_id), None),
        owns=owns_processes(actor()),
        requests=[one for one in open_requests(actor()) if one.process_id == row.process_id],
        way=way_back_seen(actor(), version_id) if owns_processes(actor()) and row.state != "released" else None,
        history=process_history(actor(), row.process_id) if sees_drafts(actor()) else (),
        refused=back,
    )


@blueprint.get("/processes/<uuid:version_id>/diagram.bpmn")
@needs_sign_in
def process_file(version_id: UUID) -> Response:
    """The BPMN as it was released."""
    xml = process_diagram(actor(), version_id, request.args.get("process"))
    return Response(xml, content_type="application/xml")
