"""What every call must pass: a key or a session, the scope, and the answer to the same call made before."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask import Response, after_this_request, g, json, request

from api.security import csrf
from api.signed_in import calling_system
from api.v1 import blueprint
from casework.errors import InvalidError
from casework.i18n import message
from casework.operations.remember_answer import begin_request, finish_request, forget_request

if TYPE_CHECKING:
    from casework.queries.load_actor import Actor

MAX_KEY = 200

csrf.exempt(blueprint)


def caller(scope: str) -> Actor:
    """Who calls, when allowed to: a service account needs `scope`; an employee is bound by role and unit as on the pages."""
    who: Actor = g.caller
    who.require_scope(scope)
    return who


def expected_version() -> int | None:
    """The version in `If-Match`, None without one. Weak tags are no versions of ours."""
    tag = request.headers.get("If-Match", "").strip()
    if not tag or tag == "*":
        return None
    if tag.startswith('"') and tag.endswith('"') and tag[1:-1].isdecimal() and len(tag) < MAX_KEY:
        return int(tag[1:-1])
    wrong = message("If-Match must be the ETag that the task or hand-off was read with.")
    raise InvalidError(wrong, {"If-Match": [wrong]})


@blueprint.before_request
def identify() -> None:
    """A service account by key, else the signed-in employee, who then needs the CSRF token as on the pages."""
    if "Authorization" not in request.headers:
        csrf.protect()
    g.caller = calling_system()


@blueprint.before_request
def answer_again() -> Response | None:
    """The same request under the same key: the same answer, nothing done twice."""
    key = request.headers.get("Idempotency-Key", "")
    if not key or request.method != "POST":
        return None
    if len(key) > MAX_KEY:
        wrong = message("An Idempotency-Key has at most {most} characters.", most=MAX_KEY)
        raise InvalidError(wrong, {"Idempotency-Key": [wrong]})
    words = (request.method.encode(), request.full_path.encode(), request.get_data())
    earlier = begin_request(g.caller, key=key, fingerprint=hashlib.sha256(b"\n".join(words)).digest())
    if earlier is not None:
        kind = "application/json" if earlier.status < 400 else "application/problem+json"  # noqa: PLR2004
        return Response(json.dumps(earlier.body), earlier.status, content_type=kind)
    after_this_request(lambda response: _remember(key, response))
    return None


def _remember(key: str, response: Response) -> Response:
    """Keep what is final. What may go differently next time (our own fault, too many calls) is forgotten."""
    if response.status_code >= 500 or response.status_code == 429:  # noqa: PLR2004
        forget_request(g.caller, key=key)
    else:
        finish_request(g.caller, key=key, status=response.status_code, body=response.get_json(silent=True))
    return response
