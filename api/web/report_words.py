"""The nine reports in plain words, and how their tables are drawn. What they count stands in `casework.queries.reports`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.web.chart import Series
from casework.i18n import message

if TYPE_CHECKING:
    from casework.i18n import Message


@dataclass(frozen=True)
class About:
    """`comes` says what will be counted, where there is nothing yet; `asks` what one may choose: `period`, `unit`, `year`."""

    title: Message
    question: Message
    readers: Message
    comes: Message
    asks: frozenset[str] = frozenset({"period", "unit"})


ABOUT = {
    "R1": About(
        message("Notifications and the 24-hour assessment"),
        message("How many notifications came, from whom and where, and were they assessed within 24 hours?"),
        message("Leaders of the intake"),
        message("A notification counts from the moment that it is taken in."),
    ),
    "R2": About(
        message("Timeliness"),
        message(
            "Which deadlines were kept, which were late, and which are overdue now, by rule and by the child's age?"
        ),
        message("All leaders"),
        message("A deadline counts when it is met, or when its date has passed."),
    ),
    "R3": About(
        message("Quality and managerial supervision"),
        message("Which cases were drawn for supervision, and what did the leaders find?"),
        message("Leaders, and those who work with quality"),
        message("Cases are drawn by lot at the beginning of each quarter, at least 5 % of each unit's open cases."),
    ),
    "R4": About(
        message("Hand-offs"),
        message("Do units answer each other in time: what was sent, accepted, declined, and what waits?"),
        message("Leaders of those who send and those who receive"),
        message("A hand-off counts from the day that it is sent."),
    ),
    "R5": About(
        message("Places and money"),
        message("Are the places used, who waits for one, and what do the packages cost, own and external?"),
        message("Leaders, and those who keep the accounts"),
        message("Places count when a provider's number of places is known, packages when they are planned on a case."),
    ),
    "R6": About(
        message("Young people from 16"),
        message("Does everyone have a coordinator, a plan, and a decision six months before turning 18?"),
        message("Leaders of those who work with young people"),
        message("A young person counts from the 16th birthday, as long as the case is open."),
        frozenset({"unit"}),
    ),
    "R7": About(
        message("School"),
        message(
            "How much absence lies behind notifications, how long is emergency schooling, and was school settled at the move?"
        ),
        message("Leaders of families, schools and places"),
        message("Absence counts when a registration tells of it, emergency schooling and moves when they begin."),
    ),
    "R8": About(
        message("Placements"),
        message("How many placements began and ended, as planned or by breakdown, and how long did they last?"),
        message("Leaders, and those who look for places"),
        message("A placement counts from the day that the child moves in."),
    ),
    "R9": About(
        message("The year's key figures"),
        message("What became of the year, in the figures of all reports, without any case that can be recognised?"),
        message("Committees, the council, and whoever follows the work from outside"),
        message("The figures of a year are made and kept on 15 March of the year after."),
        frozenset({"year"}),
    ),
}


@dataclass(frozen=True)
class Drawing:
    """`kind` is bars, months or line; `of`: what a whole bar is."""

    kind: str
    series: tuple[Series, ...]
    of: int | None = None


def _bars(*series: str, of: int | None = None) -> Drawing:
    return Drawing("bars", _series(series), of)


def _series(written: tuple[str, ...]) -> tuple[Series, ...]:
    return tuple(Series(*one.split(":")) for one in written)


_IN_TIME = ("in_time:accent", "late:overdue", "running:neutral")
_KEPT = ("on_time:accent", "late:soon", "overdue:overdue")
_MONTHLY = (Drawing("months", _series(_IN_TIME)), Drawing("line", _series(("percent_in_time:accent",))))
#: By report and table. A table that is not here says as much in figures as it would in a picture.
DRAWINGS: dict[str, tuple[Drawing, ...]] = {
    "R1_by_source": (_bars(*_IN_TIME),),
    "R1_by_area": (_bars(*_IN_TIME),),
    "R1_by_month": _MONTHLY,
    "R2_by_rule": (_bars(*_KEPT),),
    "R2_by_age": (_bars(*_KEPT),),
    "R3_by_unit": (_bars("in_order:accent", "to_mend:overdue", "open:neutral"),),
    "R3_by_question": (_bars("yes:accent", "no:overdue"),),
    "R4_by_pair": (_bars("accepted:accent", "declined:overdue", "withdrawn:neutral", "waiting:soon"),),
    "R5_places": (_bars("percent:accent", of=100),),
    "R5_costs": (_bars("own:accent", "external:soon"),),
    "R6_by_age": (_bars("with_coordinator:accent", "without_coordinator:overdue"),),
    "R7_absence": (_bars("below:neutral", "warned:soon", "must_notify:overdue"),),
    "R7_at_start": (_bars("settled:accent", "unsettled:overdue"),),
    "R8_by_place": (_bars("stays:accent"),),
    "R8_by_kind": (_bars("planned:accent", "breakdowns:overdue"),),
    "R8_reasons": (_bars("ended:accent"),),
}
