"""Which processes will start by themselves on a case, and when: planned from its facts, and planned anew when one changes.

1. A start event's moment follows from facts; while one of them is unknown there is none.
2. A moment that lies ahead waits. One that has passed waits too, and comes at once, for as long as the start event says that it
   is of use (`sag:timer late`; otherwise to the end of that day): the transition at 15¾ still helps at 16½, the letter to
   who turns 10 does not help at 14.
3. A corrected fact moves what waits. What has started is not undone and does not start again for a moment that has passed;
   for one that lies ahead it does, because then it had started too early.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import func, select

from casework import calendar, feel
from casework.calendar.local_time import instant_of
from casework.errors import CaseworkError
from casework.feel import Evaluation, FeelTimeoutError
from casework.identifiers import new_id
from casework.model import ProcessStart, ProcessVersion, ProcessVersionState, StartState, StartTimer
from casework.operations.turns.expressions import UnreadableError, as_start, names_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.feel import FeelError
    from casework.operations.turns.turn import Turn

log = structlog.get_logger()

#: Of use to the end of the day.
THAT_DAY = "P0D"
#: As of a case that never was planned: the sweep does it once more.
PLAN_AGAIN = 0


class Unknown(Enum):
    """A machine was too busy to say when; what was planned stays until it has said."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN


@dataclass(frozen=True)
class Start:
    """A start event of a released version."""

    version_id: UUID
    process_id: str
    element_id: str
    name: str
    name_en: str
    expression: str
    late: str
    is_single: bool

    @property
    def words(self) -> dict[str, Any]:
        """How the journal names it."""
        return {"process": self.process_id, "element": self.element_id, "name": self.name, "name_en": self.name_en}


def stand_of_starts(session: Session) -> int:
    """Rises whenever start timers are released; a case whose `starts_planned` is lower must be planned anew."""
    return session.scalar(select(func.count(func.distinct(StartTimer.process_version_id)))) or 0


def released_starts(session: Session, process_id: str | None = None) -> list[Start]:
    """The start timers of all released versions, or of one process."""
    query = (
        select(
            ProcessVersion.id, ProcessVersion.process_id, StartTimer.element_id, ProcessVersion.name,
            ProcessVersion.name_en, StartTimer.expression, StartTimer.late, StartTimer.is_single,
        )
        .join(StartTimer, StartTimer.process_version_id == ProcessVersion.id)
        .where(ProcessVersion.state == ProcessVersionState.RELEASED)
        .order_by(ProcessVersion.process_id, StartTimer.element_id)
    )  # fmt: skip
    if process_id is not None:
        query = query.where(ProcessVersion.process_id == process_id)
    return [Start(*row) for row in session.execute(query)]


def move_starts(turn: Turn) -> None:
    """Plan anew when a fact has changed that a start reads; the journal says what moved. The sweep plans what never was."""
    if turn.is_read("starts"):
        plan_starts(turn)


def plan_starts(turn: Turn) -> None:
    """Bring the rows of the case to what its facts and the released processes say."""
    starts = released_starts(turn.session)
    turn.watch({"starts": names_in([start.expression for start in starts])})
    found = turn.session.scalars(
        select(ProcessStart).where(ProcessStart.case_id == turn.case.id, ProcessStart.state != StartState.FALLEN_AWAY)
    ).all()
    moments = _moments(turn, starts)
    for start, moment in zip(starts, moments, strict=True):
        if moment is UNKNOWN:
            continue
        mine = [row for row in found if (row.process_id, row.element_id) == (start.process_id, start.element_id)]
        _plan(turn, start, moment, mine)
    known = {(start.process_id, start.element_id) for start in starts}
    for row in found:
        if row.state is StartState.WAITING and (row.process_id, row.element_id) not in known:
            row.fall_away(turn.at)
    turn.case.starts_planned = PLAN_AGAIN if UNKNOWN in moments else stand_of_starts(turn.session)


def _moments(turn: Turn, starts: Sequence[Start]) -> list[datetime | date | Unknown | None]:
    facts = turn.case.facts
    ready = [feel.Question(start.expression, facts) for start in starts if _is_known(facts, start)]
    outcomes = iter(feel.attempt(ready) if ready else [])
    return [_moment(turn, start, next(outcomes)) if _is_known(facts, start) else None for start in starts]


def _is_known(facts: dict[str, Any], start: Start) -> bool:
    return all(facts.get(name) is not None for name in names_in([start.expression]))


def _moment(turn: Turn, start: Start, outcome: Evaluation | FeelError) -> datetime | date | Unknown | None:
    """None where the facts make no moment; then the log says so."""
    if isinstance(outcome, FeelTimeoutError):
        log.warning("no time for a moment", case=turn.case.number, process=start.process_id, element=start.element_id)
        return UNKNOWN
    try:
        moment = as_start(outcome.value if isinstance(outcome, Evaluation) else None)
        calendar.due(THAT_DAY, calendar.CalendarKind.CALENDAR, moment)
    except (UnreadableError, CaseworkError, ValueError, OverflowError):
        log.warning("no moment", case=turn.case.number, process=start.process_id, element=start.element_id)
        return None
    return moment


def _plan(turn: Turn, start: Start, moment: datetime | date | None, rows: list[ProcessStart]) -> None:
    waiting = next((row for row in rows if row.state is StartState.WAITING), None)
    started = [row.due_at for row in rows if row.state is StartState.STARTED]
    if moment is None or instant_of(moment) in started:
        if waiting is not None:
            _fall_away(turn, start, waiting, None)
        return
    due_at = instant_of(moment)
    if waiting is not None:
        if waiting.due_at != due_at:
            _move(turn, start, waiting, moment)
    elif due_at > turn.at or (not started and _is_of_use(start, moment, turn.at)):
        words = {"case_id": turn.case.id, "process_id": start.process_id, "element_id": start.element_id}
        turn.session.add(ProcessStart(id=new_id(), **words, due_at=due_at, created_at=turn.at))


def _is_of_use(start: Start, moment: datetime | date, at: datetime) -> bool:
    late = start.late or THAT_DAY
    return at <= calendar.due(late, calendar.usual_calendar(late), moment).instant


def _move(turn: Turn, start: Start, row: ProcessStart, moment: datetime | date) -> None:
    before, due_at = row.due_at, instant_of(moment)
    if due_at <= turn.at and not _is_of_use(start, moment, turn.at):
        _fall_away(turn, start, row, due_at)
        return
    row.move(due_at)
    turn.record("start_moved", **start.words, **turn.why(start.expression), **_from_to(before, due_at))
    turn.session.info["wakes"] = True


def _fall_away(turn: Turn, start: Start, row: ProcessStart, now_due: datetime | None) -> None:
    """Its new moment has passed too long ago, or nobody knows it any more, or it has started for it already."""
    row.fall_away(turn.at)
    turn.record("start_fell_away", **start.words, **turn.why(start.expression), **_from_to(row.due_at, now_due))


def _from_to(before: datetime, after: datetime | None) -> dict[str, Any]:
    return {"before": before.isoformat(), "after": after.isoformat() if after else None}
