"""The JSON API for other systems, version 1: OpenAPI 3.1 at /api/v1/openapi.json, errors as problem details (RFC 9457).

Lists page by `cursor`. Tasks and hand-offs carry an `ETag`; with `If-Match` nothing newer is overwritten (409 says what
changed). `POST` takes an `Idempotency-Key`: the same request again gives the same answer and does nothing twice.
"""

from __future__ import annotations

from apiflask import APIBlueprint

blueprint = APIBlueprint("v1", __name__, url_prefix="/api/v1")

from api.v1 import (  # noqa: E402, F401  the modules add their routes to the blueprint
    cases,
    deadlines,
    guard,
    handoffs,
    incidents,
    messages,
    notifications,
    processes,
    tasks,
)
