"""Process drafts: begin one, begin a new process, take the files away, lay files from elsewhere in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import Response, flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.refusals import Refused, refused
from api.web.words import say
from api.web.workshop import tabs  # noqa: F401  what templates of all pages of a draft call
from api.web.workshop.release import refused_here
from casework.errors import CaseworkError, InvalidError
from casework.i18n import message
from casework.operations.process_drafts.import_draft_files import import_draft_files
from casework.operations.process_drafts.start_imported_process import start_imported_process
from casework.operations.process_drafts.start_new_process import start_new_process
from casework.operations.process_drafts.start_process_draft import start_process_draft
from casework.queries.process_drafts.draft_head import draft_head
from casework.queries.process_drafts.exported_files import exported_files, zipped
from casework.queries.process_drafts.lane_choices import lane_choices
from casework.studio.incoming import MOST_ALL_BYTES

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

ZIP = "application/zip"


@blueprint.post("/processes/<process_id>/draft")
@needs_sign_in
def start_draft(process_id: str) -> AnyResponse:
    """Begin the draft of a process, with `version` from an earlier one; or open the one that is there."""
    version = request.form.get("version", type=int)
    draft = start_process_draft(actor(), process_id=process_id, from_version=version)
    return redirect(f"/process-drafts/{draft}", 303)


@blueprint.post("/processes/draft")
@needs_sign_in
def start_chosen_draft() -> AnyResponse:
    """The same for the process that was chosen from the list."""
    chosen = request.form.get("process_id", "")
    if not chosen:
        return redirect(url_for("web.processes_page"), 303)
    return start_draft(chosen)  # type: ignore[no-any-return]


@blueprint.get("/processes/new")
@needs_sign_in
def new_process_page() -> str:
    """What a new process is called, and who begins it."""
    return _new()


@blueprint.post("/processes/new")
@needs_sign_in
def start_new_process_here() -> AnyResponse | tuple[str, int]:
    """A draft that runs as it is begun."""
    words = {name: request.form.get(name, "").strip() for name in ("process_id", "name", "name_en", "lane")}
    try:
        draft = start_new_process(actor(), **words)
    except CaseworkError as error:
        back = refused("new", error)
        return _new(back), back.status
    return redirect(f"/process-drafts/{draft}", 303)


@blueprint.post("/processes/import")
@needs_sign_in
def start_imported_process_here() -> AnyResponse | tuple[str, int]:
    """A draft of the process that is in the files."""
    try:
        draft = start_imported_process(actor(), files=_uploaded())
    except CaseworkError as error:
        back = refused("import", error)
        return _new(back), back.status
    return redirect(url_for("web.release_draft_page", draft_id=draft, _anchor="findings"), 303)


@blueprint.get("/process-drafts/<uuid:draft_id>/files.zip")
@needs_sign_in
def draft_files_zip(draft_id: UUID) -> Response:
    """All files of the draft, as they would lie in a repository."""
    head = draft_head(actor(), draft_id)
    return _archive(zipped(exported_files(actor(), draft_id)), head.process_id)


@blueprint.get("/processes/files.zip")
@needs_sign_in
def released_files_zip() -> Response:
    """Everything that is released, with laws and letters."""
    return _archive(zipped(exported_files(actor())), "processes")


@blueprint.post("/process-drafts/<uuid:draft_id>/import")
@needs_sign_in
def import_draft_files_here(draft_id: UUID) -> AnyResponse | tuple[str, int]:
    """Lay what is uploaded into the draft: all of it or nothing."""
    try:
        process_id = draft_head(actor(), draft_id).process_id
        kept = import_draft_files(actor(), process_draft_id=draft_id, process_id=process_id, files=_uploaded())
    except CaseworkError as error:
        return refused_here(draft_id, "import", error)
    many = message("{count} files are laid into the draft. Look at the findings.", count=len(kept))
    one = message("1 file is laid into the draft. Look at the findings.")
    flash(say(one if len(kept) == 1 else many), "success")
    return redirect(url_for("web.release_draft_page", draft_id=draft_id, _anchor="findings"), 303)


def _uploaded() -> list[tuple[str, bytes]]:
    """Name and content of each; none of them read further than the largest upload."""
    given = [one for one in request.files.getlist("files") if one.filename]
    if not given:
        wrong = message("Choose a file.")
        raise InvalidError(wrong, {"files": [wrong]})
    return [(one.filename or "", one.stream.read(MOST_ALL_BYTES + 1)) for one in given]


def _new(back: Refused | None = None) -> str:
    lanes = [(choice.key, say(choice.name)) for choice in lane_choices(actor())]
    return render_template("workshop/new.html", lanes=lanes, refused=back)


def _archive(content: bytes, name: str) -> Response:
    plain = re.sub(r"[^A-Za-z0-9_-]", "_", name)
    headers = {"Content-Disposition": f'attachment; filename="{plain}.zip"'}
    return Response(content, content_type=ZIP, headers=headers)
