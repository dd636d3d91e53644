"""What must hold for every start and every length."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casework.calendar import (
    CalendarKind,
    add_working_days,
    day_of,
    due,
    is_working_day,
    working_days_between,
)
from casework.errors import CaseworkError

ELAPSED, CALENDAR, WITH_START, WORKING_DAYS = CalendarKind

days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
instants = st.builds(datetime.combine, days, st.times(), st.just(UTC))
counts = st.integers(0, 300)
kinds = st.sampled_from(CalendarKind)
closed = st.sets(st.sampled_from(["05-01", "06-05", "12-24", "12-31", "02-29", "07-15"]))


@given(days, counts, counts, kinds)
def test_a_longer_duration_is_never_due_earlier(start, a, b, kind):
    least = kind is WITH_START  # which has no zeroth day
    shorter, longer = sorted((a + least, b + least))

    assert due(f"P{shorter}D", kind, start).instant <= due(f"P{longer}D", kind, start).instant


@given(instants, instants, counts, kinds, st.sampled_from("DWM"))
def test_a_later_start_is_never_due_earlier(a, b, count, kind, unit):
    earlier, later = sorted((a, b))
    duration = f"P{count + (kind is WITH_START)}{unit if kind is CALENDAR else 'D'}"

    assert due(duration, kind, earlier).instant <= due(duration, kind, later).instant


@given(days, st.integers(1, 300), closed)
def test_working_days_end_on_a_working_day_and_never_before_calendar_days(start, count, closed_days):
    working = due(f"P{count}D", WORKING_DAYS, start, closed_days=closed_days)
    calendar = due(f"P{count}D", CALENDAR, start)

    assert is_working_day(day_of(working.instant), closed_days)
    assert working.instant >= calendar.instant


@given(days, counts, closed)
def test_more_closed_days_never_make_it_earlier(start, count, closed_days):
    assert add_working_days(start, count, closed_days) >= add_working_days(start, count)


@given(days, st.integers(-300, 300), closed)
def test_counting_between_undoes_adding(start, count, closed_days):
    assert working_days_between(start, add_working_days(start, count, closed_days), closed_days) == count


@given(days, days)
def test_working_days_between_counts_each_day_once(first, last):
    earlier, later = sorted((first, last))
    numbers = range((later - earlier).days)

    expected = sum(is_working_day(earlier + timedelta(days=n + 1)) for n in numbers)

    assert working_days_between(earlier, later) == expected


@given(days, st.integers(-600, 600))
def test_months_keep_the_day_or_take_the_last_of_the_month(start, months):
    last = day_of(due(f"{'-' if months < 0 else ''}P{abs(months)}M", CALENDAR, start).instant)

    assert (last.year * 12 + last.month) - (start.year * 12 + start.month) == months
    assert last.day == start.day or (last.day < start.day and (last + timedelta(days=1)).day == 1)


@given(instants, st.integers(-10_000, 10_000))
def test_elapsed_hours_are_exact(start, hours):
    result = due(f"{'-' if hours < 0 else ''}PT{abs(hours)}H", ELAPSED, start)

    assert result.instant - start == timedelta(hours=hours)


@given(days, counts)
def test_rolling_forward_gives_the_first_working_day_from_the_last_day(start, count):
    plain = day_of(due(f"P{count}D", CALENDAR, start).instant)
    rolled = day_of(due(f"P{count}D", CALENDAR, start, roll_forward=True).instant)

    assert is_working_day(rolled)
    assert not any(is_working_day(plain + timedelta(days=n)) for n in range((rolled - plain).days))


@given(days, counts, kinds, closed)
def test_every_date_is_explained_in_both_languages(start, count, kind, closed_days):
    result = due(f"P{count + (kind is WITH_START)}D", kind, start, closed_days=closed_days)

    for language in ("da", "en"):
        assert str(day_of(result.instant).year) in result.text(language)
        assert all(sentence.text(language).endswith(".") for sentence in result.explanation)


@given(st.text(max_size=30), kinds, days)
def test_whatever_is_written_is_counted_or_refused(text, kind, start):
    with suppress(CaseworkError):
        assert due(text, kind, start).explanation
