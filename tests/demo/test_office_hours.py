"""When people of the demonstration work."""

from __future__ import annotations

from datetime import datetime

import pytest

from casework.config import TIME_ZONE
from casework.demo.office_hours import after_hours, is_open, last_closing, when_open


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=TIME_ZONE)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [("2026-11-26T08:00", True), ("2026-11-26T15:30", False), ("2026-11-28T10:00", False), ("2026-12-25T10:00", False)],
)
def test_the_office_is_open_on_working_days(moment, expected):
    assert is_open(local(moment)) is expected


def test_work_goes_on_after_the_weekend():
    assert after_hours(local("2026-11-27T14:30"), 2) == local("2026-11-30T09:00")


def test_work_that_comes_at_night_begins_in_the_morning():
    assert when_open(local("2026-11-26T22:10")) == local("2026-11-27T08:00")
    assert after_hours(local("2026-11-26T22:10"), 0.5) == local("2026-11-27T08:30")


def test_people_went_home_before_the_weekend():
    assert last_closing(local("2026-11-29T12:00")) == local("2026-11-27T15:30")
    assert last_closing(local("2026-11-26T15:30")) == local("2026-11-26T15:30")
