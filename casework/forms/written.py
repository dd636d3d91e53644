"""Numbers, dates and times as people write and read them: `3,5`, `26.11.2026 kl. 13.40`. What cannot be read is kept."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from casework.config import TIME_ZONE

_DATE = r"(?P<day>\d{1,2})\s*[./\- ]\s*(?P<month>\d{1,2})\s*[./\- ]\s*(?P<year>[1-9]\d{3})"
_ISO_DATE = r"(?P<iso_year>[1-9]\d{3})-(?P<iso_month>\d{1,2})-(?P<iso_day>\d{1,2})"
_TIME = r"(?P<hour>\d{1,2})(?:\s*[.:]\s*(?P<minute>\d{2})|(?P<minute_joined>\d{2}))(?:[.:](?P<second>\d{2}))?"
_WHEN = re.compile(rf"(?:{_DATE}|{_ISO_DATE})\.?(?:\s*(?:,|T|kl\.?|at)?\s*{_TIME})?", re.ASCII | re.IGNORECASE)
_TIME_ONLY = re.compile(rf"(?:kl\.?\s*)?{_TIME}", re.ASCII | re.IGNORECASE)
_KEPT_TIME = re.compile(r"\d{2}:\d{2}(:\d{2}(\.\d+)?)?", re.ASCII)
_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,15}([.,]\d{1,9})?", re.ASCII)
#: Years and house numbers have no thousands.
_UNPARTED = 4
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def number_read(text: str) -> int | float | None:
    """Read `12`, `3,5`, `3.5` or `1.250,75`; None when it is no number. Dots before three digits each part thousands."""
    compact = re.sub(r"[\s\u00a0]", "", text).replace("\u2212", "-")
    if _THOUSANDS.fullmatch(compact) and not compact.startswith(("0.", "-0.")):
        compact = compact.replace(".", "")
    return plain_number(Decimal(compact.replace(",", "."))) if _NUMBER.fullmatch(compact) else None


def plain_number(number: Decimal) -> int | float:
    """The number as JSON has it: whole numbers without decimals."""
    return int(number) if number == number.to_integral_value() else float(number)


def date_read(text: str) -> str | None:
    """Read `26.11.2026`, `26/11-2026` or `2026-11-26` to an ISO date; None when there is no such day."""
    found = _WHEN.fullmatch(text.strip())
    if not found or found["hour"] is not None:
        return None
    day = _day(found)
    return day.isoformat() if day else None


def time_read(text: str) -> str | None:
    """Read `13.40`, `13:40`, `1340` or `kl. 13.40` to `13:40`; None when there is no such time."""
    found = _TIME_ONLY.fullmatch(text.strip())
    moment = _time(found) if found else None
    return moment.isoformat("auto" if moment.second else "minutes") if moment else None


def instant_read(text: str) -> str | None:
    """Read `26.11.2026 kl. 13.40` as local time to ISO with offset; None when there is no such moment.

    An hour that the clocks skip in spring does not exist; of an hour that comes twice in autumn the first is meant.
    """
    found = _WHEN.fullmatch(text.strip())
    if not found or found["hour"] is None:
        return None
    day, moment = _day(found), _time(found)
    if day is None or moment is None:
        return None
    local = datetime.combine(day, moment, TIME_ZONE)
    return local.isoformat() if exists(local) else None


def time_kept(text: str) -> time:
    """The time of day of a kept answer, `13:40` or `13:40:05`; ValueError for `13`, `1340` and zones, which ISO allows too."""
    if not _KEPT_TIME.fullmatch(text):
        raise ValueError(text)
    return time.fromisoformat(text)


def exists(local: datetime) -> bool:
    """Whether the clocks on the wall ever showed this (false for the hour skipped in spring)."""
    there_and_back = datetime.fromtimestamp(local.timestamp(), TIME_ZONE)
    return there_and_back.replace(tzinfo=None) == local.replace(tzinfo=None)


def _day(found: re.Match[str]) -> date | None:
    prefix = "iso_" if found["iso_year"] else ""
    try:
        return date(*(int(found[f"{prefix}{part}"]) for part in ("year", "month", "day")))
    except ValueError:
        return None


def _time(found: re.Match[str]) -> time | None:
    try:
        return time(int(found["hour"]), int(found["minute"] or found["minute_joined"]), int(found["second"] or 0))
    except ValueError:
        return None


def number_said(number: float | Decimal, language: str) -> str:
    """`3,5` in Danish, `3.5` in English; no thousands, so that it can be typed back."""
    try:
        plain = f"{Decimal(str(number)).normalize():f}"
    except InvalidOperation:
        return str(number)
    return plain.replace(".", ",") if language == "da" else plain


def amount_said(number: float | Decimal, language: str) -> str:
    """The number to be read only: `1.496.500,5` in Danish, `1,496,500.5` in English, four digits as they are."""
    said = number_said(number, language)
    whole, separator, decimals = said.partition("," if language == "da" else ".")
    digits = whole.removeprefix("-")
    if not digits.isdecimal() or len(digits) <= _UNPARTED:
        return said
    parted = f"{int(whole):,}"
    return f"{parted.replace(',', '.') if language == 'da' else parted}{separator}{decimals}"


def date_said(day: date, language: str) -> str:
    """`26.11.2026` in Danish, `26 Nov 2026` in English."""
    if language == "da":
        return f"{day.day}.{day.month}.{day.year}"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def time_said(moment: time | datetime, language: str) -> str:
    """`13.40` in Danish, `13:40` in English."""
    separator = "." if language == "da" else ":"
    return f"{moment.hour:02}{separator}{moment.minute:02}"


def instant_said(instant: datetime, language: str) -> str:
    """`26.11.2026 kl. 13.40` in Danish, `26 Nov 2026, 13:40` in English; local time."""
    local = instant.astimezone(TIME_ZONE)
    between = " kl. " if language == "da" else ", "
    return f"{date_said(local, language)}{between}{time_said(local, language)}"
