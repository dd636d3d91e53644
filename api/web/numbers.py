"""Numbers of versions and of parts as an address or a form brings them."""

from __future__ import annotations

from casework.errors import NotFoundError
from casework.i18n import message

#: More than any version will have, and fewer than a database refuses.
_MOST_DIGITS = 8


def number_asked(text: str | None) -> int | None:
    """None where none is given; NotFoundError for what is no number."""
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise NotFoundError(message("There is no such process."))
    return int(text)
