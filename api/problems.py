"""The one map from errors to HTTP: RFC 9457 problem details for programs, a page for people. No traceback leaves here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from flask import Response, json, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from api.language import reader_language
from casework.errors import CaseworkError, ConflictError, ForbiddenError, InvalidError, LimitError, NotFoundError
from casework.i18n import Message, message

if TYPE_CHECKING:
    from flask import Flask

MEDIA_TYPE = "application/problem+json"


class MalformedError(CaseworkError):
    """The request cannot even be read, so nobody can say which field is wrong."""

    code = "malformed"


#: The first that fits counts.
STATUS: tuple[tuple[type[CaseworkError], int], ...] = (
    (MalformedError, 400),
    (NotFoundError, 404),
    (ForbiddenError, 403),
    (ConflictError, 409),
    (LimitError, 413),
    (InvalidError, 422),
    (CaseworkError, 422),
)
HTTP_TEXTS = {
    400: message("The request cannot be understood."),
    401: message("You must sign in first."),
    403: message("You may not do this."),
    404: message("It does not exist, or you have no access to it."),
    405: message("This cannot be done at this address."),
    413: message("This is too large. Nothing was saved."),
    415: message("The content type is not understood."),
    429: message("Too many tries. Wait a minute, then try again."),
    500: message("Something went wrong on our side. Nothing was changed. Try again, or tell the administrator."),
}
#: What an error of HTTP may tell beside its text.
_HEADERS = frozenset({"allow", "retry-after", "www-authenticate"})

log = structlog.get_logger()


def register(app: Flask) -> None:
    """Answer every error of the application here."""
    app.register_error_handler(CaseworkError, _refused)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _bug)


def status_of(error: CaseworkError) -> int:
    """The HTTP status that says what `error` is."""
    return next(status for kind, status in STATUS if isinstance(error, kind))


def problem(status: int, title: Message, code: str, **more: Any) -> Response:
    """Problem details (RFC 9457) with `code` as a stable type; `more` are extension members."""
    body = {"type": f"urn:sagsgang:problem:{code}", "title": title.text(reader_language()), "status": status, **more}
    return Response(json.dumps(_said(body)), status, content_type=MEDIA_TYPE)


def _refused(error: CaseworkError) -> Response:
    status = status_of(error)
    if not _is_for_programs():
        return _page(status, error.message)
    more: dict[str, Any] = {}
    if isinstance(error, InvalidError):
        more["errors"] = error.fields
    if isinstance(error, ConflictError):
        more["changed"] = error.changed
    return problem(status, error.message, error.code, **more)


def _csrf(_error: CSRFError) -> Response:
    text = message(
        "The session of this page has ended, or the form came from elsewhere. Nothing was done. Open the page anew."
    )
    return problem(400, text, "csrf") if _is_for_programs() else _page(400, text)


def _http(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:  # noqa: PLR2004
        return error.get_response()  # type: ignore[return-value]  # redirects are answers, not errors
    text = HTTP_TEXTS.get(error.code, HTTP_TEXTS[400])
    answer = problem(error.code, text, f"http-{error.code}") if _is_for_programs() else _page(error.code, text)
    for name, value in error.get_headers():
        if name.lower() in _HEADERS:
            answer.headers[name] = value
    return answer


def _bug(error: Exception) -> Response:
    log.error("bug", path=request.path, exc_info=error)
    return problem(500, HTTP_TEXTS[500], "bug") if _is_for_programs() else _page(500, HTTP_TEXTS[500])


def _said(value: Any) -> Any:
    """Sentences anywhere in it, in the reader's language."""
    match value:
        case Message():
            return value.text(reader_language())
        case dict():
            return {name: _said(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_said(inner) for inner in value]
    return value


def _is_for_programs() -> bool:
    return request.path == "/api" or request.path.startswith("/api/")


def _page(status: int, text: Message) -> Response:
    return Response(render_template("error.html", status=status, text=text.text(reader_language())), status)
