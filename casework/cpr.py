"""CPR numbers: reading what people write, the birth date inside, and the mask for screens and lists.

The control digit (modulus 11) is not asked for: numbers without it have been given out since 2007. No sentence of this
module holds a number, so that none reaches a log. How numbers are kept is in `casework.crypto`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stdnum.dk import cpr
from stdnum.exceptions import ValidationError

from casework import clock
from casework.config import TIME_ZONE
from casework.errors import InvalidError
from casework.i18n import message

if TYPE_CHECKING:
    from datetime import date

_WRITTEN = re.compile(r"\s*([0-9]{6})[-–\s]?([0-9]{4})\s*")
_DATE_DIGITS = 6


def normalise(text: str) -> str:
    """Give the ten digits of a number written with or without hyphen. Refuses impossible dates and the unborn."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise InvalidError(message("A CPR number has ten digits: day, month and year of birth, and four more."))
    number = found[1] + found[2]
    if birth_date(number) > clock.now().astimezone(TIME_ZONE).date():
        raise InvalidError(message("The CPR number has a birth date in the future."))
    return number


def birth_date(number: str) -> date:
    """Read the birth date of ten digits; the seventh tells the century."""
    try:
        born: date = cpr.get_birth_date(number)
    except ValidationError:
        raise InvalidError(message("The CPR number begins with a date that does not exist.")) from None
    return born


def mask(number: str) -> str:
    """Give what a list may show: `010112-••••`."""
    return f"{number[:_DATE_DIGITS]}-••••"


def written(number: str) -> str:
    """Give ten digits as people write them: `010112-1234`. Showing it is on record; see `mask`."""
    return f"{number[:_DATE_DIGITS]}-{number[_DATE_DIGITS:]}"
