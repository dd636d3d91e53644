"""What stands on the case of a scenario: tasks with their forms, and the next moment at which a machine has something to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select

from casework import clock, forms
from casework.database import read
from casework.model import (
    ACTIVE,
    Artifact,
    Case,
    Deadline,
    Handoff,
    Job,
    Person,
    ProcessInstance,
    ProcessStart,
    StartTimer,
    Timer,
    TimerState,
    UserTask,
    due,
)
from casework.queries.answers import filed
from casework.queries.persons import person_rows
from casework.queries.task_form import TaskForm, task_form

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True)
class Task:
    """An open task; `form` is empty when it has none."""

    id: UUID
    element: str
    name: str
    form: str

    def is_called(self, word: str) -> bool:
        """By its form, its element or its name."""
        return word in (self.form, self.element, self.name)


def tasks(case_id: UUID) -> list[Task]:
    """The open tasks, the oldest first."""
    query = (
        select(UserTask.id, UserTask.element_id, UserTask.name, Artifact.key)
        .outerjoin(Artifact, Artifact.id == UserTask.form_id)
        .where(UserTask.case_id == case_id, UserTask.state.in_(ACTIVE))
        .order_by(UserTask.id)
    )
    with read() as session:
        return [Task(row.id, row.element_id, row.name, row.key or "") for row in session.execute(query)]


def form_now(task_id: UUID) -> TaskForm:
    """The form of a task as somebody finds it who opens it now."""
    query = (
        select(
            UserTask.form_id,
            UserTask.items,
            UserTask.draft,
            UserTask.instance_id,
            UserTask.case_id,
            Case.number,
            Case.facts,
            ProcessInstance.variables,
            Person.name.label("child_name"),
            Person.birth_date.label("child_birth_date"),
        )
        .join(ProcessInstance, ProcessInstance.id == UserTask.instance_id)
        .join(Case, Case.id == UserTask.case_id)
        .join(Person, Person.id == Case.child_id)
        .where(UserTask.id == task_id)
    )
    with read() as session:
        row: Any = session.execute(query).one()
        around: Sequence[Any] = person_rows(session, row.case_id)
        earlier = filed(session, row.case_id)
        return task_form(session, row, persons=around, filed=earlier, of_case=earlier, may_see_numbers=True)


def context_of(form: TaskForm) -> forms.Context:
    """What the form may read."""
    return forms.Context(now=clock.now(), facts=form.context, variables=form.context, choices=form.choices)


@dataclass(frozen=True)
class Standing:
    """When there is something to do for the machines, the nearest moment of each kind; None: nothing waits.

    `jobs` are ready from then on, `handoffs` are late after it.
    """

    timers: datetime | None
    escalations: datetime | None
    starts: datetime | None
    jobs: datetime | None
    handoffs: datetime | None
    #: What starts when must be planned on some case.
    is_unplanned: bool

    @property
    def next(self) -> datetime | None:
        """When the next timer, escalation or start by the clock comes due; None: never."""
        found = (self.timers, self.escalations, self.starts)
        return min((moment for moment in found if moment is not None), default=None)

    def due(self, at: datetime) -> frozenset[str]:
        """For which kinds there is something to do at that moment."""
        found = {name for name in _KINDS if (moment := getattr(self, name)) is not None and moment <= at}
        if self.handoffs is not None and self.handoffs < at:
            found.add("handoffs")
        return frozenset(found | {"starts"} if self.is_unplanned else found)


_KINDS = ("timers", "escalations", "starts", "jobs")
_STARTS = select(func.count(func.distinct(StartTimer.process_version_id))).scalar_subquery()


def _first(moment: Any, *conditions: Any) -> Any:
    return select(func.min(moment)).where(*conditions).scalar_subquery()


#: Made once: making it takes longer than asking it, and time-lapse asks it at every moment.
_STANDING = select(
    _first(Timer.due_at, due.IS_WAITING_TIMER).label("timers"),
    _first(Deadline.next_escalation_at, due.IS_RUNNING_DEADLINE).label("escalations"),
    _first(ProcessStart.due_at, due.IS_WAITING_START).label("starts"),
    _first(Job.next_at, due.IS_WAITING_JOB, ~due.IS_MAIL).label("jobs"),
    _first(Handoff.due_at, due.IS_UNTOLD_HANDOFF).label("handoffs"),
    exists().where(due.is_unplanned_case(_STARTS)).label("is_unplanned"),
)


def standing() -> Standing:
    """How it stands now."""
    with read() as session:
        return Standing(**session.execute(_STANDING).one()._asdict())


def timer_due(case_id: UUID, element: str) -> datetime | None:
    """When the timer of this element comes due; None: it does not wait."""
    query = select(func.min(Timer.due_at)).where(
        Timer.case_id == case_id, Timer.state == TimerState.WAITING, Timer.element_id == element
    )
    with read() as session:
        return session.scalar(query)
