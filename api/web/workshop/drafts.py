"""Process drafts: begin one, begin a new process, put one aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.workshop import tabs  # noqa: F401  what templates of all pages of a draft call
from casework.operations.process_drafts.start_process_draft import start_process_draft

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.post("/processes/<process_id>/draft")
@needs_sign_in
def start_draft(process_id: str) -> Response:
    """Begin the draft of a process, or open the one that is there."""
    draft = start_process_draft(actor(), process_id=process_id)
    return redirect(f"/process-drafts/{draft}", 303)
