"""Working days (hverdage): Monday to Friday, except public holidays and the closed days that the municipality has chosen.

Saturday is not counted [P: domain reference C.2]. The public holidays come from `holidays`, which knows that store bededag
went out in 2024; Grundlovsdag, 24 and 31 December are working days until they are configured as closed.
"""

from __future__ import annotations

from datetime import MAXYEAR, date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from casework.errors import InvalidError, LimitError
from casework.i18n import Message, message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

#: What `holidays` knows of Denmark; a test compares.
FIRST_YEAR, LAST_YEAR = 1771, 2100
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)
_A_LEAP_YEAR = 2024

_HOLIDAYS = {
    "Nytårsdag": message("New Year's Day"),
    "Skærtorsdag": message("Maundy Thursday"),
    "Langfredag": message("Good Friday"),
    "Påskedag": message("Easter Sunday"),
    "Anden påskedag": message("Easter Monday"),
    "Store bededag": message("Great Prayer Day"),
    "Kristi himmelfartsdag": message("Ascension Day"),
    "Pinsedag": message("Whit Sunday"),
    "Anden pinsedag": message("Whit Monday"),
    "Juledag": message("Christmas Day"),
    "Anden juledag": message("Boxing Day"),
}
_CLOSED_DAYS = {
    (5, 1): message("1 May as a closed day"),
    (6, 5): message("Constitution Day"),
    (12, 24): message("Christmas Eve"),
    (12, 31): message("New Year's Eve"),
}
_A_HOLIDAY = message("a public holiday")
_A_CLOSED_DAY = message("a closed day")


def is_working_day(day: date, closed_days: Collection[str] = ()) -> bool:
    """Whether `day` counts. `closed_days` are `MM-DD`, each year. Refuses years whose holidays are not known."""
    return day.weekday() < _SATURDAY and day_off(day, closed_days) is None


def add_working_days(day: date, count: int, closed_days: Collection[str] = ()) -> date:
    """Give the working day that is `count` working days after `day`, which is not counted itself.

    A negative `count` goes back; 0 gives `day`, whatever day it is.
    """
    step = _ONE_DAY if count > 0 else -_ONE_DAY
    _refuse_unknown_years(_shifted(day, count))
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, closed_days):
            day += step
    return day


def working_days_between(first: date, last: date, closed_days: Collection[str] = ()) -> int:
    """Count the working days after `first` up to and with `last`; negative when `last` is before `first`.

    `add_working_days(first, n)` is `n` away from `first`, also for a negative `n`.
    """
    if last < first:
        return -sum(is_working_day(day, closed_days) for day in _days(last, first - _ONE_DAY))
    return sum(is_working_day(day, closed_days) for day in _days(first + _ONE_DAY, last))


def days_off_between(first: date, last: date, closed_days: Collection[str]) -> list[tuple[Message, date]]:
    """Give the days from Monday to Friday within both bounds that do not count, each with its name."""
    days = (day for day in _days(first, last) if day.weekday() < _SATURDAY)
    return [(name, day) for day in days if (name := day_off(day, closed_days))]


def day_off(day: date, closed_days: Collection[str]) -> Message | None:
    """Name the public holiday or closed day, whatever day of the week; None for an ordinary day."""
    _refuse_unknown_years(day)
    name = _public_holidays(day.year).get(day)
    if name is not None:
        return _HOLIDAYS.get(name, _A_HOLIDAY)
    month_and_day = (day.month, day.day)
    if closed_days and month_and_day in _closed(frozenset(closed_days)):
        return _CLOSED_DAYS.get(month_and_day, _A_CLOSED_DAY)
    return None


def is_known(day: date) -> bool:
    """Whether the public holidays of the year are known."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def _refuse_unknown_years(day: date) -> None:
    if not is_known(day):
        raise LimitError(
            message(
                "Working days can be counted in the years {first} to {last}, where the public holidays are known.",
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
        )


def _shifted(day: date, count: int) -> date:
    """Give the earliest day that `count` working days can lead to; the last of all days when there is none."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return date(MAXYEAR, 12, 31)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


@cache
def _public_holidays(year: int) -> dict[date, str]:
    # Reading it in takes as long as all of SQLAlchemy, and a server should answer before it needs a holiday.
    from holidays import country_holidays  # noqa: PLC0415

    return dict(country_holidays("DK", years=year, language="da").items())


@cache
def _closed(closed_days: frozenset[str]) -> frozenset[tuple[int, int]]:
    return frozenset(_month_and_day(text) for text in closed_days)


def _month_and_day(text: str) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"{_A_LEAP_YEAR}-{text}")
    except ValueError:
        raise InvalidError(
            message('"{text}" is not a closed day. Write month and day, for example 06-05.', text=text)
        ) from None
    return day.month, day.day
