"""How long something lasted, so that it can last as long again at another time of the week: in working days and the clock.

Two days over a weekend are four on the calendar. So an observation keeps on how many working days later it ended, and at
what time of day; drawn again, it ends as many working days after it began. What ended before the next working day keeps its
seconds, and ends before the next working day again: halfway to it, where they do not fit in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from casework.calendar import add_working_days, day_of, end_of_day, working_days_between
from casework.config import TIME_ZONE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

#: So many observations of one element are kept.
MOST = 200
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Lasted:
    """`seconds`: after `days` working days the time of day of its end; with none, from beginning to end."""

    days: int
    seconds: int

    @classmethod
    def of(cls, began: datetime, ended: datetime, closed_days: Collection[str] = ()) -> Lasted:
        """Of something that was seen."""
        days = working_days_between(day_of(began), day_of(ended), closed_days)
        if days <= 0:
            return cls(0, max(0, int((ended - began).total_seconds())))
        local = ended.astimezone(TIME_ZONE)
        return cls(days, (local.hour * 60 + local.minute) * 60 + local.second)

    def after(self, began: datetime, closed_days: Collection[str] = ()) -> datetime:
        """When it ends that begins now."""
        first = day_of(began)
        if self.days:
            last = add_working_days(first, self.days, closed_days)
            return datetime.combine(last, time(), TIME_ZONE) + timedelta(seconds=self.seconds)
        before_next = end_of_day(add_working_days(first, 1, closed_days) - _ONE_DAY)
        ends = began + timedelta(seconds=self.seconds)
        return ends if ends <= before_next else began + (before_next - began) / 2


@dataclass(frozen=True, slots=True)
class Together:
    """One step as it was seen: how long it lasted, and by the keys of its deadlines how long before it they began to count.

    In seconds; less than none where they counted from a day to come, None where they counted from when the case began.
    `lasted` is None for what holds or calls others. `weekday` and `since`: when it began, and seconds after the case did.
    """

    weekday: int
    since: float
    offsets: dict[str, float | None]
    lasted: Lasted | None = None


def sample(spans: Sequence[tuple[datetime, datetime]], closed_days: Collection[str] = ()) -> list[Lasted]:
    """All of them; of more than `MOST` so many, evenly from the shortest to the longest."""
    ordered = sorted(spans, key=lambda span: span[1] - span[0])
    step = max(1.0, len(ordered) / MOST)
    taken = [ordered[int((place + 0.5) * step)] for place in range(min(MOST, len(ordered)))] if step > 1 else ordered
    return [Lasted.of(began, ended, closed_days) for began, ended in taken]
