"""A running deadline as a bar with its reminders on it: numbers for the SVG of the task page, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from casework.queries.deadline_detail import DeadlineDetail

#: Width of the drawing, and how near to its edge the middle of a label may come.
WIDTH = 340
LABEL = 32
#: Deadlines longer than this are said by the day, shorter ones by the hour.
LONG = timedelta(days=4)


@dataclass(frozen=True)
class Mark:
    """One reminder: where on the bar, where its label, and when."""

    x: float
    label_x: float
    at: datetime


@dataclass(frozen=True)
class Ladder:
    """`passed` is how much of the width is gone; `form` how the marks are said (`casework.i18n`)."""

    width: int
    passed: float
    marks: tuple[Mark, ...]
    form: str


def ladder(deadline: DeadlineDetail) -> Ladder:
    """Give the drawing's numbers. Reminders after the due time, and those whose labels would overlap, have no mark."""
    marks: list[Mark] = []
    for rung in sorted(deadline.ladder, key=lambda rung: rung.part):
        x = round(WIDTH * rung.part, 1)
        label_x = min(max(x, LABEL), WIDTH - LABEL)
        if 0 <= rung.part <= 1 and (not marks or label_x - marks[-1].label_x >= 2 * LABEL):
            marks.append(Mark(x, label_x, rung.at))
    is_long = deadline.due.at is not None and deadline.due.at - deadline.starts_at > LONG
    passed = round(WIDTH * min(max(deadline.part, 0.0), 1.0), 1)
    return Ladder(WIDTH, passed, tuple(marks), "digits" if is_long else "brief_time")
