"""ISO 8601 durations as diagrams hold them: `PT24H`, `P6D`, `P4W`, `P3M`, `P1Y6M`, also negative (`-P6M`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from casework.errors import InvalidError, LimitError
from casework.i18n import message

LONGEST_TEXT = 40
#: Only the last part may have decimals.
_PATTERN = re.compile(
    r"(?P<sign>[+-]?)P(?!$)"
    r"(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?(?:(?P<weeks>[0-9]+)W)?(?:(?P<days>[0-9]+)D)?"
    r"(?P<time>T(?!$)"
    r"(?:(?P<hours>[0-9]+(?:[.,][0-9]+(?=H$))?)H)?"
    r"(?:(?P<minutes>[0-9]+(?:[.,][0-9]+(?=M$))?)M)?"
    r"(?:(?P<seconds>[0-9]+(?:[.,][0-9]+)?)S)?)?"
)
_SECOND = 1_000_000
_MICROSECONDS = {"hours": 3600 * _SECOND, "minutes": 60 * _SECOND, "seconds": _SECOND}


@dataclass(frozen=True)
class Duration:
    """What was written, part by part. All parts are positive; `is_negative` turns the whole round."""

    text: str
    is_negative: bool
    years: int
    months: int
    weeks: int
    days: int
    #: Hours, minutes and seconds together; None when the text has no part after `T`.
    time: timedelta | None

    @property
    def sign(self) -> int:
        """-1 counts back from the start, 1 forward."""
        return -1 if self.is_negative else 1

    @property
    def has_months(self) -> bool:
        """Whether it has parts whose length depends on the date."""
        return bool(self.years or self.months)


def parse_duration(text: str) -> Duration:
    """Read a duration. Refuses what has no part (`P`, `PT`), what is no duration, and what no date can hold."""
    if len(text) > LONGEST_TEXT:
        raise LimitError(message("The duration is written with more than {limit} characters.", limit=LONGEST_TEXT))
    found = _PATTERN.fullmatch(text)
    if found is None:
        raise InvalidError(
            message(
                '"{text}" is not a duration. Write for example P6D (6 days), P4W (4 weeks), P3M (3 months) '
                "or PT24H (24 hours).",
                text=text,
            )
        )
    whole = {part: int(found[part] or 0) for part in ("years", "months", "weeks", "days")}
    return Duration(text, found["sign"] == "-", **whole, time=_time(found) if found["time"] else None)


def too_far(text: str) -> LimitError:
    """Say that a duration leads to no date that can be written."""
    return LimitError(message('The duration "{text}" leads outside of the years that can be counted.', text=text))


def _time(found: re.Match[str]) -> timedelta:
    amounts = {part: Decimal((found[part] or "0").replace(",", ".")) for part in _MICROSECONDS}
    try:
        return timedelta(microseconds=sum(int(amounts[part] * length) for part, length in _MICROSECONDS.items()))
    except OverflowError:
        raise too_far(found.string) from None
