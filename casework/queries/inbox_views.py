"""The views of an inbox and the groups of days in it: the same conditions choose the rows and count them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, not_, true

from casework.calendar import add_working_days, day_of, end_of_day
from casework.config import settings
from casework.i18n import Message, message
from casework.model import END_OF_TIME

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
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
class Columns:
    """What conditions need of a task: columns of the table, or of a selection from it."""

    inbox_at: Any
    assignee_id: Any
    is_waiting: Any


@dataclass(frozen=True)
class Look:
    """Who looks at which view when."""

    view: View
    now: datetime
    reader_id: UUID | None

    def condition(self, columns: Columns, view: View | None = None) -> ColumnElement[bool]:
        """Give the condition of the view, or of another one."""
        match view or self.view:
            case View.ALL:
                return true()
            case View.OVERDUE:
                return _between(columns.inbox_at, None, self.now)
            case View.TODAY:
                return _between(columns.inbox_at, self.now, _after(day_of(self.now)))
            case View.SOON:
                last = add_working_days(day_of(self.now), WORKING_DAYS_AHEAD, settings().closed_days)
                return _between(columns.inbox_at, self.now, _after(last))
            case View.UNCLAIMED:
                return and_(columns.assignee_id.is_(None), not_(columns.is_waiting))
            case View.WAITING:
                return and_(true(), columns.is_waiting)
            case View.MINE:
                return and_(true(), columns.assignee_id == self.reader_id)

    def groups(self, columns: Columns) -> dict[Group, ColumnElement[bool]]:
        """Give the condition of the view in each group; together they cover the view once."""
        in_view = self.condition(columns)
        ends = _ends(self.now)
        starts: Sequence[datetime | None] = [None, *ends.values()]
        found = {
            group: and_(in_view, _between(columns.inbox_at, start, end))
            for (group, end), start in zip(ends.items(), starts, strict=False)
        }
        return found | {Group.NONE: and_(in_view, columns.inbox_at >= END_OF_TIME)}


def group_of(inbox_at: datetime, now: datetime) -> Group:
    """Say in which group a task stands."""
    return next((group for group, end in _ends(now).items() if inbox_at < end), Group.NONE)


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


def _ends(now: datetime) -> dict[Group, datetime]:
    """Where each group ends; the last second of a day belongs to it. On a Sunday nothing is left of this week."""
    today = day_of(now)
    sunday = today + timedelta(days=_SUNDAY - today.weekday())
    tomorrow = today + timedelta(days=1)
    return {
        Group.OVERDUE: now,
        Group.TODAY: _after(today),
        Group.TOMORROW: _after(tomorrow),
        Group.THIS_WEEK: _after(max(sunday, tomorrow)),
        Group.NEXT_WEEK: _after(sunday + timedelta(days=7)),
        Group.LATER: END_OF_TIME,
    }


def _after(day: Any) -> datetime:
    """The first instant that is no longer the last second of `day`."""
    return end_of_day(day) + timedelta(seconds=1)


def _between(column: Any, start: datetime | None, end: datetime) -> ColumnElement[bool]:
    return column < end if start is None else and_(column >= start, column < end)
