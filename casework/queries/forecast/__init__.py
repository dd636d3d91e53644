"""What will be late if nothing happens: within five and within twenty working days, and what it waits for.

Computed from where each case stands, the remaining way through its diagram, and how long each step has taken so far. It is an
estimate and says so: what too little was seen of is counted by itself, not guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework import clock
from casework.database import read
from casework.forms.words import words
from casework.i18n import message
from casework.model import Deadline
from casework.queries.boards import Grouping, behind, board_units, counted
from casework.queries.deadline_rows import DeadlineRow, deadline_row, select_deadlines
from casework.queries.forecast.judging import Answer
from casework.queries.forecast.known import history_made_at
from casework.queries.forecast.lines import FAR, NEAR, ForecastLine, forecast_lines
from casework.queries.reports.report import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from casework.model import Actor
    from casework.queries.boards import Counted
    from casework.queries.names import UnitName
    from casework.tables import Table

__all__ = [
    "FAR",
    "NEAR",
    "Answer",
    "Forecast",
    "ForecastCases",
    "ForecastLine",
    "forecast",
    "forecast_cases",
    "likely_late_soon",
]

#: So many lines on a page.
ROWS = 100


@dataclass(frozen=True)
class Forecast:
    """`made_at`: when durations were counted last; None: never, so nothing can be said."""

    now: datetime
    unit: UnitName
    units: tuple[UnitName, ...]
    made_at: datetime | None
    figures: Table
    by_rule: Table
    by_unit: Table
    held_up: Table

    @property
    def tables(self) -> tuple[Table, ...]:
        """All of it, to take away."""
        return (self.figures, self.by_rule, self.by_unit, self.held_up)


@dataclass(frozen=True)
class ForecastCases:
    """The deadlines behind one figure, the nearest first, each with what is known of it as a list shows it."""

    counted: Counted
    unit: UnitName
    total: int
    rows: tuple[tuple[ForecastLine, DeadlineRow], ...]
    next_page: int | None


def _figure(key: str, title: object, answer: Answer | None, *, is_near: bool) -> Figure:
    def is_counted(line: ForecastLine) -> bool:
        return (line.is_near or not is_near) and (answer is None or line.answer is answer)

    return Figure(key, title, is_counted)  # type: ignore[arg-type]


FIGURES = (
    _figure("due_near", message("due within 5 working days"), None, is_near=True),
    _figure("likely_near", message("likely late within 5 working days"), Answer.LIKELY, is_near=True),
    _figure("possible_near", message("perhaps late within 5 working days"), Answer.POSSIBLE, is_near=True),
    _figure("unknown_near", message("cannot be said within 5 working days"), Answer.UNKNOWN, is_near=True),
    _figure("due_far", message("due within 20 working days"), None, is_near=False),
    _figure("likely_far", message("likely late within 20 working days"), Answer.LIKELY, is_near=False),
    _figure("possible_far", message("perhaps late within 20 working days"), Answer.POSSIBLE, is_near=False),
    _figure("unknown_far", message("cannot be said within 20 working days"), Answer.UNKNOWN, is_near=False),
)
#: What holds up what will be late, likely or perhaps.
_HELD = (FIGURES[1], FIGURES[2], FIGURES[5], FIGURES[6])
ALL = Grouping(
    "all", message("What is to be expected"), message("All"), FIGURES, lambda _: "all", lambda _: message("All")
)
BY_RULE = Grouping("by_rule", message("By rule"), message("Rule"), FIGURES, lambda one: one.key, lambda one: one.rule)
BY_UNIT = Grouping(
    "by_unit", message("By unit"), message("Unit"), FIGURES, lambda one: one.unit.id, lambda one: one.unit.name
)
HELD_UP = Grouping(
    "held_up",
    message("What it waits for"),
    message("Step"),
    _HELD,
    lambda one: one.waits_key,
    lambda one: one.waits_for or words("?", "?"),
)
_LATE = frozenset({Answer.LIKELY, Answer.POSSIBLE})


def forecast(actor: Actor, *, unit: str | None = None) -> Forecast:
    """Make it for a unit that the actor leads (by default the topmost); NotFoundError for who leads none of it."""
    now = clock.now()
    with read() as session:
        top, units = board_units(session, actor, unit)
        lines = forecast_lines(session, units, now)
        made_at = history_made_at(session)
    late = [line for line in lines if line.answer in _LATE]
    return Forecast(
        now=now,
        unit=top,
        units=units,
        made_at=made_at,
        figures=counted(ALL, lines),
        by_rule=counted(BY_RULE, lines, rank=_most_late_first),
        by_unit=counted(BY_UNIT, lines, rank=_most_late_first),
        held_up=counted(HELD_UP, late, rank=_most_late_first),
    )


def likely_late_soon(actor: Actor, *, unit: str | None = None) -> int | None:
    """How many are likely late within five working days: one figure for another page. None: no durations were counted yet."""
    with read() as session:
        if history_made_at(session) is None:
            return None
        _, units = board_units(session, actor, unit)
        lines = forecast_lines(session, units, clock.now(), days=NEAR)
    return sum(line.answer is Answer.LIKELY for line in lines)


def _most_late_first(lines: Sequence[ForecastLine]) -> tuple[int, int]:
    return -sum(line.answer in _LATE for line in lines), -len(lines)


def forecast_cases(
    actor: Actor, *, unit: str | None, table: str, row: str, figure: str, page: int | None = 0
) -> ForecastCases:
    """Open one figure; `page` None gives all of it. NotFoundError where there is none, and for who leads none of it."""
    now = clock.now()
    with read() as session:
        top, units = board_units(session, actor, unit)
        lines = forecast_lines(session, units, now)
        held = [line for line in lines if table != HELD_UP.key or line.answer in _LATE]
        opened = behind((ALL, BY_RULE, BY_UNIT, HELD_UP), held, table, row, figure)
        shown = opened.lines if page is None else opened.lines[max(0, page) * ROWS : (max(0, page) + 1) * ROWS]
        found = session.execute(select_deadlines(actor).where(Deadline.id.in_([one.deadline_id for one in shown])))
        rows = {one.id: deadline_row(one, now) for one in found}
    return ForecastCases(
        counted=opened,
        unit=top,
        total=len(opened.lines),
        rows=tuple((line, rows[line.deadline_id]) for line in shown if line.deadline_id in rows),
        next_page=page + 1 if page is not None and len(opened.lines) > (page + 1) * ROWS else None,
    )
