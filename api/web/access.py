"""The access log, for auditors: who looked at which case when, and what was searched for."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from casework.queries.access_log import access_log


@blueprint.get("/access")
@needs_sign_in
def access_page() -> str:
    """Newest first; `?case=` shows one case."""
    chosen = request.args.get("case", type=UUID)
    log = access_log(actor(), case_id=chosen, cursor=request.args.get("cursor"))
    return render_template("access.html", log=log, chosen=chosen)
