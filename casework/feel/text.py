"""Values as plain JSON for people and other programs: dates, times and durations become the text that FEEL itself writes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import isodate

from casework.feel.wire import UNWRITTEN_ZONE


def plain(value: Any) -> Any:
    """JSON without tags; a date is `"2026-11-26"`, one and a half days are `"P1DT12H"`."""
    match value:
        case dict():
            return {key: plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [plain(inner) for inner in value]
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date() | time() | timedelta() | isodate.Duration():
            return iso(value)
    return value


def iso(value: date | time | timedelta | isodate.Duration) -> str:
    """ISO 8601; a moment or time keeps its zone, as `Z`, `+01:00` or `@Europe/Copenhagen`."""
    match value:
        case datetime() | time():
            return _clock_text(value)
        case date():
            return value.isoformat()
        case timedelta():
            return _duration_text(value)
    months = int(value.years * 12 + value.months)
    return _months_text(months) if months or not value.tdelta else _duration_text(value.tdelta)


def _clock_text(value: datetime | time) -> str:
    if value.tzinfo is UNWRITTEN_ZONE:
        return value.replace(tzinfo=None).isoformat()
    if isinstance(value.tzinfo, ZoneInfo):
        return f"{value.replace(tzinfo=None).isoformat()}@{value.tzinfo.key}"
    if value.tzinfo is UTC:
        return value.replace(tzinfo=None).isoformat() + "Z"
    return value.isoformat()


def _duration_text(value: timedelta) -> str:
    size = abs(value)
    hours, rest = divmod(size.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    fraction = f".{size.microseconds:06d}".rstrip("0") if size.microseconds else ""
    clock = _parts((hours, "H"), (minutes, "M")) + (f"{seconds}{fraction}S" if seconds or fraction else "")
    text = "P" + _parts((size.days, "D")) + (f"T{clock}" if clock else "")
    return ("-" if value < timedelta() else "") + (text if text != "P" else "PT0S")


def _months_text(months: int) -> str:
    years, rest = divmod(abs(months), 12)
    return ("-" if months < 0 else "") + "P" + (_parts((years, "Y"), (rest, "M")) or "0M")


def _parts(*parts: tuple[int, str]) -> str:
    return "".join(f"{number}{unit}" for number, unit in parts if number)
