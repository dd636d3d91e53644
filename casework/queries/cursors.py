"""Cursors: where a list goes on, as an opaque text. They hold sort keys only, so that a page is stable while rows come and go."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from casework.errors import InvalidError
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Callable

_READERS: dict[type, Callable[[str], Any]] = {datetime: datetime.fromisoformat, UUID: UUID, str: str, int: int}
#: Sort keys beyond these are none of ours, and some are more than a database takes.
_MOST_NUMBER, _YEARS = 2**31 - 1, range(1900, 9100)


def write_cursor(*keys: datetime | UUID | str | int) -> str:
    """Pack the sort keys of the last row of a page."""
    text = json.dumps([key.isoformat() if isinstance(key, datetime) else str(key) for key in keys])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """Unpack keys of these kinds; None without a cursor. Refuses (InvalidError, field `cursor`) what was not packed here."""
    if not cursor:
        return None
    try:
        texts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        keys = tuple(_READERS[kind](text) for kind, text in zip(kinds, texts, strict=True))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise _broken() from None
    if any(_is_strange(key) for key in keys):
        raise _broken()
    return keys


def _is_strange(key: object) -> bool:
    match key:
        case datetime():
            return key.tzinfo is None or key.year not in _YEARS
        case int():
            return not 0 <= key <= _MOST_NUMBER
        case str():
            return "\x00" in key
    return False


def _broken() -> InvalidError:
    wrong = message("The page mark is not one of ours. Start again from the first page.")
    return InvalidError(wrong, {"cursor": [wrong]})
