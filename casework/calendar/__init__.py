"""When something is due, and why: elapsed hours, calendar days, weeks, months and years, and Danish working days.

Rules: domain reference, part C. An authority's own duty is never moved forward to a working day; only a citizen's deadline
may be (`roll_forward`). Which calendar a rule of the law uses stands with the rule in the diagram, not here.
"""

from casework.calendar.ages import age_on, birthday
from casework.calendar.due_dates import CalendarKind, Due, due, usual_calendar
from casework.calendar.durations import Duration, parse_duration
from casework.calendar.local_time import day_of, end_of_day, instant_of
from casework.calendar.pauses import days_paused, postponed
from casework.calendar.working_days import add_working_days, is_working_day, working_days_between

__all__ = [
    "CalendarKind",
    "Due",
    "Duration",
    "add_working_days",
    "age_on",
    "birthday",
    "day_of",
    "days_paused",
    "due",
    "end_of_day",
    "instant_of",
    "is_working_day",
    "parse_duration",
    "postponed",
    "usual_calendar",
    "working_days_between",
]
