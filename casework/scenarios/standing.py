"""What stands on the case of a scenario: tasks with their forms, and the next moment at which a machine has something to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, exists, func, select

from casework import clock, forms
from casework.database import read
from casework.model import (
    ACTIVE,
    Artifact,
    Case,
    Deadline,
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


#: Made once: making them takes longer than asking them, and time-lapse asks them at every moment.
_NEXT = select(
    select(func.min(Timer.due_at)).where(due.IS_WAITING_TIMER).scalar_subquery(),
    select(func.min(Deadline.next_escalation_at)).where(due.IS_RUNNING_DEADLINE).scalar_subquery(),
    select(func.min(ProcessStart.due_at)).where(due.IS_WAITING_START).scalar_subquery(),
)
_AT: Any = bindparam("at")
#: To an employee; no process waits for it.
_IS_MAIL = and_(Job.topic == "notify", Job.engine_task_id.is_(None))
_STAND = select(func.count(func.distinct(StartTimer.process_version_id))).scalar_subquery()
_DUE = select(
    exists().where(due.is_ready_job(_AT), ~_IS_MAIL).label("jobs"),
    exists().where(due.is_ready_job(_AT), _IS_MAIL).label("mails"),
    (exists().where(due.is_unplanned_case(_STAND)) | exists().where(due.is_due_start(_AT))).label("starts"),
    exists().where(due.is_due_timer(_AT)).label("timers"),
    exists().where(due.is_due_escalation(_AT)).label("escalations"),
    exists().where(due.is_late_handoff(_AT)).label("handoffs"),
)


def next_moment() -> datetime | None:
    """When the next timer, escalation or start by the clock comes due; None: never."""
    with read() as session:
        found = session.execute(_NEXT).one()
    return min((moment for moment in found if moment is not None), default=None)


def due_now() -> frozenset[str]:
    """For which sweeps there is something to do at this moment: jobs, mails, starts, timers, escalations, handoffs."""
    with read() as session:
        found = session.execute(_DUE, {"at": clock.now()}).one()
    return frozenset(name for name, is_due in found._asdict().items() if is_due)


def timer_due(case_id: UUID, element: str) -> datetime | None:
    """When the timer of this element comes due; None: it does not wait."""
    query = select(func.min(Timer.due_at)).where(
        Timer.case_id == case_id, Timer.state == TimerState.WAITING, Timer.element_id == element
    )
    with read() as session:
        return session.scalar(query)
