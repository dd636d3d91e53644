"""The event log of a process for process mining, pseudonymised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from flask import Response
from pydantic import Field

from api.v1.endpoint import endpoint
from api.v1.shapes import Day, In
from casework.operations.take_event_log import take_event_log
from casework.queries.event_log import asked, ocel, xes

if TYPE_CHECKING:
    from casework.queries.event_log import LogAsked as EventLogAsked
    from casework.queries.load_actor import Actor

WRITE = "processes:write"
Version = Annotated[int, Field(ge=1, le=1_000_000)]


class LogAsked(In):
    """Which instances."""

    version: Version | None = None
    """Without it those of all versions."""
    first: Day | None = None
    """First day on which they were started."""
    last: Day | None = None
    """Last day, counted."""


@endpoint("GET /processes/<process_id>/event-log/xes", scope=WRITE, chosen=LogAsked, media_type="application/xml")
def take_xes(who: Actor, process_id: str, chosen: LogAsked) -> Response:
    """Take the event log of a process as XES, pseudonymised. It is noted in the history of the process."""
    wanted = _taken(who, process_id, chosen, "xes")
    return Response(xes(wanted), content_type="application/xml")


@endpoint("GET /processes/<process_id>/event-log/ocel", scope=WRITE, chosen=LogAsked, media_type="application/json")
def take_ocel(who: Actor, process_id: str, chosen: LogAsked) -> Response:
    """Take the event log of a process as OCEL 2.0, pseudonymised. It is noted in the history of the process."""
    wanted = _taken(who, process_id, chosen, "ocel")
    return Response(ocel(wanted), content_type="application/json")


def _taken(who: Actor, process_id: str, chosen: LogAsked, kind: str) -> EventLogAsked:
    wanted = asked(who, process_id, version=chosen.version, first=chosen.first, last=chosen.last)
    take_event_log(who, process_id=process_id, kind=kind)
    return wanted
