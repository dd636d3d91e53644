"""From instants to days and back, in the time zone of the municipality."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from casework.config import TIME_ZONE

_LAST_SECOND = time(23, 59, 59)


def instant_of(start: datetime | date) -> datetime:
    """Give the instant in UTC; a day begins at 00:00 local, an instant without offset is local time.

    A time that summer time skips is read with the offset from before, one that comes twice is the first of the two.
    """
    if not isinstance(start, datetime):
        start = datetime.combine(start, time())
    return (start if start.tzinfo else start.replace(tzinfo=TIME_ZONE)).astimezone(UTC)


def day_of(start: datetime | date) -> date:
    """Give the local day; an instant late in the evening in UTC is already the next day here."""
    if not isinstance(start, datetime):
        return start
    return (start.astimezone(TIME_ZONE) if start.tzinfo else start).date()


def end_of_day(day: date) -> datetime:
    """Give 23:59:59 local as an instant in UTC."""
    return datetime.combine(day, _LAST_SECOND, TIME_ZONE).astimezone(UTC)
