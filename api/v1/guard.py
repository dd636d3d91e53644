"""What every call must pass: a key or a session, the scope, the version it was read at, and the answer given before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask import Response, current_app, g, json, request

from api.security import csrf
from api.signed_in import actor, calling_system
from api.v1 import blueprint
from casework.errors import InvalidError
from casework.i18n import message
from casework.operations.answer_once import Answer, answer_once

if TYPE_CHECKING:
    from collections.abc import Callable

    from casework.queries.load_actor import Actor

#: As they stand in the description too.
KEY_PATTERN, TAG_PATTERN = r"^[!-~]{1,200}$", r'^"[0-9]{1,9}"$'
MATCH_PATTERN = r'^("[0-9]{1,9}"|\*)$'
_KEY, _MATCH = re.compile(KEY_PATTERN), re.compile(MATCH_PATTERN)

csrf.exempt(blueprint)


@blueprint.before_request
def identify() -> None:
    """A service account by key, else the signed-in employee, who then needs the CSRF token as on the pages."""
    if request.method == "OPTIONS":
        return
    if "Authorization" in request.headers:
        g.caller = calling_system()
    else:
        g.caller = actor()
        csrf.protect()


def caller(scope: str) -> Actor:
    """Who calls, when allowed to: a service account needs `scope`; an employee is bound by role and unit as on the pages."""
    who: Actor = g.caller
    who.require_scope(scope)
    return who


def expected_version() -> int | None:
    """The version in `If-Match`, None without one. Weak tags are no versions of ours."""
    tag = request.headers.get("If-Match", "*").strip()
    if tag == "*":
        return None
    if not _MATCH.fullmatch(tag):
        wrong = message("If-Match must be the ETag that the task or hand-off was read with.")
        raise InvalidError(wrong, {"If-Match": [wrong]})
    return int(tag.strip('"'))


def once(view: Callable[[], Any]) -> Response:
    """Call `view`, or under a known `Idempotency-Key` give the answer that it gave before."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return current_app.make_response(view())
    if not _KEY.fullmatch(key):
        wrong = message("An Idempotency-Key has 1 to 200 visible characters of ASCII.")
        raise InvalidError(wrong, {"Idempotency-Key": [wrong]})
    answer = answer_once(g.caller, key=key, request=_request(), work=lambda: _answer(view))
    response = current_app.make_response((json.jsonify(answer.body), answer.status))
    if answer.is_again:
        response.headers["Idempotent-Replayed"] = "true"
    return response


def _answer(view: Callable[[], Any]) -> Answer:
    response = current_app.make_response(view())
    return Answer(response.status_code, response.get_json(silent=True))


def _request() -> bytes:
    return b"\n".join((request.method.encode(), request.full_path.encode(), request.get_data()))
