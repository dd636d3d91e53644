"""The released processes, for those who own them: versions, running instances, and each diagram to look at."""

from __future__ import annotations

from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import Response, render_template, request

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from casework.errors import NotFoundError
from casework.i18n import message
from casework.queries.process_diagram import process_diagram
from casework.queries.process_versions import process_versions
from casework.queries.reports.report import sees_figures


@blueprint.get("/processes")
@needs_sign_in
def processes_page() -> str:
    """Every version, the newest of each process first; what cases start by themselves after what people start."""
    rows = process_versions(actor())
    startable = [row for row in rows if row.is_startable]
    return render_template(
        "process/list.html", startable=startable, parts=[row for row in rows if row not in startable]
    )


@blueprint.get("/processes/<uuid:version_id>")
@needs_sign_in
def process_page(version_id: UUID) -> str:
    """One version's diagram; `?process=` shows one that it calls."""
    rows = process_versions(actor())
    row = next((row for row in rows if row.process_version_id == version_id), None)
    if row is None:
        raise NotFoundError(message("There is no such process."))
    names = {one.process_id: one.name for one in reversed(rows)}
    called = [(key, names.get(key, key)) for key in row.calls]
    shown = request.args.get("process")
    return render_template(
        "process/page.html",
        row=row,
        called=called,
        shown=shown,
        title=names.get(shown or "", row.name),
        sees_heat=sees_figures(actor()),
        others=[one for one in rows if one.process_id == row.process_id and one is not row],
    )


@blueprint.get("/processes/<uuid:version_id>/diagram.bpmn")
@needs_sign_in
def process_file(version_id: UUID) -> Response:
    """The BPMN as it was released."""
    xml = process_diagram(actor(), version_id, request.args.get("process"))
    return Response(xml, content_type="application/xml")
