"""The clock that tests move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from casework import clock as casework_clock

#: A Monday morning without holidays near: 09:00 in Copenhagen.
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class MovedClock:
    """Stands still at `now` until it is moved; `now` can be read from other threads too."""

    def __init__(self, instant: datetime) -> None:
        self.now = instant

    def move_to(self, instant: datetime) -> datetime:
        """Move it to an aware instant."""
        casework_clock.move_to(instant)
        self.now = casework_clock.now()
        return self.now

    def advance(self, **duration: float) -> datetime:
        """Move it on, as in `clock.advance(hours=2)`: exact time, across summer time too."""
        return self.move_to(self.now + timedelta(**duration))


@pytest.fixture
def clock():
    """A clock that stands still on Monday 23 November 2026 at 09:00 in Copenhagen."""
    with casework_clock.moved_to(MONDAY):
        yield MovedClock(MONDAY)
