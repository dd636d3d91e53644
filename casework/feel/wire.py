r"""Python values to and from what V8 is sent as JSON; the other side is web/src/feel-values.ts.

What JSON has no word for is `{"\0": [kind, text]}`. Numbers are doubles in V8: whole numbers beyond 2^53 are refused,
decimals keep 15 digits. Decision, November 2026: moments go in as Danish wall-clock time with the zone Europe/Copenhagen,
so that `date(now)` is the date on the wall; a moment that comes out without a zone is Danish time.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import isodate

from casework.config import TIME_ZONE
from casework.feel.errors import FeelValueError

TAG = "\0"
#: Danish time that nobody wrote down; another object than TIME_ZONE, so that `plain` can leave it out again.
UNWRITTEN_ZONE = ZoneInfo.no_cache(TIME_ZONE.key)


@dataclass(frozen=True)
class Function:
    """A function written in FEEL, as a value of a context: `parameters` are names, `body` sees the whole context."""

    parameters: tuple[str, ...]
    body: str


_EXACT = 2**53
_MOST_DAYS = 90_000_000
_MOST_MONTHS = 2_400_000
_MONTHS_IN_YEAR = 12
# Before, zone tables differ between Python and V8; a numeric offset says the same in both.
_ZONE_TABLES_AGREE_SINCE = 1970

_ZONED = re.compile(r"(?P<wall>.*?)(?:@(?P<name>.+)|(?P<utc>Z)|(?P<offset>[+-]\d\d:\d\d(?::\d\d)?))?", re.ASCII)
_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)(?:\.(?P<part>\d+))?S)?)?"
)
_MONTHS = re.compile(r"(?P<sign>-?)P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?")


def encode(value: Any) -> Any:
    """What `json.dumps` takes. Refuses values that FEEL cannot hold (FeelValueError) and types it has no word for (TypeError)."""
    match value:
        case None | bool() | str():
            return value
        case int() | float() | Decimal():
            return _number(value)
        case datetime() | date() | time() | timedelta() | isodate.Duration():
            return {TAG: _temporal(value)}
        case Function():
            return {TAG: ["function", [list(value.parameters), value.body]]}
        case Mapping():
            return _context({str(key): encode(inner) for key, inner in value.items()})
        case list() | tuple():
            return [encode(inner) for inner in value]
    raise TypeError(f"an expression cannot read a {type(value).__name__}")


def decode(wire: Any) -> Any:
    """Read what V8 gave."""
    if isinstance(wire, list):
        return [decode(inner) for inner in wire]
    if not isinstance(wire, dict):
        # V8 writes the shortest digits that mean its double; as a whole number they would claim more than is known.
        return float(wire) if isinstance(wire, int) and abs(wire) > _EXACT else wire
    if TAG in wire:
        kind, text = wire[TAG]
        return _read(kind, text)
    return {key: decode(inner) for key, inner in wire.items()}


def moment_text(moment: datetime) -> str:
    """An aware moment as FEEL reads it, exactly: the hour that comes twice in October keeps its offset."""
    if moment.tzinfo is None:
        raise TypeError("an expression needs aware moments")
    local = moment.astimezone(TIME_ZONE)
    if local.fold or local.year < _ZONE_TABLES_AGREE_SINCE:
        return local.isoformat()
    return f"{local.replace(tzinfo=None).isoformat()}@{TIME_ZONE.key}"


def _number(value: Any) -> float:
    if not math.isfinite(value):
        raise FeelValueError(value)
    if value == int(value):
        if abs(value) > _EXACT and not isinstance(value, float):
            raise FeelValueError(value)
        return int(value) if abs(value) <= _EXACT else float(value)
    return float(value)


def _context(encoded: dict[str, Any]) -> dict[str, Any]:
    return {TAG: ["context", list(encoded.items())]} if TAG in encoded else encoded


def _temporal(value: datetime | date | time | timedelta | isodate.Duration) -> list[str]:
    match value:
        case datetime():
            return ["moment", moment_text(value)]
        case date():
            return ["date", value.isoformat()]
        case time():
            return ["time", _time_text(value)]
        case timedelta():
            return ["duration", _duration_text(value)]
    return ["duration", _months_text(value)]


def _time_text(value: time) -> str:
    if isinstance(value.tzinfo, ZoneInfo):
        return f"{value.replace(tzinfo=None).isoformat()}@{value.tzinfo.key}"
    return value.isoformat()


def _duration_text(value: timedelta) -> str:
    if abs(value) > timedelta(days=_MOST_DAYS):
        raise FeelValueError(value)
    size = abs(value)
    return f"{'-' if value < timedelta() else ''}P{size.days}DT{size.seconds}.{size.microseconds:06d}S"


def _months_text(value: isodate.Duration) -> str:
    months = value.years * _MONTHS_IN_YEAR + value.months
    if not months:
        return _duration_text(value.tdelta) if value.tdelta else "P0M"
    if value.tdelta or months != int(months) or abs(months) > _MOST_MONTHS:
        raise FeelValueError(isodate.duration_isoformat(value))
    return f"{'-' if months < 0 else ''}P{abs(int(months))}M"


def _read(kind: str, text: Any) -> Any:
    try:
        match kind:
            case "date":
                return date.fromisoformat(text)
            case "time":
                return _time_of(text)
            case "moment":
                return _moment_of(text)
            case "duration":
                return _duration_of(text)
            case "months":
                return _months_of(text)
            case "context":
                return {key: decode(inner) for key, inner in text}
    except (ValueError, OverflowError, ZoneInfoNotFoundError) as error:
        raise FeelValueError(text) from error
    return text


def _moment_of(text: str) -> datetime:
    wall, zone = _parted(text)
    return datetime.fromisoformat(wall).replace(tzinfo=zone or UNWRITTEN_ZONE)


def _time_of(text: str) -> time:
    wall, zone = _parted(text)
    return time.fromisoformat(wall).replace(tzinfo=zone)


def _parted(text: str) -> tuple[str, tzinfo | None]:
    found = _ZONED.fullmatch(text)
    if found is None:
        raise ValueError(text)
    if found["name"]:
        return found["wall"], ZoneInfo(found["name"])
    if found["utc"]:
        return found["wall"], UTC
    return found["wall"], _fixed(found["offset"]) if found["offset"] else None


def _fixed(offset: str) -> timezone:
    hours, minutes, *seconds = (int(part) for part in offset[1:].split(":"))
    size = timedelta(hours=hours, minutes=minutes, seconds=sum(seconds))
    return timezone(-size if offset.startswith("-") else size)


def _duration_of(text: str) -> timedelta:
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError(text)
    days, hours, minutes, seconds = (int(found[name] or 0) for name in ("days", "hours", "minutes", "seconds"))
    microseconds = int((found["part"] or "0")[:6].ljust(6, "0"))
    size = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds, microseconds=microseconds)
    return -size if found["sign"] else size


def _months_of(text: str) -> isodate.Duration:
    found = _MONTHS.fullmatch(text)
    if found is None:
        raise ValueError(text)
    sign = -1 if found["sign"] else 1
    return isodate.Duration(years=sign * int(found["years"] or 0), months=sign * int(found["months"] or 0))
