"""Reads what a forecast needs in a handful of statements, whatever the number of cases; no engine is asked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.calendar import add_working_days, day_of, end_of_day
from casework.config import settings
from casework.forms.words import words
from casework.model import (
    Deadline,
    DeadlineState,
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
from casework.queries.forecast.known import COMPUTING, remaining_ways
from casework.queries.names import EmployeeName, UnitName, employee_name, unit_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms.words import Words
    from casework.i18n import Message
    from casework.queries.forecast.judging import Left
    from casework.queries.forecast.remaining import Remaining
    from casework.queries.forecast.ways import Ways

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


def forecast_lines(
    session: Session, units: Sequence[UnitName], now: datetime, *, days: int = FAR
) -> list[ForecastLine]:
    """Judge every deadline of these units that runs, is not late yet and falls due within `days`; the nearest first."""
    named = {one.id: one for one in units}
    near, far = (end_of_day(add_working_days(day_of(now), one, settings().closed_days)) for one in (NEAR, days))
    asked = (
        Deadline.unit_id.in_(named),
        Deadline.state == DeadlineState.RUNNING,
        Deadline.paused_at.is_(None),
        Deadline.due_at >= now,
        Deadline.due_at <= far,
    )
    rows = session.execute(_deadlines().where(*asked).order_by(Deadline.due_at, Deadline.id)).all()
    standing = _standing(session, select(Deadline.instance_id).where(*asked))
    remaining = remaining_ways(session, {row.process_version_id for row in rows})
    with COMPUTING:
        return [
            _line(
                row, named[row.unit_id], standing[row.instance_id], remaining.get(row.process_version_id), (now, near)
            )
            for row in rows
        ]


def _deadlines() -> Any:
    names = (
        *("id", "case_id", "instance_id", "key", "due_class", "name", "name_en", "duration", "calendar"),
        *("process_id", "element_id", "engine_task_id", "met_by", "due_at", "unit_id"),
    )
    columns = [Deadline.__table__.c[name] for name in names]
    return select(*columns, ProcessInstance.process_version_id).join(
        ProcessInstance, ProcessInstance.id == Deadline.instance_id
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


def _line(
    row: Any, unit: UnitName, standing: list[Standing], known: Remaining | None, times: tuple[datetime, datetime]
) -> ForecastLine:
    now, near = times
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
        unit=unit,
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
