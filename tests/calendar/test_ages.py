"""Ages and birthdays, with the person born on 29 February."""

from datetime import date

import pytest

from casework.calendar import CalendarKind, age_on, birthday, day_of, due
from casework.errors import LimitError

EMIL = date(2009, 8, 31)


@pytest.mark.parametrize(
    ("birth", "age", "day"),
    [
        (EMIL, 18, date(2027, 8, 31)),
        (EMIL, 0, EMIL),
        (date(2012, 2, 29), 15, date(2027, 2, 28)),
        (date(2012, 2, 29), 16, date(2028, 2, 29)),
    ],
)
def test_gives_the_birthday(birth, age, day):
    assert birthday(birth, age) == day


def test_six_months_before_18_is_the_last_of_february():
    assert day_of(due("-P6M", CalendarKind.CALENDAR, birthday(EMIL, 18)).instant) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (EMIL, date(2027, 8, 30), 17),
        (EMIL, date(2027, 8, 31), 18),
        (date(2012, 2, 29), date(2027, 2, 27), 14),
        (date(2012, 2, 29), date(2027, 2, 28), 15),
        (date(2012, 2, 29), date(2028, 2, 28), 15),
        (EMIL, EMIL, 0),
        (EMIL, date(2009, 5, 1), 0),
    ],
)
def test_gives_the_age(birth, day, age):
    assert age_on(birth, day) == age


@pytest.mark.parametrize("age", [-1, 8000])
def test_refuses_an_age_that_nobody_reaches(age):
    with pytest.raises(LimitError, match="Nobody"):
        birthday(EMIL, age)
