"""When people do their work: after some working hours, mostly in time, sometimes late."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from casework.demo.chance import likely
from casework.demo.office_hours import after_hours, is_open, last_closing

if TYPE_CHECKING:
    from datetime import datetime

    from casework.demo.story import Story

#: Working hours from the moment a task stands until it is done, at a usual pace, by form.
_HOURS = {
    "F02g": (0.5, 4.0),
    "F02i": (3.0, 17.0),
    "F03": (2.0, 16.0),
    "F04": (7.0, 33.0),
    "F05": (3.0, 14.0),
    "F05b": (6.0, 33.0),
    "F06": (80.0, 280.0),
    "F07": (4.0, 17.0),
    "F08": (80.0, 230.0),
    "F08f": (1.0, 5.0),
    "F08p": (15.0, 60.0),
    "F08s": (60.0, 220.0),
    "F09": (5.0, 20.0),
    "F09f": (2.0, 10.0),
    "F09r": (3.0, 14.0),
    "F09u": (3.0, 12.0),
    "F10": (8.0, 30.0),
    "F10s": (20.0, 70.0),
    "F10v": (6.0, 25.0),
    "F11": (8.0, 35.0),
    "F11g": (4.0, 18.0),
    "F11n": (4.0, 20.0),
    "F12": (3.0, 15.0),
    "F15": (20.0, 60.0),
    "F15i": (3.0, 12.0),
    "F15p": (20.0, 60.0),
    "F15r": (4.0, 12.0),
    "F15s": (8.0, 28.0),
    "F15u": (20.0, 60.0),
    "F17": (8.0, 30.0),
    "F17a": (4.0, 18.0),
    "F17i": (3.0, 14.0),
    "F17j": (3.0, 12.0),
    "F17m": (60.0, 110.0),
    "F23tf": (2000.0, 2000.0),  # the end of the stage comes first
    "F28": (3.0, 12.0),
    "F28v": (2.0, 7.0),
    "F29": (2.0, 10.0),
    "F31": (6.0, 30.0),
    "F31b": (5.0, 25.0),
    "F31k": (4.0, 30.0),
    "F31m": (3.0, 17.0),
    "F31o": (8.0, 40.0),
    "F31r": (110.0, 320.0),
    "F31s": (1.0, 8.0),
}
_ANY = (6.0, 50.0)
#: Hours by the clock for what does not wait until tomorrow.
_AT_ONCE = {"F01": (0.2, 1.4), "F02": (0.4, 3.8), "F02b": (0.3, 1.7), "F02c": (0.5, 4.0), "F02d": (1.0, 6.0)}
#: The duty works through the night.
_DUTY = "doegnvagt"
_DUTY_HOURS = {"F01": (0.1, 0.9), "F02": (0.5, 4.0)}
#: Where everybody waits in line.
_QUEUES = {"ppr_nord": 2.8, "ppr_syd": 2.2}
#: How often somebody sees the date and is done in time after all.
_MINDS_THE_DATE = 0.72
_SOON = timedelta(minutes=7)


def when_done(task: Any, form: str, story: Story) -> datetime:
    """The moment at which the task will be done, if nobody is in its way."""
    created: datetime = task.created_at
    if form in story.moments:
        return max(story.moments.pop(form), created + _SOON)
    delay = story.delays.pop(form, 0.0)
    planned = _planned(task, form, story, delay)
    if delay == 0 and task.due_at is not None and planned > task.due_at:
        planned = _in_time(task, story, planned)
    return max(planned, created + _SOON)


def _planned(task: Any, form: str, story: Story, delay: float) -> datetime:
    by_the_clock = _DUTY_HOURS if task.unit_id == _DUTY else _AT_ONCE
    created: datetime = task.created_at
    if form in by_the_clock and not delay:
        return created + timedelta(hours=story.rng.uniform(*by_the_clock[form]))
    hours = story.rng.uniform(*_HOURS.get(form, _ANY)) * story.pace * _QUEUES.get(task.unit_id, 1.0)
    return after_hours(created, hours + delay)


def _in_time(task: Any, story: Story, planned: datetime) -> datetime:
    """The law's dates are kept, unless the story wants otherwise; the municipality's own mostly."""
    if task.due_class != "LOV" and not likely(story.rng, _MINDS_THE_DATE):
        return planned
    left: timedelta = task.due_at - task.created_at
    created: datetime = task.created_at
    if left <= _SOON:
        return planned
    moment = created + left * story.rng.uniform(0.55, 0.97)
    earlier = last_closing(moment) - timedelta(minutes=story.rng.randrange(5, 90))
    return moment if is_open(moment) or earlier <= created else earlier
