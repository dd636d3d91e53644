"""CPR numbers as answers: read as people write them, and masked. What a number is stands in `casework.cpr`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casework import cpr
from casework.errors import InvalidError

if TYPE_CHECKING:
    from casework.i18n import Message

_WRITTEN_OR_MASKED = re.compile(r"(\d{6})[-–\s]?(\d{4}|••••)", re.ASCII)


def cpr_read(text: str) -> tuple[str | None, Message | None]:
    """Read `010112-1234` (hyphen optional) to ten digits with a hyphen, or say what is wrong."""
    try:
        return cpr.written(cpr.normalise(text)), None
    except InvalidError as error:
        return None, error.message


def masked(text: str) -> str:
    """Hide what is secret: `010112-••••`, also of what is masked already. Of what is no CPR number nothing stays."""
    found = _WRITTEN_OR_MASKED.fullmatch(text.strip())
    return cpr.mask(found[1]) if found else "••••••-••••"
