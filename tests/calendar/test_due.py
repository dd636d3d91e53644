"""Due instants in the four calendars: summer time (C.1), weeks and months (C.5), and the committee's seven days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from casework.calendar import CalendarKind, day_of, due, end_of_day, usual_calendar
from casework.errors import InvalidError

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
ELAPSED, CALENDAR, WITH_START, WORKING_DAYS = CalendarKind


def local(*parts):
    return datetime(*parts, tzinfo=COPENHAGEN)


@pytest.mark.parametrize(
    ("received", "due_at"),
    [
        (local(2026, 3, 28, 10), local(2026, 3, 29, 11)),  # Saturday before summer time: it becomes eleven o'clock
        (local(2026, 10, 24, 10), local(2026, 10, 25, 9)),
        (local(2027, 3, 27, 10), local(2027, 3, 28, 11)),
        (local(2027, 10, 30, 10), local(2027, 10, 31, 9)),
        (local(2028, 3, 25, 10), local(2028, 3, 26, 11)),
        (local(2028, 10, 28, 10), local(2028, 10, 29, 9)),
        (local(2026, 4, 2, 23, 30), local(2026, 4, 3, 23, 30)),  # Good Friday does not stop it
        (local(2026, 3, 29, 1, 59), local(2026, 3, 30, 2, 59)),
    ],
)
def test_24_hours_are_24_hours_across_summer_time_weekends_and_holidays(received, due_at):
    result = due("PT24H", ELAPSED, received)

    assert result.instant == due_at.astimezone(UTC)
    assert result.instant - received.astimezone(UTC) == timedelta(hours=24)


def test_says_why_it_becomes_eleven_o_clock():
    result = due("PT24H", ELAPSED, local(2026, 3, 28, 10))

    assert result.text("da") == (
        "Fristen regnes fra lørdag den 28. marts 2026 kl. 10.00. "
        "24 timer i træk: weekender og helligdage tælles med. "
        "Fristen er søndag den 29. marts 2026 kl. 11.00. "
        "Undervejs begynder sommertiden: uret stilles én time frem."
    )
    assert "clocks are put one hour back" in due("PT24H", ELAPSED, local(2026, 10, 24, 10)).text("en")


@pytest.mark.parametrize(
    ("duration", "start", "last_day"),
    [
        ("P4W", date(2026, 11, 26), date(2026, 12, 24)),  # Thursday to the fourth Thursday after
        ("P4M", date(2026, 10, 31), date(2027, 2, 28)),
        ("P4M", date(2027, 10, 31), date(2028, 2, 29)),
        ("P1M", date(2026, 1, 31), date(2026, 2, 28)),
        ("P1M", date(2026, 2, 28), date(2026, 3, 28)),
        ("P1Y", date(2028, 2, 29), date(2029, 2, 28)),
        ("P4M", date(2026, 3, 30), date(2026, 7, 30)),
        ("P6D", date(2026, 4, 2), date(2026, 4, 8)),  # the committee: seven days with the day of execution
        ("-P6M", date(2027, 8, 31), date(2027, 2, 28)),  # six months before 18
        ("P3M", date(2025, 8, 31), date(2025, 11, 30)),  # three months after 16
        ("P1Y2M3D", date(2027, 8, 31), date(2028, 11, 3)),
        ("P1W2D", date(2026, 1, 1), date(2026, 1, 10)),
        ("P0D", date(2026, 4, 5), date(2026, 4, 5)),
        ("-P0D", date(2026, 4, 5), date(2026, 4, 5)),
        ("+P1D", date(2026, 4, 5), date(2026, 4, 6)),
    ],
)
def test_calendar_days_weeks_months_and_years(duration, start, last_day):
    result = due(duration, CALENDAR, start)

    assert result.instant == local(last_day.year, last_day.month, last_day.day, 23, 59, 59).astimezone(UTC)


@pytest.mark.parametrize(
    ("executed", "last_day"),
    [
        (datetime(2026, 4, 2, 12, 0, tzinfo=UTC), date(2026, 4, 8)),  # Maundy Thursday to Wednesday after Easter (C.5)
        (
            datetime(2026, 4, 2, 21, 59, tzinfo=UTC),
            date(2026, 4, 8),
        ),  # a minute before midnight still counts as that day
        (datetime(2026, 4, 2, 22, 1, tzinfo=UTC), date(2026, 4, 9)),
        (date(2026, 12, 22), date(2026, 12, 28)),
    ],
)
def test_the_committee_has_seven_days_with_the_day_of_execution(executed, last_day):
    result = due("P7D", WITH_START, executed)

    assert day_of(result.instant) == last_day
    assert due("P1W", WITH_START, executed).instant == result.instant


def test_the_seven_days_say_that_the_first_one_counts():
    said = due("P7D", WITH_START, date(2026, 4, 2))

    assert said.text("da") == (
        "Fristen regnes fra torsdag den 2. april 2026. "
        "7 dage: startdagen er den første dag, og weekender og helligdage tælles med. "
        "Sidste dag er onsdag den 8. april 2026 til midnat."
    )
    assert "the start day is the first" in said.text("en")


def test_a_single_day_with_the_start_day_is_that_day():
    assert day_of(due("P1D", WITH_START, date(2026, 4, 2)).instant) == date(2026, 4, 2)


def test_an_authoritys_own_duty_stays_on_a_sunday_and_says_so():
    result = due("P4M", CALENDAR, date(2026, 10, 31))

    assert day_of(result.instant) == date(2027, 2, 28)
    assert "Måneden har ikke nogen dag 31, så det bliver månedens sidste dag." in result.text("da")
    assert result.explanation[-1].text("da") == (
        "Sidste dag er ikke en hverdag, og fristen flyttes ikke: den sidste hverdag før er fredag den 26. februar 2027."
    )


@pytest.mark.parametrize(
    ("start", "closed_days", "last_day"),
    [
        (date(2026, 11, 24), (), date(2026, 12, 22)),
        (date(2026, 11, 28), (), date(2026, 12, 28)),  # second Christmas Day, a Saturday
        (date(2026, 11, 26), (), date(2026, 12, 24)),
        (date(2026, 11, 26), ("12-24",), date(2026, 12, 28)),
    ],
)
def test_a_citizens_deadline_moves_to_the_next_working_day(start, closed_days, last_day):
    result = due("P4W", CALENDAR, start, closed_days=closed_days, roll_forward=True)

    assert day_of(result.instant) == last_day
    assert ("flyttes til den næste" in result.text("da")) == (last_day != start + timedelta(weeks=4))


def test_an_instant_counts_as_the_local_day_it_falls_on():
    late_evening_in_utc = datetime(2026, 3, 30, 22, 30, tzinfo=UTC)

    result = due("P1D", CALENDAR, late_evening_in_utc)

    assert day_of(result.instant) == date(2026, 4, 1)


def test_an_instant_without_offset_is_local_time():
    naive = datetime(2026, 3, 28, 10)  # noqa: DTZ001  what is tested

    assert due("PT24H", ELAPSED, naive) == due("PT24H", ELAPSED, local(2026, 3, 28, 10))
    assert due("P1D", CALENDAR, naive) == due("P1D", CALENDAR, date(2026, 3, 28))


def test_elapsed_time_from_a_day_begins_at_midnight():
    assert due("PT24H", ELAPSED, date(2026, 3, 29)).instant == local(2026, 3, 30, 1).astimezone(UTC)


def test_elapsed_time_may_run_back_and_have_parts():
    assert due("-PT2H", ELAPSED, local(2026, 3, 29, 4)).instant == local(2026, 3, 29, 1).astimezone(UTC)
    assert due("P1DT1.5H", ELAPSED, local(2026, 1, 1)).instant == local(2026, 1, 2, 1, 30).astimezone(UTC)
    assert "2 døgn, 1 time og 30 minutter tilbage" in due("-P2DT90M", ELAPSED, date(2026, 1, 1)).text("da")


def test_working_days_may_run_back():
    result = due("-P2D", WORKING_DAYS, date(2026, 4, 8))

    assert day_of(result.instant) == date(2026, 4, 1)
    assert "2 hverdage før: weekender og helligdage tælles ikke med." in result.text("da")


def test_the_same_day_is_the_same_day():
    assert "Det skal være gjort den dag." in due("P0D", WORKING_DAYS, date(2026, 4, 5)).text("da")


def test_an_explanation_survives_the_database():
    result = due("P6D", WORKING_DAYS, date(2026, 3, 30))

    kept = [type(sentence).from_json(sentence.to_json()) for sentence in result.explanation]

    assert tuple(kept) == result.explanation


def test_a_day_ends_one_second_before_midnight_local_time():
    assert end_of_day(date(2026, 7, 1)) == datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("duration", "kind"), [("PT24H", ELAPSED), ("P1DT1H", ELAPSED), ("P6D", CALENDAR), ("-P1M", CALENDAR)]
)
def test_a_timer_without_calendar_takes_the_usual_one(duration, kind):
    assert usual_calendar(duration) is kind


@pytest.mark.parametrize("duration", ["PT1H", "-P6D"])
def test_refuses_to_roll_what_does_not_end_with_a_later_day(duration):
    kind = usual_calendar(duration)

    with pytest.raises(InvalidError, match="next working day"):
        due(duration, kind, date(2026, 1, 1), roll_forward=True)
