"""The event log of a process, to take away for tools of process mining."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, render_template, request

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.numbers import number_asked
from api.web.refusals import Refused, refused
from api.web.workshop.moments import day_asked
from casework.errors import CaseworkError
from casework.operations.take_event_log import take_event_log
from casework.queries.event_log import asked, ocel, xes
from casework.queries.process_versions import process_versions

if TYPE_CHECKING:
    from casework.queries.event_log import LogAsked

_FILES: dict[str, tuple[Any, str, str]] = {
    "xes": (xes, "application/xml", "xes"),
    "ocel": (ocel, "application/json", "jsonocel"),
}


@blueprint.get("/processes/<process_id>/event-log")
@needs_sign_in
def event_log_page(process_id: str) -> str:
    """What is in it and what is not, and what to take."""
    asked(actor(), process_id)
    return _shown(process_id)


@blueprint.post("/processes/<process_id>/event-log")
@needs_sign_in
def event_log_file(process_id: str) -> Response | tuple[str, int]:
    """The file, written as it is read; that somebody took it stands in the history of the process."""
    try:
        wanted = _asked(process_id)
        make, content_type, ending = _FILES.get(request.form.get("kind", ""), _FILES["xes"])
        take_event_log(actor(), process_id=process_id, kind=request.form.get("kind", "xes"))
    except CaseworkError as error:
        back = refused("log", error)
        return _shown(process_id, back), back.status
    response = Response(make(wanted), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{process_id}.{ending}"'
    return response


def _asked(process_id: str) -> LogAsked:
    number = number_asked(request.form.get("version"))
    return asked(actor(), process_id, version=number, first=day_asked("first"), last=day_asked("last"))


def _shown(process_id: str, back: Refused | None = None) -> str:
    rows = process_versions(actor(), process_id=process_id)
    return render_template("workshop/event_log.html", rows=rows, row=rows[0], process_id=process_id, refused=back)
