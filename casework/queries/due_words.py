"""Deadlines as people see them: a state with its own shape and colour, and words such as a colleague would say.

The states are those of the style sheet (`sg-due--overdue` …). Nothing is kept: the state is a comparison with the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from casework.calendar import day_of
from casework.config import TIME_ZONE
from casework.i18n import Message, message
from casework.model.deadline import DeadlineClass

if TYPE_CHECKING:
    from datetime import date

#: A statutory deadline is near when less than this part of its time is left (domain reference, E.8).
NEAR = 0.2
_LAST_SECOND = time(23, 59, 59)
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
#: From here on a span is said in days.
_IN_DAYS = timedelta(days=2)


class DueState(StrEnum):
    """How a deadline is shown."""

    OVERDUE = "overdue"  #: Its instant has passed and the duty stands.
    SOON = "soon"  #: Due today, or statutory with less than a fifth of its time left.
    WAITING = "waiting"  #: Another unit has it, and no law's clock runs; or its own clock stands still.
    NEUTRAL = "neutral"  #: There is time.
    DONE = "done"  #: Met or withdrawn.


@dataclass(frozen=True)
class Due:
    """A date as shown. `words` for lists ("13.40 · om 4 t 26 min"), `when` without the way there ("i dag kl. 13.40")."""

    #: None: there is no deadline.
    at: datetime | None
    state: DueState
    #: LOV, LOKAL or INTERN.
    due_class: str | None
    words: Message
    when: Message
    rule: Message | None = None
    #: Whom a clock that stands still waits for.
    waits_for: Message | None = None

    @property
    def is_law(self) -> bool:
        """Whether the law says so."""
        return self.due_class == DeadlineClass.LOV


def due(
    at: datetime | None,
    now: datetime,
    *,
    due_class: str | None = None,
    starts_at: datetime | None = None,
    rule: Message | None = None,
    is_waiting: bool = False,
    ended_at: datetime | None = None,
    waits_for: Message | None = None,
) -> Due:
    """Put state and words of one deadline together; with `waits_for` its clock stands still, and `at` is no date yet."""
    if waits_for is not None and not ended_at:
        paused = message("Waits for {what}", what=waits_for)
        return Due(at, DueState.WAITING, due_class, paused, paused, rule, waits_for)
    state = due_state(at, now, due_class=due_class, starts_at=starts_at, is_waiting=is_waiting, ended_at=ended_at)
    return Due(at, state, due_class, due_words(at, now, ended_at=ended_at), when_words(at, now), rule)


def due_state(
    at: datetime | None,
    now: datetime,
    *,
    due_class: str | None = None,
    starts_at: datetime | None = None,
    is_waiting: bool = False,
    ended_at: datetime | None = None,
) -> DueState:
    """Compare with the clock. Waiting for others excuses nobody from the law's clock, and what is late is shown late."""
    if ended_at:
        return DueState.DONE
    if at and at < now:
        return DueState.OVERDUE
    if is_waiting and due_class != DeadlineClass.LOV:
        return DueState.WAITING
    if at and (day_of(at) == day_of(now) or _is_near(at, now, due_class, starts_at)):
        return DueState.SOON
    return DueState.NEUTRAL


def due_words(at: datetime | None, now: datetime, *, ended_at: datetime | None = None) -> Message:
    """Say it for a list: how late, how long left, or which day."""
    if at is None:
        return message("No deadline")
    if ended_at:
        return _ended_words(at, ended_at, now)
    if at < now:
        return message("{span} over", span=over_words(at, now))
    if day_of(at) != day_of(now):
        return _later_words(at, now)
    if is_whole_day(at):
        return message("In the course of the day")
    return message("{at:time} · in {span}", at=at, span=span_words(at - now))


def when_words(at: datetime | None, now: datetime) -> Message:
    """Say which day, and the time of day where it matters: "i dag kl. 13.40", "i morgen, fre. 27.11."."""
    if at is None:
        return message("No deadline")
    days = (day_of(at) - day_of(now)).days
    if days == 0:
        return message("today") if is_whole_day(at) else message("today at {at:time}", at=at)
    if days == 1:
        return message("tomorrow, {at:brief}", at=at)
    if days == -1:
        return message("yesterday, {at:brief}", at=at)
    return day_words(day_of(at), now)


def day_words(day: date, now: datetime) -> Message:
    """Say a day for a table, with its year unless it is this year."""
    if day.year == day_of(now).year:
        return message("{day:brief}", day=day)
    return message("{day:brief_year}", day=day)


def span_words(span: timedelta) -> Message:
    """Say a span that is zero or more: "26 min", "4 t 26 min", "3 dage"."""
    if span >= _IN_DAYS:
        return message("{count} days", count=span // _DAY)
    hours, rest = divmod(span, _HOUR)
    minutes = rest // timedelta(minutes=1)
    if not hours:
        return message("{minutes} min", minutes=minutes)
    return message("{hours} h {minutes} min", hours=hours, minutes=minutes)


def over_words(at: datetime, now: datetime) -> Message:
    """Say how long ago: hours on the first day, then days as a calendar counts them."""
    if now - at < _DAY:
        return span_words(now - at)
    days = max((day_of(now) - day_of(at)).days, 1)
    return message("1 day") if days == 1 else message("{count} days", count=days)


def is_whole_day(at: datetime) -> bool:
    """Whether the deadline is a day, which ends at its last second (`casework.calendar`)."""
    return at.astimezone(TIME_ZONE).time().replace(microsecond=0) == _LAST_SECOND


def _is_near(at: datetime, now: datetime, due_class: str | None, starts_at: datetime | None) -> bool:
    if due_class != DeadlineClass.LOV or starts_at is None or at <= starts_at:
        return False
    return (at - now) / (at - starts_at) < NEAR


def _later_words(at: datetime, now: datetime) -> Message:
    if (day_of(at) - day_of(now)).days == 1 and not is_whole_day(at):
        return message("{at:brief_time}", at=at)
    return day_words(day_of(at), now)


def _ended_words(at: datetime, ended_at: datetime, now: datetime) -> Message:
    is_this_year = day_of(ended_at).year == day_of(now).year
    day = message("{day:digits}" if is_this_year else "{day:digits_year}", day=day_of(ended_at))
    if ended_at <= at:
        return message("{day} · in time", day=day)
    return message("{day} · {span} late", day=day, span=over_words(at, ended_at))
