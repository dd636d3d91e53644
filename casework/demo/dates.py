"""The dates that people write in forms: what has happened lies a little back, what is agreed lies ahead, in office hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from casework.calendar import add_working_days, day_of
from casework.config import TIME_ZONE
from casework.demo.office_hours import after_hours

if TYPE_CHECKING:
    from random import Random

    from casework.forms import Component

_HALF_A_YEAR = timedelta(days=182)
#: Days ahead, by `form.field`; negative ones lie back.
_DAYS = {
    "F02b.opfoelgning": 3,
    "F08f.faerdigDato": 28,
    "F08s.dato": -1,
    "F15s.indskrivningsdato": 20,
    "F15u.startdato": 20,
    "F17a.aktindsigtDato": -1,
    "F17m.dato": -1,
    "F31.slut": 63,
    "F32.flyttedato": 12,
}
#: Working days ahead.
_WORKING_DAYS = {"F10.frist": 10}
#: Working hours ahead.
_HOURS = {"F09f.tidspunkt": 20.0, "F17i.moedeTid": 60.0, "F02c.orienteringForaeldre": 8.0}


def date_in(form: str, component: Component, now: datetime, rng: Random) -> str:
    """An ISO date, time or instant for the field."""
    place = f"{form}.{component.key}"
    if component.subtype == "time":
        return "10:30"
    if component.subtype == "datetime":
        return _moment(place, component, now, rng).astimezone(TIME_ZONE).isoformat(timespec="minutes")
    return _day(place, component, day_of(now), rng).isoformat()


def other_date(component: Component, now: datetime, attempt: int) -> str:
    """Another one: today, then some days ahead, then some back, always further away."""
    days = (0, 7, -7, 60, -60, 400)[attempt % 6]
    if component.subtype == "datetime":
        return (now + timedelta(days=days)).astimezone(TIME_ZONE).isoformat(timespec="minutes")
    return (day_of(now) + timedelta(days=days)).isoformat()


def _moment(place: str, component: Component, now: datetime, rng: Random) -> datetime:
    if place in _HOURS or component.rules.in_future:
        return after_hours(now, _HOURS.get(place, 15.0) * rng.uniform(0.6, 1.6)).replace(minute=0, second=0)
    return now - timedelta(minutes=rng.randrange(5, 50))


def _day(place: str, component: Component, today: date, rng: Random) -> date:
    if place in _WORKING_DAYS:
        return add_working_days(today, _WORKING_DAYS[place])
    if place in _DAYS:
        return today + timedelta(days=_DAYS[place])
    if component.rules.in_past:
        return today - timedelta(days=rng.randrange(3))
    return today + _HALF_A_YEAR if component.rules.in_future else today
