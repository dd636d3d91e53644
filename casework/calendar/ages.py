"""Ages and birthdays. The limits of 10, 12, 15 and 18 years are the law's; what happens at them stands in the diagrams."""

from __future__ import annotations

from datetime import MAXYEAR, date

from casework.errors import LimitError
from casework.i18n import message


def birthday(birth: date, age: int) -> date:
    """Give the day on which a person born on `birth` turns `age`.

    Who was born on 29 February has the birthday on the 28th in common years: earlier is safe [P: domain reference C.5].
    """
    year = birth.year + age
    if not birth.year <= year <= MAXYEAR:
        raise LimitError(message("Nobody turns {age}.", age=age))
    try:
        return birth.replace(year=year)
    except ValueError:
        return birth.replace(year=year, day=28)


def age_on(birth: date, day: date) -> int:
    """Give the age in whole years; before the birth, as with a notification about an unborn child, it is 0."""
    if day <= birth:
        return 0
    years = day.year - birth.year
    return years if birthday(birth, years) <= day else years - 1
