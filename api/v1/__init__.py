"""The JSON API for other systems, version 1: OpenAPI 3.1 at /api/v1/openapi.json, errors as problem details (RFC 9457).

One module for each kind of thing; each address is declared with `endpoint`, and what is common to all is said in `description`.
"""

from __future__ import annotations

from apiflask import APIBlueprint

blueprint = APIBlueprint("v1", __name__, url_prefix="/api/v1")

from api.v1 import (  # noqa: E402, F401  the modules add their routes to the blueprint
    cases,
    corrections,
    deadlines,
    event_log,
    files,
    guard,
    handoffs,
    incidents,
    instance_moves,
    messages,
    notifications,
    packages,
    process_drafts,
    process_requests,
    processes,
    reports,
    tasks,
    team,
    webhooks,
)
