"""What every page shares: words in the reader's language, hashed names of assets, the menu with its counts."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from flask import current_app, g, make_response, redirect, request, url_for

from api.language import COOKIE, reader_language
from api.signed_in import signed_in
from api.web import blueprint
from casework.i18n import LANGUAGES, Message, translated

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

YEAR = 365 * 24 * 3600


@blueprint.app_template_global("_")
def say(text: str | Message, **values: Any) -> str:
    """A sentence of a template in the reader's language; a `Message` from the core likewise."""
    if isinstance(text, Message):
        return text.text(reader_language())
    return translated(text, reader_language()).format(**values) if values else translated(text, reader_language())


@blueprint.app_template_global()
def asset(name: str) -> str:
    """The address of a bundle made at setup, as `sagsgang.css`."""
    return url_for("static", filename=_manifest(current_app.static_folder or "").get(name, name))


@blueprint.app_context_processor
def add_frame() -> dict[str, Any]:
    """Give every template the reader, the language and what the menu shows."""
    return {"me": signed_in() if request.blueprint == "web" else None, "language": reader_language(), "menu": _menu()}


@blueprint.post("/language")
def choose_language() -> Response:
    """Remember the language and go back to where the reader was; a form that was open has its draft on the server."""
    language = request.form.get("language", "")
    answer = make_response(redirect(_back(), 303))
    if language in LANGUAGES:
        answer.set_cookie(COOKIE, language, max_age=YEAR, samesite="Lax", httponly=True)
    return answer


def _back() -> str:
    """The path that the reader came from, on this server only."""
    path = request.form.get("back", "")
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else url_for("web.inbox")


def _menu() -> dict[str, Any]:
    return g.get("menu", {})


@cache
def _manifest(folder: str) -> dict[str, str]:
    with open(f"{folder}/manifest.json", encoding="utf-8") as file:  # noqa: PTH123  a cached read of one known file
        return dict(json.load(file))
