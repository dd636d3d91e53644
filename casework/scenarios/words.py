"""The Danish words of time: `5 arbejdsdage`, `24 timer`, `2026-12-01 09:00`, and what `nu`, `i dag` and `+14 dage` mean then."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from casework import calendar
from casework.config import TIME_ZONE, settings

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNITS = {
    "minut": ("PT{}M", "elapsed"),
    "time": ("PT{}H", "elapsed"),
    "arbejdsdag": ("P{}D", "working-days"),
    "hverdag": ("P{}D", "working-days"),
    "dag": ("P{}D", "calendar"),
    "uge": ("P{}W", "calendar"),
    "måned": ("P{}M", "calendar"),
    "år": ("P{}Y", "calendar"),
}
_SPAN = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<count>[0-9]{1,5})\s*(?P<unit>minut|time|arbejdsdag|hverdag|dag|uge|måned|år)(?:ter|er|e|r)?"
)
_MOMENT = re.compile(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T](?:kl\. ?)?(?P<time>[0-9]{2}[:.][0-9]{2}))?")
_ISO = re.compile(r"P(?=[0-9T])[0-9YMWDTHS]+")


def span_of(text: str) -> tuple[str, str] | None:
    """An ISO duration and its calendar, of Danish words or of ISO itself; None when it is no duration."""
    if _ISO.fullmatch(text):
        return text, "elapsed" if "T" in text else "calendar"
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    duration, kind = _UNITS[found["unit"]]
    return ("-" if found["sign"] == "-" else "") + duration.format(found["count"]), kind


def moment_of(text: str) -> datetime | None:
    """`2026-11-24 09:00` on the clocks of the municipality; a day alone is its morning at nine. None when it is neither."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    try:
        return datetime.fromisoformat(f"{found['day']}T{(found['time'] or '09:00').replace('.', ':')}").replace(
            tzinfo=TIME_ZONE
        )
    except ValueError:
        return None


def after(duration: str, kind: str, start: datetime) -> datetime:
    """The moment so long after `start`; with days and longer at the same time of day."""
    due = calendar.due(duration, calendar.CalendarKind(kind), start, closed_days=settings().closed_days)
    if kind == "elapsed":
        return due.instant
    local = start.astimezone(TIME_ZONE)
    return datetime.combine(calendar.day_of(due.instant), local.time(), TIME_ZONE)


def meant(value: Any, now: datetime, names: Mapping[str, Any]) -> Any:
    """What a value of a scenario means at this moment: `nu`, `i dag`, `+14 dage` (a day), `@barn` (an id of `names`)."""
    if isinstance(value, dict):
        return {name: meant(inner, now, names) for name, inner in value.items()}
    if isinstance(value, list):
        return [meant(inner, now, names) for inner in value]
    return _meant(value, now, names) if isinstance(value, str) else value


def _meant(text: str, now: datetime, names: Mapping[str, Any]) -> Any:
    if text == "nu":
        return now
    if text == "i dag":
        return calendar.day_of(now)
    if text.startswith("@") and text[1:] in names:
        return names[text[1:]]
    if text[:1] in "+-" and (span := span_of(text)):
        return calendar.day_of(after(*span, now))
    return moment_of(text) or text


def as_answer(value: Any) -> Any:
    """As forms keep it: dates and moments as ISO text."""
    match value:
        case datetime():
            return value.astimezone(TIME_ZONE).isoformat()
        case date():
            return value.isoformat()
        case dict():
            return {name: as_answer(inner) for name, inner in value.items()}
        case list():
            return [as_answer(inner) for inner in value]
    return value
