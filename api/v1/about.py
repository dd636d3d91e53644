"""What the OpenAPI document says in words, and of problems and headers (`description` puts it in its places)."""

from __future__ import annotations

from typing import Any

from api.v1.guard import KEY_PATTERN, MATCH_PATTERN, TAG_PATTERN

TEXT = """The JSON API of Sagsgang for other systems.

- **Who calls**: a service account by its key (`Authorization: Bearer …`), bound by its scopes (`x-scopes` of each operation) \
and to the cases of its unit; or a signed-in employee by session cookie, with the token of the pages in `X-CSRFToken`. What \
may not be seen does not exist: 404.
- **Lists** page by cursor: send `next_cursor` of one page as `cursor` of the next. Nothing is skipped or given twice while \
rows come and go.
- **Versions**: tasks, hand-offs and cases carry an `ETag`. With `If-Match` nothing newer is overwritten: 409 says in `changed` \
what differs.
- **Once**: a `POST` with an `Idempotency-Key` is done once. The same request again gives the same answer \
(`Idempotent-Replayed: true`), another one under the same key is refused (422), one that is being worked on too (409). Kept \
for 30 days. What was refused changed nothing and is not kept: mend it and send it again under the same key.
- **Errors** are problem details (RFC 9457) in the language of `Accept-Language` (da or en); `errors` names each wrong field.
- **Time**: instants are ISO 8601 with their zone, days are ISO days.
- CPR numbers are taken and never given: they come masked, as `140314-••••`. A mask that comes back unchanged stands for the \
number that is known."""

TAGS = {
    "Notifications": "Notifications of concern come in.",
    "Cases": "One child's matter, with its journal.",
    "Tasks": "What processes await from people.",
    "Hand-offs": "One unit asks another to take something over.",
    "Packages": "Measures for a child, planned and priced from start to end.",
    "Messages": "What processes await from elsewhere.",
    "Deadlines": "Promised dates, and how they stand.",
    "Processes": "What is released, what runs on it, and the drafts that change it.",
    "Incidents": "Processes that stand still.",
    "Reports": "The standing reports, with figures that open into their cases.",
    "Webhooks": "Which systems outside get which messages.",
}
#: Words of a path, and the tag that they mean; the last one counts.
TAG_OF = {
    "notifications": "Notifications",
    "cases": "Cases",
    "instances": "Cases",
    "tasks": "Tasks",
    "handoffs": "Hand-offs",
    "packages": "Packages",
    "messages": "Messages",
    "deadlines": "Deadlines",
    "process-versions": "Processes",
    "process-drafts": "Processes",
    "process-requests": "Processes",
    "instance-moves": "Processes",
    "processes": "Processes",
    "incidents": "Incidents",
    "files": "Tasks",
    "documents": "Cases",
    "reports": "Reports",
    "webhooks": "Webhooks",
}
PROBLEMS = {
    400: "The request cannot be read: no JSON, or the CSRF token is missing.",
    401: "No key, an unknown key, or no session.",
    403: "The key lacks the scope, or the caller sees it but may not do this.",
    404: "It does not exist, or the caller may not see it.",
    409: "Somebody was here first: `changed` says what differs. Or the same request is being worked on.",
    413: "Too large. Nothing was saved.",
    415: "The body must be `application/json`.",
    422: "Something is missing or wrong: `errors` names each field. Nothing was saved.",
    429: "Too many tries; `Retry-After` says when to come again.",
}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "pattern": "^urn:sagsgang:problem:", "description": "Stable, meant for programs."},
        "title": {"type": "string", "description": "A sentence in the reader's language."},
        "status": {"type": "integer"},
        "errors": {
            "type": "object",
            "description": "What is wrong, by field: `foraeldre.0.navn`.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "changed": {"type": "object", "description": "What is different now from what the caller worked on."},
    },
}
HEADERS: dict[str, tuple[str, dict[str, Any]]] = {
    "ETag": ("The version, for `If-Match`.", {"type": "string", "pattern": TAG_PATTERN}),
    "Idempotent-Replayed": ("`true`: it was not done now, but at the first request.", {"const": "true"}),
    "WWW-Authenticate": ("How to say who one is.", {"type": "string"}),
    "Retry-After": ("Seconds.", {"type": "integer"}),
}
PARAMETERS: dict[str, tuple[str, dict[str, Any]]] = {
    "Accept-Language": ("Language of sentences: `da` (default) or `en`.", {"type": "string"}),
    "If-Match": ("The `ETag` that it was read with; `*` fits all.", {"type": "string", "pattern": MATCH_PATTERN}),
    "Idempotency-Key": (
        "Chosen by the caller, one for each thing to be done.",
        {"type": "string", "pattern": KEY_PATTERN, "maxLength": 200},
    ),
}
