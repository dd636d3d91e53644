"""Escalations of a period with what came of them, read in three statements."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import String, exists, select, type_coerce

from casework.model import Case, Deadline, DeadlineState, Employee, Escalation, JournalEntry, Person, UserTask
from casework.queries.boards.rules import rule_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from casework.i18n import Message
    from casework.queries.names import UnitName
    from casework.queries.reports.report import Period

#: What somebody does with a task.
ACTS = (
    "user_task_claimed",
    "user_task_given_back",
    "user_task_reassigned",
    "user_task_put_back",
    "user_task_completed",
)
_PASSED_ON = "user_task_reassigned"


class Outcome(StrEnum):
    """What became of the deadline that was escalated, as it stands now."""

    ON_TIME = "on_time"  #: Met in time.
    LATE = "late"  #: Met after its date.
    OVERDUE = "overdue"  #: It still runs, and its date has passed.
    RUNNING = "running"  #: It still runs and is in time, or its clock stands still.
    WITHDRAWN = "withdrawn"  #: The duty fell away.


@dataclass(frozen=True)
class EscalationLine:
    """One escalation. `acted_at`: the first thing that anybody did after it with the task (of a deadline over several steps: of
    the process), or the end of the deadline; None: nothing yet.
    """

    id: UUID
    case_id: UUID
    key: str
    due_class: str
    rule: Message
    unit: UnitName
    level: int
    due_at: datetime
    raised_at: datetime
    outcome: Outcome
    ended_at: datetime | None
    acted_at: datetime | None
    is_passed_on: bool


@dataclass(frozen=True)
class EscalationDetail:
    """What a list shows beside it: `told` are the names of those who were told."""

    number: str
    child: str
    told: tuple[str, ...]


@dataclass
class _Acts:
    """When something was done, in order, and when it was passed on last."""

    at: list[datetime] = field(default_factory=list)
    passed_on: datetime | None = None

    def add(self, at: datetime, kind: str) -> None:
        """The next one."""
        self.at.append(at)
        if kind == _PASSED_ON:
            self.passed_on = at

    def first_after(self, at: datetime) -> datetime | None:
        """The first of them."""
        place = bisect_left(self.at, at)
        return self.at[place] if place < len(self.at) else None


_NOTHING = _Acts()


def escalation_lines(
    session: Session, units: Sequence[UnitName], period: Period, now: datetime
) -> list[EscalationLine]:
    """Give those that were raised in the period on deadlines of these units, the newest first."""
    named = {one.id: one for one in units}
    raised = Escalation.raised_at >= period.start, Escalation.raised_at < period.end, Deadline.unit_id.in_(named)
    # Thousands of rows: what the session would add to each costs more than reading it.
    asked = _escalations().where(*raised).order_by(Escalation.raised_at.desc(), Escalation.id)
    rows = session.connection().execute(asked).all()
    cases = select(Escalation.case_id).join(Deadline, Deadline.id == Escalation.deadline_id).where(*raised)
    of_deadline, of_instance = _acts(session, cases, period)
    return [
        _line(
            row,
            named[row.unit_id],
            of_deadline.get(row.deadline_id, _NOTHING) if row.has_task else of_instance.get(row.instance_id, _NOTHING),
            now,
        )
        for row in rows
    ]


def escalation_details(session: Session, ids: Sequence[UUID]) -> dict[UUID, EscalationDetail]:
    """Look up what a list shows of these escalations."""
    rows = session.execute(
        select(Escalation.id, Escalation.told, Case.number, Person.name)
        .join(Case, Case.id == Escalation.case_id)
        .join(Person, Person.id == Case.child_id)
        .where(Escalation.id.in_(ids))
    ).all()
    told = {UUID(one) for row in rows for one in row.told}
    found = session.execute(select(Employee.id, Employee.name).where(Employee.id.in_(told)))
    names = {str(row.id): row.name for row in found}
    return {
        row.id: EscalationDetail(row.number, row.name, tuple(names.get(one, "?") for one in row.told)) for row in rows
    }


def _escalations() -> Any:
    of_deadline = UserTask.instance_id == Deadline.instance_id, UserTask.deadline_id == Deadline.id
    return select(
        Escalation.id,
        Escalation.case_id,
        _plain(Escalation.deadline_id).label("deadline_id"),
        Escalation.level,
        Escalation.due_at,
        Escalation.raised_at,
        Deadline.key,
        Deadline.due_class,
        Deadline.name,
        Deadline.name_en,
        Deadline.duration,
        Deadline.calendar,
        _plain(Deadline.instance_id).label("instance_id"),
        Deadline.state,
        Deadline.ended_at,
        Deadline.paused_at,
        Deadline.due_at.label("due_now"),
        Deadline.unit_id,
        exists().where(*of_deadline).label("has_task"),
    ).join(Deadline, Deadline.id == Escalation.deadline_id)


def _plain(column: Any) -> Any:
    """An id as the driver gives it: thousands of them are compared here, none is shown."""
    return type_coerce(column, String)


def _acts(session: Session, cases: Any, period: Period) -> tuple[dict[Any, _Acts], dict[Any, _Acts]]:
    """What was done, by deadline and by instance."""
    of_deadline: dict[Any, _Acts] = defaultdict(_Acts)
    of_instance: dict[Any, _Acts] = defaultdict(_Acts)
    rows = session.connection().execute(
        select(_plain(UserTask.deadline_id), _plain(UserTask.instance_id), JournalEntry.at, JournalEntry.kind)
        .join(UserTask, UserTask.id == JournalEntry.user_task_id)
        .where(JournalEntry.case_id.in_(cases), JournalEntry.at >= period.start, JournalEntry.kind.in_(ACTS))
        .order_by(JournalEntry.at, JournalEntry.number)
    )
    for deadline_id, instance_id, at, kind in rows:
        if deadline_id is not None:
            of_deadline[deadline_id].add(at, kind)
        of_instance[instance_id].add(at, kind)
    return of_deadline, of_instance


def _line(row: Any, unit: UnitName, acts: _Acts, now: datetime) -> EscalationLine:
    moments = [at for at in (acts.first_after(row.raised_at), row.ended_at) if at]
    return EscalationLine(
        id=row.id,
        case_id=row.case_id,
        key=row.key,
        due_class=row.due_class.value,
        rule=rule_name(row.name, row.name_en, row.duration, row.calendar),
        unit=unit,
        level=row.level,
        due_at=row.due_at,
        raised_at=row.raised_at,
        outcome=_outcome(row, now),
        ended_at=row.ended_at,
        acted_at=min(moments, default=None),
        is_passed_on=acts.passed_on is not None and acts.passed_on >= row.raised_at,
    )


def _outcome(row: Any, now: datetime) -> Outcome:
    match row.state:
        case DeadlineState.MET:
            return Outcome.LATE if row.ended_at > row.due_now else Outcome.ON_TIME
        case DeadlineState.WITHDRAWN:
            return Outcome.WITHDRAWN
    return Outcome.OVERDUE if row.paused_at is None and row.due_now < now else Outcome.RUNNING
