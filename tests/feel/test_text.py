"""Values as other programs read them."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import isodate
import pytest

from casework.config import TIME_ZONE
from casework.feel import evaluate, plain


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 11, 26), "2026-11-26"),
        (time(8, 5), "08:05:00"),
        (datetime(2026, 11, 26, 8, tzinfo=UTC), "2026-11-26T08:00:00Z"),
        (datetime(2026, 11, 26, 8, tzinfo=TIME_ZONE), "2026-11-26T08:00:00@Europe/Copenhagen"),
        (timedelta(days=1, hours=12), "P1DT12H"),
        (timedelta(hours=-1, minutes=-30), "-PT1H30M"),
        (timedelta(seconds=1.5), "PT1.5S"),
        (timedelta(), "PT0S"),
        (isodate.Duration(years=1, months=14), "P2Y2M"),
        (isodate.Duration(months=-3), "-P3M"),
        (isodate.Duration(), "P0M"),
        (Decimal("1.50"), 1.5),
        (Decimal(3), 3),
        ({"a": [date(2026, 1, 1), None]}, {"a": ["2026-01-01", None]}),
    ],
)
def test_a_value_has_one_text(value, text):
    assert plain(value) == text


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-26",
        "2026-11-26T08:00:00",
        "2026-11-26T08:00:00Z",
        "2026-11-26T08:00:00+02:00",
        "2026-11-26T08:00:00.123456@Europe/Copenhagen",
        "08:00:00@Europe/Paris",
        "P1DT2H3M4.5S",
        "-P3D",
        "P1Y2M",
        "-P4M",
    ],
)
def test_feel_text_comes_out_as_it_was_written(text):
    assert plain(evaluate(f'@"{text}"', {})) == text
