"""Reads what a forecast needs in a handful of statements, whatever the number of cases; no engine is asked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from casework.calendar import add_working_days, day_of, end_of_day
from casework.config import settings
from casework.forms.words import words
from casework.model import (
    Deadline,
    DeadlineState,
    ElementHistory,
    Employee,
    ProcessInstance,
    Subscription,
    SubscriptionState,
    Timer,
    TimerState,
    Unit,
    UserTask,
)
from casework.queries.boards.rules import rule_name
from casework.queries.columns import IS_ACTIVE
from casework.queries.forecast.judging import Answer, Standing, judge, left
from casework.queries.forecast.remaining import Remaining, Seen
from casework.queries.forecast.ways import ways_of
from casework.queries.names import EmployeeName, UnitName, employee_name, unit_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms.words import Words
    from casework.i18n import Message
    from casework.queries.forecast.judging import Left
    from casework.queries.forecast.ways import Place, Ways

NEAR, FAR = 5, 20


@dataclass(frozen=True)
class ForecastLine:
    """One running deadline that falls due within `FAR` working days.

    `typical_at` and `slow_at`: when it may be met; None where nothing can be said. `seen`: observations of the step on the
    way that was seen least often. `waits_for` holds it up now, since `since`; `task_id` is set where that is a task.
    """

    deadline_id: UUID
    case_id: UUID
    key: str
    due_class: str
    rule: Message
    unit: UnitName
    due_at: datetime
    is_near: bool
    answer: Answer
    typical_at: datetime | None
    slow_at: datetime | None
    seen: int
    is_outlived: bool
    waits_for: Words | None
    waits_with: EmployeeName | UnitName | None
    task_id: UUID | None
    since: datetime | None

    @property
    def waits_key(self) -> str:
        """What it waits for, as a key: the same step of the same diagram."""
        return self.waits_for.danish if self.waits_for else ""


def forecast_lines(session: Session, unit_ids: Sequence[str], now: datetime) -> list[ForecastLine]:
    """Judge every deadline of these units that runs, is not late yet and falls due soon; the nearest first."""
    near, far = (end_of_day(add_working_days(day_of(now), days, settings().closed_days)) for days in (NEAR, FAR))
    asked = (
        Deadline.unit_id.in_(unit_ids),
        Deadline.state == DeadlineState.RUNNING,
        Deadline.paused_at.is_(None),
        Deadline.due_at >= now,
        Deadline.due_at <= far,
    )
    rows = session.execute(_deadlines().where(*asked).order_by(Deadline.due_at, Deadline.id)).all()
    standing = _standing(session, select(Deadline.instance_id).where(*asked))
    history, ways = _history(session), ways_of(session, {row.process_version_id for row in rows})
    remaining = {version_id: Remaining(found, history) for version_id, found in ways.items()}
    return [_line(row, standing[row.instance_id], remaining, now, near) for row in rows]


def history_made_at(session: Session) -> datetime | None:
    """When durations were counted last; None: never."""
    return session.scalar(select(func.max(ElementHistory.made_at)))


def _deadlines() -> Any:
    names = (
        *("id", "case_id", "instance_id", "key", "due_class", "name", "name_en", "duration", "calendar"),
        *("process_id", "element_id", "engine_task_id", "met_by", "due_at", "unit_id"),
    )
    columns = [Deadline.__table__.c[name] for name in names]
    return (
        select(
            *columns,
            ProcessInstance.process_version_id,
            Unit.name.label("unit_name"),
            Unit.name_en.label("unit_name_en"),
        )
        .join(ProcessInstance, ProcessInstance.id == Deadline.instance_id)
        .join(Unit, Unit.id == Deadline.unit_id)
    )


def _standing(session: Session, instances: Any) -> dict[UUID, list[Standing]]:
    found: dict[UUID, list[Standing]] = defaultdict(list)
    tasks = (
        select(
            UserTask.id,
            UserTask.instance_id,
            UserTask.process_id,
            UserTask.element_id,
            UserTask.engine_task_id,
            UserTask.created_at,
            UserTask.name,
            UserTask.name_en,
            UserTask.unit_id,
            UserTask.assignee_id,
            Employee.name.label("assignee_name"),
            Unit.name.label("unit_name"),
            Unit.name_en.label("unit_name_en"),
        )
        .join(Unit, Unit.id == UserTask.unit_id)
        .outerjoin(Employee, Employee.id == UserTask.assignee_id)
        .where(UserTask.instance_id.in_(instances), IS_ACTIVE)
    )
    for row in session.execute(tasks):
        place = row.process_id, row.element_id
        found[row.instance_id].append(Standing(place, row.engine_task_id, row.created_at, row=row))
    for instance_id, one in _waits(session, instances):
        found[instance_id].append(one)
    return found


def _waits(session: Session, instances: Any) -> Iterator[tuple[UUID, Standing]]:
    timers = select(
        Timer.instance_id, Timer.process_id, Timer.element_id, Timer.engine_task_id, Timer.started_at, Timer.due_at
    ).where(Timer.instance_id.in_(instances), Timer.state == TimerState.WAITING)
    for row in session.execute(timers):
        place = row.process_id, row.element_id
        yield row.instance_id, Standing(place, row.engine_task_id, row.started_at, ends_at=row.due_at)
    messages = select(
        Subscription.instance_id,
        Subscription.process_id,
        Subscription.element_id,
        Subscription.engine_task_id,
        Subscription.created_at,
    ).where(Subscription.instance_id.in_(instances), Subscription.state == SubscriptionState.WAITING)
    for one in session.execute(messages):
        yield one.instance_id, Standing((one.process_id, one.element_id), one.engine_task_id, one.created_at)


def _history(session: Session) -> dict[Place, Seen]:
    names = "process_id", "element_id", "passed", "measured", "deciles"
    rows = session.execute(select(*(ElementHistory.__table__.c[name] for name in names)))
    return {(row.process_id, row.element_id): Seen(row.passed, row.measured, row.deciles) for row in rows}


def _line(
    row: Any, standing: list[Standing], remaining: dict[UUID, Remaining], now: datetime, near: datetime
) -> ForecastLine:
    known = remaining.get(row.process_version_id)
    target = row.process_id, row.met_by or (row.element_id if row.element_id != row.process_id else "")
    found = left(known, standing, target, row.engine_task_id, now) if known else None
    spread = found.spread if found else None
    waits_for, waits_with = _held_up(found, known.ways if known else None)
    return ForecastLine(
        deadline_id=row.id,
        case_id=row.case_id,
        key=row.key,
        due_class=row.due_class.value,
        rule=rule_name(row.name, row.name_en, row.duration, row.calendar),
        unit=unit_name(row.unit_id, row.unit_name, row.unit_name_en),
        due_at=row.due_at,
        is_near=row.due_at <= near,
        answer=judge(row.due_at, now, spread),
        typical_at=now + spread.typical if spread and not spread.is_guess else None,
        slow_at=now + spread.slow if spread and not spread.is_guess else None,
        seen=spread.seen if spread else 0,
        is_outlived=bool(spread and spread.is_outlived),
        waits_for=waits_for,
        waits_with=waits_with,
        task_id=found.standing.row.id if found and found.standing.row else None,
        since=found.standing.since if found else None,
    )


def _held_up(found: Left | None, ways: Ways | None) -> tuple[Words | None, EmployeeName | UnitName | None]:
    if found is None or ways is None:
        return None, None
    task = found.standing.row
    if task is None:
        return ways.nodes[found.standing.place].name, None
    who = employee_name(task.assignee_id, task.assignee_name)
    return words(task.name, task.name_en), who or unit_name(task.unit_id, task.unit_name, task.unit_name_en)
