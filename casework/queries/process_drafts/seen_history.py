"""What was seen of processes so far, as a simulation draws from it: durations, passages, and how many cases begin each week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, or_, select, tuple_
from sqlalchemy.orm import undefer

from casework import clock
from casework.calendar import day_of
from casework.config import TIME_ZONE, settings
from casework.database import read
from casework.model import (
    Deadline,
    DeadlineState,
    ElementHistory,
    Passage,
    ProcessInstance,
    ProcessVersion,
    Unit,
    UserTask,
)
from casework.model.process_rights import require_sight
from casework.queries.names import UnitName, unit_name
from casework.studio.simulation import Lasted, Past, Seen, Together, from_elsewhere

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.studio.simulation import Model

    _Place = tuple[str, str]

#: Weeks that are counted back.
WEEKS = 12
#: As far as durations are counted back (`keep_element_history`).
LOOKS_BACK = timedelta(days=730)
#: So many beginnings, and so many of each deadline, are looked at: the newest.
MOST = 200
#: Who counts from the day of the beginning counts from the beginning.
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Lateness:
    """Of the deadlines whose day has come, how many were late, or still are."""

    count: int
    late: int


@dataclass(frozen=True)
class SeenHistory:
    """`made_at`: when durations were counted last (None: never). `per_week`: how many instances of the process began lately.

    `units` are the names by lane, of units with that lane the first. `lateness`: by process and key of a deadline.
    """

    past: Past
    made_at: datetime | None
    per_week: float
    units: Mapping[str, UnitName]
    lateness: Mapping[tuple[str, str], Lateness]


NOTHING_SEEN = SeenHistory(Past({}), None, 0.0, {}, {})


def seen_history(actor: Actor, model: Model) -> SeenHistory:
    """For who may see drafts; no case is named in it."""
    require_sight(actor)
    since, process_id = clock.now() - timedelta(weeks=WEEKS), model.process_id
    with read() as session:
        rows = session.scalars(select(ElementHistory).options(undefer(ElementHistory.sample))).all()
        began = session.scalar(_of(process_id, select(func.count()), since))
        units = session.scalars(select(Unit).where(Unit.lane.is_not(None), Unit.is_active).order_by(Unit.id.desc()))
        return SeenHistory(
            past=Past(
                {(row.process_id, row.element_id): _seen(row) for row in rows},
                _begun(session, process_id),
                {place: _together(session, place, starts) for place, starts in from_elsewhere(model).items()},
            ),
            made_at=max((row.made_at for row in rows), default=None),
            per_week=(began or 0) / WEEKS,
            units={unit.lane or "": unit_name(unit.id, unit.name, unit.name_en) for unit in units},
            lateness=_lateness(session),
        )


def _seen(row: ElementHistory) -> Seen:
    return Seen(row.passed, row.measured, [Lasted(days, seconds) for days, seconds in row.sample], row.begun)


def _lateness(session: Session) -> dict[_Place, Lateness]:
    now = clock.now()
    is_late = case((or_(Deadline.ended_at.is_(None), Deadline.ended_at > Deadline.due_at), 1), else_=0)
    rows: Any = session.execute(
        select(Deadline.process_id, Deadline.key, func.count().label("all"), func.sum(is_late).label("late"))
        .where(Deadline.due_at.between(now - LOOKS_BACK, now), Deadline.state != DeadlineState.WITHDRAWN)
        .group_by(Deadline.process_id, Deadline.key)
    )
    return {(row.process_id, row.key): Lateness(row.all, row.late) for row in rows}


def _of(process_id: str, query: Any, since: datetime) -> Any:
    return (
        query.select_from(ProcessInstance)
        .join(ProcessVersion, ProcessVersion.id == ProcessInstance.process_version_id)
        .where(ProcessVersion.process_id == process_id, ProcessInstance.started_at >= since)
    )


def _begun(session: Session, process_id: str) -> list[tuple[int, int]]:
    """Weekday and second of the day, here."""
    query = _of(process_id, select(ProcessInstance.started_at), clock.now() - LOOKS_BACK)
    moments = session.scalars(query.order_by(ProcessInstance.started_at.desc()).limit(MOST))
    here = [at.astimezone(TIME_ZONE) for at in moments]
    return [(at.weekday(), (at.hour * 60 + at.minute) * 60 + at.second) for at in here]


def _together(session: Session, place: _Place, starts: Collection[_Place]) -> list[Together]:
    """A task that was completed, or (with `starts`) the last passage of one of them before the deadline ended."""
    found: dict[tuple[UUID, str | None], Together] = {}
    for row in session.execute(_of_passages(place, starts) if starts else _of_tasks(place)):
        lasted = None if starts else Lasted.of(row.began, row.ended_at, settings().closed_days)
        weekday, since = day_of(row.began).weekday(), (row.began - row.started_at).total_seconds()
        one = found.setdefault((row.instance_id, row.engine_task_id), Together(weekday, since, {}, lasted))
        is_beginning = abs(row.starts_at - row.started_at) < A_DAY
        one.offsets[row.key] = None if is_beginning else (row.began - row.starts_at).total_seconds()
    return list(found.values())


_COLUMNS = (
    Deadline.instance_id,
    Deadline.engine_task_id,
    Deadline.key,
    Deadline.starts_at,
    Deadline.ended_at,
    ProcessInstance.started_at,
)


def _of_tasks(place: _Place) -> Any:
    is_its = (UserTask.instance_id == Deadline.instance_id) & (UserTask.engine_task_id == Deadline.engine_task_id)
    return _newest(place, select(*_COLUMNS, UserTask.created_at.label("began")).join(UserTask, is_its))


def _of_passages(place: _Place, starts: Collection[_Place]) -> Any:
    is_start = tuple_(Passage.process_id, Passage.element_id).in_(starts)
    is_its = (Passage.instance_id == Deadline.instance_id) & is_start & (Passage.at <= Deadline.ended_at)
    began = func.max(Passage.at).label("began")
    return _newest(place, select(*_COLUMNS, began).join(Passage, is_its).group_by(Deadline.id, *_COLUMNS))


def _newest(place: _Place, query: Any) -> Any:
    return (
        query.join(ProcessInstance, ProcessInstance.id == Deadline.instance_id)
        .where(Deadline.process_id == place[0], Deadline.element_id == place[1], Deadline.state == DeadlineState.MET)
        .order_by(Deadline.ended_at.desc())
        .limit(MOST)
    )
