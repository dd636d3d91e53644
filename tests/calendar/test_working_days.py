"""Six working days after receipt, row by row as in the domain reference (C.3, C.4), and what cannot be counted."""

from datetime import date, timedelta

import pytest
from holidays import country_holidays

from casework.calendar import (
    CalendarKind,
    add_working_days,
    day_of,
    due,
    is_working_day,
    working_days,
    working_days_between,
)
from casework.errors import InvalidError, LimitError

WITHOUT_CLOSED_DAYS = ()
THREE_CLOSED_DAYS = ("06-05", "12-24", "12-31")

SIX_WORKING_DAYS = [
    # received, holidays only, also 5/6, 24/12 and 31/12 closed
    (date(2026, 3, 30), date(2026, 4, 10), date(2026, 4, 10)),
    (date(2026, 6, 1), date(2026, 6, 9), date(2026, 6, 10)),
    (date(2026, 5, 12), date(2026, 5, 21), date(2026, 5, 21)),
    (date(2026, 4, 28), date(2026, 5, 6), date(2026, 5, 6)),
    (date(2026, 12, 21), date(2026, 12, 30), date(2027, 1, 4)),
]

# Skærtorsdag, langfredag, påskedag, 2. påskedag, Kristi himmelfart, pinsedag, 2. pinsedag
MOVABLE = {
    2024: ["03-28", "03-29", "03-31", "04-01", "05-09", "05-19", "05-20"],
    2025: ["04-17", "04-18", "04-20", "04-21", "05-29", "06-08", "06-09"],
    2026: ["04-02", "04-03", "04-05", "04-06", "05-14", "05-24", "05-25"],
    2027: ["03-25", "03-26", "03-28", "03-29", "05-06", "05-16", "05-17"],
    2028: ["04-13", "04-14", "04-16", "04-17", "05-25", "06-04", "06-05"],
    2029: ["03-29", "03-30", "04-01", "04-02", "05-10", "05-20", "05-21"],
    2030: ["04-18", "04-19", "04-21", "04-22", "05-30", "06-09", "06-10"],
    2031: ["04-10", "04-11", "04-13", "04-14", "05-22", "06-01", "06-02"],
}
FIXED = ["01-01", "12-25", "12-26"]


@pytest.mark.parametrize(("received", "due_day", "_"), SIX_WORKING_DAYS)
def test_six_working_days_with_public_holidays_only(received, due_day, _):
    result = due("P6D", CalendarKind.WORKING_DAYS, received, closed_days=WITHOUT_CLOSED_DAYS)

    assert day_of(result.instant) == due_day


@pytest.mark.parametrize(("received", "_", "due_day"), SIX_WORKING_DAYS)
def test_six_working_days_with_three_closed_days(received, _, due_day):
    result = due("P6D", CalendarKind.WORKING_DAYS, received, closed_days=THREE_CLOSED_DAYS)

    assert day_of(result.instant) == due_day


@pytest.mark.parametrize("year", MOVABLE)
def test_the_days_off_of_a_year_are_its_public_holidays_and_no_others(year):
    expected = {date.fromisoformat(f"{year}-{day}") for day in MOVABLE[year] + FIXED}

    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    off = {day for day in days if day.weekday() < 5 and not is_working_day(day)}

    assert off == {day for day in expected if day.weekday() < 5}


def test_store_bededag_was_a_holiday_until_2023():
    assert not is_working_day(date(2023, 5, 5))
    assert is_working_day(date(2024, 4, 26))


@pytest.mark.parametrize("day", [date(2026, 6, 5), date(2026, 12, 24), date(2026, 12, 31), date(2026, 5, 1)])
def test_these_are_working_days_until_they_are_configured_as_closed(day):
    assert is_working_day(day)
    assert not is_working_day(day, (f"{day:%m-%d}",))


def test_saturday_and_sunday_do_not_count():
    assert [is_working_day(date(2026, 11, 23) + timedelta(days=n)) for n in range(7)] == [True] * 5 + [False] * 2


def test_counts_working_days_between_two_days_without_the_first():
    assert working_days_between(date(2026, 3, 30), date(2026, 4, 10)) == 6
    assert working_days_between(date(2026, 4, 10), date(2026, 3, 30)) == -6
    assert working_days_between(date(2026, 4, 1), date(2026, 4, 6)) == 0


def test_counts_back_from_a_day():
    assert add_working_days(date(2026, 4, 8), -2) == date(2026, 4, 1)


def test_no_working_days_is_the_day_itself_even_on_a_sunday():
    assert add_working_days(date(2026, 11, 22), 0) == date(2026, 11, 22)


def test_names_what_was_not_counted():
    result = due("P6D", CalendarKind.WORKING_DAYS, date(2026, 3, 30))

    assert [sentence.text("da") for sentence in result.explanation] == [
        "Fristen regnes fra mandag den 30. marts 2026.",
        "6 hverdage: startdagen, weekender og helligdage tælles ikke med.",
        "Sidste dag er fredag den 10. april 2026 til midnat.",
        (
            "Undervejs ligger skærtorsdag den 2. april, langfredag den 3. april og 2. påskedag den 6. april, "
            "som ikke tælles med."
        ),
    ]
    assert result.text("en").startswith("Counted from Monday 30 March 2026. 6 working days; the start day,")


def test_names_closed_days_and_counts_them_when_they_are_many():
    few = due("P6D", CalendarKind.WORKING_DAYS, date(2026, 7, 1), closed_days=("07-03", "05-01"))
    many = due("P500D", CalendarKind.WORKING_DAYS, date(2026, 3, 30))

    assert "lukkedagen den 3. juli" in few.text("da")
    assert "Undervejs ligger 12 helligdage og lukkedage, som ikke tælles med." in many.text("da")


@pytest.mark.parametrize("text", ["", "6-5", "13-01", "02-30", "2026-06-05", "jul", "06-05 "])
def test_refuses_what_is_no_closed_day(text):
    with pytest.raises(InvalidError, match="not a closed day"):
        is_working_day(date(2026, 3, 30), (text,))


def test_accepts_a_closed_day_that_comes_every_fourth_year():
    assert not is_working_day(date(2028, 2, 29), ("02-29",))


@pytest.mark.parametrize(
    ("start", "count"), [(date(2100, 12, 30), 6), (date(2026, 1, 1), 10**9), (date(1700, 1, 1), 1)]
)
def test_refuses_years_whose_holidays_are_not_known(start, count):
    with pytest.raises(LimitError, match="1771 to 2100"):
        add_working_days(start, count)


def test_the_years_are_those_in_which_the_public_holidays_are_known():
    denmark = country_holidays("DK")

    assert (denmark.start_year, denmark.end_year) == (working_days.FIRST_YEAR, working_days.LAST_YEAR)
