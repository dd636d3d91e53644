"""A clock that has stood still moves what was due by its own kind of time."""

from datetime import UTC, datetime, timedelta

import pytest

from casework.calendar import CalendarKind, days_paused, end_of_day, postponed
from casework.calendar.local_time import day_of

#: Wednesday 25 November 2026, 10 o'clock in Copenhagen, and the Monday and the Wednesday after.
WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
MONDAY, NEXT_WEDNESDAY = WEDNESDAY + timedelta(days=5), WEDNESDAY + timedelta(days=7)
FRIDAY = end_of_day(day_of(WEDNESDAY) + timedelta(days=2))


@pytest.mark.parametrize(
    ("kind", "ended", "days", "due"),
    [
        (CalendarKind.WORKING_DAYS, MONDAY, 3, end_of_day(day_of(WEDNESDAY) + timedelta(days=7))),
        (CalendarKind.CALENDAR, MONDAY, 5, FRIDAY + timedelta(days=5)),
        (CalendarKind.ELAPSED, MONDAY, 0, FRIDAY + timedelta(days=5)),
        (CalendarKind.WORKING_DAYS, WEDNESDAY + timedelta(hours=5), 0, FRIDAY),
        (CalendarKind.ELAPSED, WEDNESDAY + timedelta(hours=5), 0, FRIDAY + timedelta(hours=5)),
    ],
)
def test_what_was_due_moves(kind, ended, days, due):
    assert days_paused(kind, WEDNESDAY, ended) == days
    assert postponed(FRIDAY, kind, WEDNESDAY, ended) == due


def test_closed_days_and_holidays_are_no_time_of_the_working_days_clock():
    before, after = datetime(2026, 12, 23, 9, 0, tzinfo=UTC), datetime(2026, 12, 28, 9, 0, tzinfo=UTC)

    assert days_paused(CalendarKind.WORKING_DAYS, before, after) == 2
    assert days_paused(CalendarKind.WORKING_DAYS, before, after, ("12-24",)) == 1


def test_what_had_come_before_stays():
    assert postponed(WEDNESDAY, CalendarKind.CALENDAR, WEDNESDAY, MONDAY) == WEDNESDAY


def test_the_time_of_day_stays_when_the_clocks_change():
    begun = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
    due = datetime(2026, 3, 27, 13, 0, tzinfo=UTC)

    assert postponed(due, CalendarKind.CALENDAR, begun, begun + timedelta(days=7)) == datetime(
        2026, 4, 3, 12, 0, tzinfo=UTC
    )
