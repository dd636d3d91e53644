"""Python values go into V8 and come back the same."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import isodate
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.config import TIME_ZONE
from casework.feel import FeelValueError, evaluate
from casework.feel.wire import TAG

WHOLE = st.integers(-(2**53), 2**53)
NUMBERS = st.one_of(WHOLE, st.floats(allow_nan=False, allow_infinity=False))
ZONES = st.sampled_from([UTC, TIME_ZONE, ZoneInfo("America/New_York"), timezone(timedelta(hours=5, minutes=45))])
BOUNDS = (datetime(1900, 1, 1), datetime(2199, 12, 31))  # noqa: DTZ001  hypothesis adds the zone
INSTANTS = st.datetimes(*BOUNDS, timezones=ZONES)
DURATIONS = st.timedeltas(timedelta(days=-80_000_000), timedelta(days=80_000_000))
PLAIN = st.one_of(st.none(), st.booleans(), st.text(), NUMBERS, st.dates(), INSTANTS, DURATIONS)
NAMES = st.text(st.characters(codec="utf-8"))
NESTED = st.recursive(
    PLAIN,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=4)),
    max_leaves=12,
)


@given(NESTED)
def test_any_value_comes_back_as_it_went_in(value):
    assert in_utc(evaluate("værdi", {"værdi": value})) == in_utc(value)


def in_utc(value):
    """Python says of a moment in the hour that comes twice that it equals nothing in another zone."""
    match value:
        case datetime():
            return value.astimezone(UTC)
        case list():
            return [in_utc(one) for one in value]
        case dict():
            return {name: in_utc(one) for name, one in value.items()}
    return value


@given(WHOLE)
def test_a_whole_number_comes_back_as_an_int(number):
    result = evaluate("tal", {"tal": number})

    assert result == number
    assert isinstance(result, int)


@given(INSTANTS)
def test_the_same_instant_comes_back_even_in_the_hour_that_comes_twice(instant):
    result = evaluate("tid", {"tid": instant})

    assert result.astimezone(UTC) == instant.astimezone(UTC)


@given(st.integers(-20_000, 20_000))
def test_years_and_months_come_back_as_a_duration_of_months(months):
    result = evaluate("periode", {"periode": isodate.Duration(months=months)})

    assert isinstance(result, isodate.Duration)
    assert result.years * 12 + result.months == months


@given(st.times())
def test_a_time_of_day_comes_back(moment):
    assert evaluate("kl", {"kl": moment}) == moment


@pytest.mark.parametrize("text", ["2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00"])
def test_both_turns_of_half_past_two_in_october_are_half_past_two(text):
    instant = datetime.fromisoformat(text)

    result = evaluate("{ur: string(time(tid)), dag: date(tid), tid: tid}", {"tid": instant})

    assert result["ur"].startswith("02:30:00")
    assert result["dag"] == date(2026, 10, 25)
    assert result["tid"].astimezone(UTC) == instant


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Decimal("1.20"), 1.2), (Decimal(7), 7), (Decimal("-0.5"), -0.5), (2.0, 2), ((1, 2), [1, 2])],
)
def test_other_numbers_and_tuples_become_what_feel_knows(value, expected):
    assert evaluate("x", {"x": value}) == expected


def test_a_decimal_keeps_fifteen_digits():
    assert evaluate("x * 100", {"x": Decimal("12345678901.25")}) == 1234567890125


@pytest.mark.parametrize(
    "value",
    [
        2**53 + 1,
        -(10**20),
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        timedelta(days=900_000_000),
        isodate.Duration(years=10**7),
        isodate.Duration(months=1, days=2),
    ],
)
def test_refuses_a_value_that_cannot_be_kept_exactly(value):
    with pytest.raises(FeelValueError):
        evaluate("x", {"x": value})


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes", datetime(2026, 1, 1)])  # noqa: DTZ001  that is the point
def test_a_value_of_a_kind_that_no_variable_has_is_a_bug(value):
    with pytest.raises(TypeError):
        evaluate("x", {"x": value})


def test_a_context_may_have_the_key_that_marks_dates_on_the_way():
    context = {TAG: ["date", "nix"], "__proto__": {"a": 1}, "constructor": 2}

    assert evaluate("x", {"x": context}) == context


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('@"2026-11-26"', date(2026, 11, 26)),
        ('@"13:20:00"', time(13, 20)),
        ('@"13:20:00Z"', time(13, 20, tzinfo=UTC)),
        ('@"2026-11-26T13:20:00Z"', datetime(2026, 11, 26, 13, 20, tzinfo=UTC)),
        ('@"2026-11-26T13:20:00@Europe/Copenhagen"', datetime(2026, 11, 26, 12, 20, tzinfo=UTC)),
        ('@"2026-11-26T13:20:00-05:00"', datetime(2026, 11, 26, 18, 20, tzinfo=UTC)),
        ('@"2026-07-01T12:00:00"', datetime(2026, 7, 1, 10, 0, tzinfo=UTC)),
        ('@"P1DT2H"', timedelta(days=1, hours=2)),
        ('@"-PT0.5S"', timedelta(microseconds=-500_000)),
        ('@"P1Y2M"', isodate.Duration(years=1, months=2)),
        ("[1, null, true]", [1, None, True]),
        ('{"å b": {c: 1}}', {"å b": {"c": 1}}),
        ("[1..3]", "[1..3]"),
        ("function(x) x", None),
    ],
)
def test_what_feel_makes_becomes_a_python_value(expression, expected):
    assert evaluate(expression, {}) == expected


def test_a_moment_beyond_what_python_knows_is_refused():
    with pytest.raises(FeelValueError):
        evaluate('@"9999-12-31" + duration("P1Y")', {})
