"""What stands on a case just now: tasks, offers of hand-offs, and the next moments at which the machines have something to do.

Read with few statements: the walk asks after every step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select

from casework import clock
from casework.database import read
from casework.model import (
    ACTIVE,
    Case,
    CaseState,
    Deadline,
    DeadlineState,
    Handoff,
    HandoffState,
    InstanceState,
    Job,
    JobState,
    MessageState,
    ProcessInstance,
    ProcessMessage,
    ProcessStart,
    StartState,
    Timer,
    TimerState,
    UserTask,
)
from casework.model.case_facts import facts_at
from casework.released import form_of
from casework.unit_choices import unit_choices, with_choices

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import BindParameter

_CASE: BindParameter[UUID] = bindparam("case_id")
_TASKS = (
    select(
        UserTask.id,
        UserTask.element_id,
        UserTask.form_id,
        UserTask.instance_id,
        UserTask.items,
        UserTask.unit_id,
        UserTask.assignee_id,
        UserTask.needs_separation,
        UserTask.created_at,
        UserTask.due_at,
        UserTask.due_class,
    )
    .where(UserTask.case_id == _CASE, UserTask.state.in_(ACTIVE))
    .order_by(UserTask.id)
)
_UNANSWERED = Handoff.case_id == _CASE, Handoff.state.in_((HandoffState.OFFERED, HandoffState.MORE_ASKED))
_OFFERS = (
    select(
        Handoff.id,
        Handoff.state,
        Handoff.from_unit_id,
        Handoff.to_unit_id,
        Handoff.instance_id,
        Handoff.version,
        Handoff.due_at,
        Handoff.escalated_at,
    )
    .where(*_UNANSWERED)
    .order_by(Handoff.id)
)
_OFFERED = select(func.count()).where(*_UNANSWERED)
_TIMER = select(func.min(Timer.due_at)).where(Timer.case_id == _CASE, Timer.state == TimerState.WAITING)
_START = select(func.min(ProcessStart.due_at)).where(
    ProcessStart.case_id == _CASE, ProcessStart.state == StartState.WAITING
)
_JOB = select(func.min(Job.next_at)).where(Job.case_id == _CASE, Job.state == JobState.READY)
_ESCALATION = select(func.min(Deadline.next_escalation_at)).where(
    Deadline.case_id == _CASE, Deadline.state == DeadlineState.RUNNING
)
_RUNNING = select(func.count()).where(
    ProcessInstance.case_id == _CASE, ProcessInstance.state != InstanceState.COMPLETED
)
_WITH_OTHERS = select(func.count()).where(
    Handoff.case_id == _CASE, Handoff.state == HandoffState.ACCEPTED, Handoff.to_unit_id != Case.responsible_unit_id
)
_KEPT = select(func.count()).where(ProcessMessage.case_id == _CASE, ProcessMessage.state == MessageState.KEPT)
_MOMENTS = select(
    _TIMER.scalar_subquery().label("timer"),
    _START.scalar_subquery().label("start"),
    _JOB.scalar_subquery().label("job"),
    _ESCALATION.scalar_subquery().label("escalation"),
    _RUNNING.scalar_subquery().label("running"),
    _KEPT.scalar_subquery().label("kept"),
    _OFFERED.scalar_subquery().label("offered"),
    _WITH_OTHERS.correlate(Case).scalar_subquery().label("with_others"),
    Case.state,
    Case.responsible_unit_id,
    Case.responsible_employee_id,
).where(Case.id == _CASE)
_KNOWN = select(Case.facts, Case.number, ProcessInstance.variables).join(
    ProcessInstance, ProcessInstance.case_id == Case.id
)


@dataclass(frozen=True)
class Standing:
    """`tasks` and `offers` are rows; moments are None when nothing is to come.

    `running` counts instances, `kept` messages that nobody awaits yet, `with_others` hand-offs that another unit has accepted.
    """

    tasks: Sequence[Any]
    offers: Sequence[Any]
    timer: datetime | None
    start: datetime | None
    job: datetime | None
    escalation: datetime | None
    running: int
    kept: int
    with_others: int
    is_open: bool
    responsible_unit_id: str
    responsible_employee_id: UUID | None

    @property
    def late_offer(self) -> datetime | None:
        """When the next offer that somebody made by hand is late, and nobody was told yet."""
        own = (offer for offer in self.offers if offer.instance_id is None and offer.escalated_at is None)
        return min((offer.due_at for offer in own), default=None)


def standing(case_id: UUID) -> Standing:
    """Look at one case."""
    with read() as session:
        connection = session.connection()  # columns only: no need for the ORM
        tasks = connection.execute(_TASKS, {"case_id": case_id}).all()
        row = connection.execute(_MOMENTS, {"case_id": case_id}).one()
        offers = connection.execute(_OFFERS, {"case_id": case_id}).all() if row.offered else []
    return Standing(
        tasks=tasks,
        offers=offers,
        timer=row.timer,
        start=row.start,
        job=row.job,
        escalation=row.escalation,
        running=row.running,
        kept=row.kept,
        with_others=row.with_others,
        is_open=row.state is CaseState.OPEN,
        responsible_unit_id=row.responsible_unit_id,
        responsible_employee_id=row.responsible_employee_id,
    )


def form_of_task(task: Any) -> str:
    """The key of its form; empty when it has none."""
    if task.form_id is None:
        return ""
    with read() as session:
        return form_of(session, task.form_id).id


def known_to(task: Any) -> tuple[Any, dict[str, Any], dict[str, Any]]:
    """The form of a task (None when it has none), the facts of its case and the variables of its instance."""
    with read() as session:
        row = session.execute(_KNOWN.where(ProcessInstance.id == task.instance_id)).one()
        bare = form_of(session, task.form_id) if task.form_id else None
        form = with_choices(bare, unit_choices(session, bare)) if bare else None
    return form, {**facts_at(row.facts, clock.now()), "sag": {"nummer": row.number}}, row.variables
