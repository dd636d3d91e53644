"""Which language the reader wants: the one chosen (cookie), else the first of Accept-Language that we have, else Danish."""

from __future__ import annotations

from flask import g, request

from casework.i18n import DEFAULT_LANGUAGE, LANGUAGES

COOKIE = "language"


def reader_language() -> str:
    """`da` or `en`; a page asks for every sentence, so it is found out once a request."""
    found: str | None = g.get("language")
    if found is None:
        found = _chosen() or request.accept_languages.best_match(LANGUAGES, DEFAULT_LANGUAGE) or DEFAULT_LANGUAGE
        g.language = found
    return found


def _chosen() -> str | None:
    chosen = request.cookies.get(COOKIE)
    return chosen if chosen in LANGUAGES else None
