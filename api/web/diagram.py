"""The running diagram: as a picture that the browser draws, and as the outline that says the same in words."""

from __future__ import annotations

from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import Response, render_template, request

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.steps import tree
from casework.operations.log_access import log_access
from casework.queries.diagram import diagram
from casework.queries.moving_instances.element_page import may_set_element


@blueprint.get("/instances/<uuid:instance_id>")
@needs_sign_in
def diagram_page(instance_id: UUID) -> str:
    """One instance: its diagram (`?process=` chooses a called one), done and present steps marked."""
    page = diagram(actor(), instance_id, process_id=request.args.get("process"))
    log_access(actor(), kind="read", subject="instance", subject_id=instance_id, case_id=page.case_id)
    main = page.outline[0].process_id if page.outline else page.process_id
    return render_template(
        "diagram.html",
        page=page,
        marked=by_state(page.markers),
        steps=tree(page.outline),
        main=(main, dict(page.processes).get(main, page.name)),
        may_set=may_set_element(actor(), instance_id),
    )


@blueprint.get("/instances/<uuid:instance_id>/diagram.bpmn")
@needs_sign_in
def diagram_file(instance_id: UUID) -> Response:
    """The BPMN that the instance runs on."""
    page = diagram(actor(), instance_id, process_id=request.args.get("process"))
    return Response(page.xml, content_type="application/xml")


def by_state(markers: dict[str, str]) -> dict[str, str]:
    """The element ids of each state, as the viewer reads them: parted by blanks. What waits is a present step too."""
    states = ("done", "now", "overdue", "waiting")
    ids = {state: " ".join(element for element, mark in markers.items() if mark == state) for state in states}
    return ids | {"now": " ".join(filter(None, (ids["now"], ids["waiting"], ids["overdue"])))}
