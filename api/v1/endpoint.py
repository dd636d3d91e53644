"""Declares one address of the API: who may, what is heard, what is said. What the description tells comes from here too."""

from __future__ import annotations

from functools import partial, wraps
from typing import TYPE_CHECKING, Any

from flask import current_app

from api.v1 import (
    blueprint,
    incoming,  # noqa: F401  it reads the requests of every endpoint
)
from api.v1.guard import caller, once

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response

    from api.v1.shapes import In, Out
    from casework.queries.load_actor import Actor

    View = Callable[..., Any]

#: Where `description` finds what it says of an endpoint.
NOTES = "x-notes"


def endpoint(
    rule: str,
    *,
    scope: str,
    chosen: type[In] | None = None,
    body: type[In] | None = None,
    gives: type[Out] | None = None,
    status: int = 200,
    media_type: str = "",
    if_match: bool = False,
    etag: bool = False,
    only_reads: bool = False,
) -> Callable[[View], View]:
    """Declare it as `METHOD /path`. The view gets who calls, the parts of the path, `chosen` (the query) and `body`.

    Without `gives` the view answers by itself with `media_type`, or with nothing (204). `if_match`: it honours `If-Match`;
    `etag`: what it gives has a `version`, which becomes its `ETag`. A POST honours `Idempotency-Key`, unless it `only_reads`.
    """
    method, path = rule.split(" ")
    is_done_once = method == "POST" and not only_reads
    notes = {
        "scope": scope,
        "only_reads": method == "GET" or only_reads,
        "is_done_once": is_done_once,
        "if_match": if_match,
        "etag": etag,
        "media_type": media_type,
        "may_be_empty": body is not None and not any(f.is_required() for f in body.model_fields.values()),
    }

    def declare(view: View) -> View:
        shown: View = blueprint.output(gives, status_code=status)(view) if gives else view

        @wraps(shown)
        def answered(who: Actor, **given: Any) -> Response:
            work = partial(shown, who, **given)
            response = once(work) if is_done_once else current_app.make_response(work())
            return _tagged(response) if etag else response

        heard: View = answered
        if body:
            heard = blueprint.input(body, arg_name="body")(heard)
        if chosen:
            heard = blueprint.input(chosen, location="query", arg_name="chosen")(heard)

        @wraps(heard)
        def guarded(**given: Any) -> Response:
            return heard(who=caller(scope), **given)  # type: ignore[no-any-return]

        described = blueprint.doc(operation_id=view.__name__, extensions={NOTES: notes})(guarded)
        blueprint.route(path, methods=[method])(described)
        return view

    return declare


def _tagged(response: Response) -> Response:
    body: Any = response.get_json(silent=True)
    response.headers["ETag"] = f'"{body["version"]}"'
    return response
