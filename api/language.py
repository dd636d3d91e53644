"""Which language the reader wants: the one chosen (cookie), else the first of Accept-Language that we have, else Danish."""

from __future__ import annotations

from flask import request

from casework.i18n import DEFAULT_LANGUAGE, LANGUAGES

COOKIE = "language"


def reader_language() -> str:
    """`da` or `en`."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES, DEFAULT_LANGUAGE) or DEFAULT_LANGUAGE
