"""The released processes, for those who own them: versions, running instances, and each diagram to look at."""

from __future__ import annotations

from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import Response, render_template, request

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from casework.queries.process_diagram import process_diagram
from casework.queries.process_versions import process_versions


@blueprint.get("/processes")
@needs_sign_in
def processes_page() -> str:
    """Every version, the newest of each process first."""
    return render_template("processes.html", rows=process_versions(actor()))


@blueprint.get("/processes/<uuid:version_id>")
@needs_sign_in
def process_page(version_id: UUID) -> str:
    """One version's diagram; `?process=` shows one that it calls."""
    row = next((row for row in process_versions(actor()) if row.process_version_id == version_id), None)
    return render_template("process.html", row=row, version_id=version_id, shown=request.args.get("process"))


@blueprint.get("/processes/<uuid:version_id>/diagram.bpmn")
@needs_sign_in
def process_file(version_id: UUID) -> Response:
    """The BPMN as it was released."""
    xml = process_diagram(actor(), version_id, request.args.get("process"))
    return Response(xml, content_type="application/xml")
