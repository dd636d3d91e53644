"""The views of an inbox and the groups of days in it: the same conditions choose the rows and count them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, bindparam, or_, true

from casework.calendar import add_working_days, day_of, end_of_day
from casework.config import settings
from casework.i18n import Message, message
from casework.model import END_OF_TIME, UserTask
from casework.queries.inbox_scan import TODAY, Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from uuid import UUID

#: `View.SOON` looks this far ahead.
WORKING_DAYS_AHEAD = 5
_SUNDAY = 6


class View(StrEnum):
    """Which tasks of the inbox."""

    ALL = "all"  #: Everything that waits for me and my units, or that my units wait for.
    OVERDUE = "overdue"  #: The deadline has passed.
    TODAY = "today"  #: Due today.
    SOON = "soon"  #: Due within five working days.
    UNCLAIMED = "unclaimed"  #: Nobody has taken it.
    WAITING = "waiting"  #: Another unit does it, on a case of ours.
    MINE = "mine"  #: Mine alone.
    ASIDE = "aside"  #: Mine, put aside until a later day.
    COVERED = "covered"  #: Given to colleagues for whom I stand in.


class Group(StrEnum):
    """Days as people speak of them, in their order."""

    OVERDUE = "overdue"  #: Before now.
    TODAY = "today"  #: Until midnight.
    TOMORROW = "tomorrow"  #: The day after.
    THIS_WEEK = "this_week"  #: Until Sunday.
    NEXT_WEEK = "next_week"  #: The week after.
    LATER = "later"  #: After that.
    NONE = "none"  #: Without a deadline.


@dataclass(frozen=True)
class Look:
    """Which view is looked at when."""

    view: View
    now: datetime

    @cached_property
    def ends(self) -> dict[Group, datetime]:
        """Where each group ends."""
        return group_ends(self.now)

    @cached_property
    def soon_ends(self) -> datetime:
        """The instant after the last of the working days ahead."""
        return after_day(add_working_days(day_of(self.now), WORKING_DAYS_AHEAD, settings().closed_days))

    def group_of(self, inbox_at: datetime) -> Group:
        """Say in which group a task stands."""
        return next((group for group, end in self.ends.items() if inbox_at < end), Group.NONE)

    @property
    def today(self) -> date:
        """The day in the municipality."""
        return day_of(self.now)

    def bounds(self) -> dict[str, datetime | date]:
        """Give the values of `view_condition`'s parameters."""
        match self.view:
            case View.OVERDUE:
                return {"until": self.now}
            case View.TODAY:
                return {"since": self.now, "until": self.ends[Group.TODAY], "today": self.today}
            case View.ASIDE:
                return {"today": self.today}
            case View.SOON:
                return {"since": self.now, "until": self.soon_ends}
        return {}


def view_condition(view: View, reader_id: UUID | None) -> Callable[[Kind], ColumnElement[bool]]:
    """Give the condition of a view on each branch of `UserTask`, beside what `view_kinds` says; the instants are parameters."""
    since, until = (bindparam(name, type_=UserTask.inbox_at.type) for name in ("since", "until"))
    within = and_(UserTask.inbox_at >= since, UserTask.inbox_at < until)
    match view:
        case View.OVERDUE:
            return lambda _: UserTask.inbox_at < until
        case View.TODAY:
            return _today(within, UserTask.inbox_at >= since, reader_id)
        case View.SOON:
            return lambda _: within
        case View.UNCLAIMED:
            return lambda _: UserTask.assignee_id.is_(None)
        case View.ASIDE:
            return lambda _: UserTask.follow_up_on > TODAY
    return lambda _: true()


def _today(
    within: ColumnElement[bool], not_overdue: ColumnElement[bool], reader_id: UUID | None
) -> Callable[[Kind], ColumnElement[bool]]:
    """What is due today, but for what the reader has put aside; and what the reader wanted to take up again by now, whenever it
    is due. Only the reader's own branch is read for that: the others may be long.
    """
    somebody_elses = UserTask.assignee_id.is_distinct_from(reader_id)
    awake = or_(UserTask.follow_up_on.is_(None), UserTask.follow_up_on <= TODAY, somebody_elses)
    due, returned = and_(within, awake), and_(UserTask.follow_up_on <= TODAY, not_overdue)
    return lambda kind: or_(due, returned) if kind is Kind.MINE else due


def view_kinds(view: View) -> tuple[Kind, ...]:
    """Say which branches a view shows."""
    match view:
        case View.UNCLAIMED:
            return (Kind.UNIT,)
        case View.WAITING:
            return (Kind.WAITING,)
        case View.MINE | View.ASIDE:
            return (Kind.MINE,)
        case View.COVERED:
            return (Kind.COVERED,)
    return tuple(Kind)


def group_words(group: Group, now: datetime) -> Message:
    """Give the heading of a group."""
    match group:
        case Group.OVERDUE:
            return message("Overdue")
        case Group.TODAY:
            return message("Today")
        case Group.TOMORROW:
            return message("Tomorrow, {day:short}", day=day_of(now) + timedelta(days=1))
        case Group.THIS_WEEK:
            return message("Later this week")
        case Group.NEXT_WEEK:
            return message("Next week")
        case Group.LATER:
            return message("Later")
        case Group.NONE:
            return message("Without a deadline")


def group_ends(now: datetime) -> dict[Group, datetime]:
    """Where each group ends; the last second of a day belongs to it. On a Sunday nothing is left of this week."""
    today = day_of(now)
    sunday = today + timedelta(days=_SUNDAY - today.weekday())
    tomorrow = today + timedelta(days=1)
    return {
        Group.OVERDUE: now,
        Group.TODAY: after_day(today),
        Group.TOMORROW: after_day(tomorrow),
        Group.THIS_WEEK: after_day(max(sunday, tomorrow)),
        Group.NEXT_WEEK: after_day(sunday + timedelta(days=7)),
        Group.LATER: END_OF_TIME,
    }


def after_day(day: date) -> datetime:
    """Give the first instant that is no longer the last second of `day`."""
    return end_of_day(day) + timedelta(seconds=1)
