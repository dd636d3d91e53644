"""What is due at a moment, as conditions: the sweeps take what fulfils them, and who only wants to know asks the same.

A moment is a datetime or a parameter of a statement that is made once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import ColumnElement, and_, literal_column

from casework.model.case import Case, CaseState
from casework.model.deadline import Deadline, DeadlineState
from casework.model.handoff import Handoff
from casework.model.job import Job, JobState
from casework.model.process_start import ProcessStart, StartState
from casework.model.timer import Timer, TimerState

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import BindParameter, ScalarSelect

    Moment: TypeAlias = "datetime | BindParameter[datetime]"

IS_WAITING_TIMER: ColumnElement[bool] = Timer.state == TimerState.WAITING
IS_WAITING_START: ColumnElement[bool] = ProcessStart.state == StartState.WAITING
IS_RUNNING_DEADLINE: ColumnElement[bool] = Deadline.state == DeadlineState.RUNNING
#: A hand-off by hand whose leaders have not been told; those that a process has offered are watched by that process. Written out,
#: because a partial index is used only where the statement itself says the condition.
IS_UNTOLD_HANDOFF: ColumnElement[bool] = and_(
    Handoff.state.in_([literal_column("'offered'"), literal_column("'more_asked'")]),
    Handoff.escalated_at.is_(None),
    Handoff.instance_id.is_(None),
)


IS_WAITING_JOB: ColumnElement[bool] = Job.state.in_((JobState.READY, JobState.CLAIMED))
#: To an employee about what stands on the pages anyway; no process waits for it.
IS_MAIL: ColumnElement[bool] = and_(Job.topic == "notify", Job.engine_task_id.is_(None))


def is_due_timer(at: Moment) -> ColumnElement[bool]:
    """It waits, and its moment has come."""
    return and_(IS_WAITING_TIMER, Timer.due_at <= at)


def is_due_start(at: Moment) -> ColumnElement[bool]:
    """A process waits to begin by the clock, and its moment has come."""
    return and_(IS_WAITING_START, ProcessStart.due_at <= at)


def is_due_escalation(at: Moment) -> ColumnElement[bool]:
    """The deadline runs, and somebody is to be told of it now."""
    return and_(IS_RUNNING_DEADLINE, Deadline.next_escalation_at <= at)


def is_late_handoff(at: Moment) -> ColumnElement[bool]:
    """It has had no answer in time, and nobody was told."""
    return and_(IS_UNTOLD_HANDOFF, Handoff.due_at < at)


def is_ready_job(at: Moment) -> ColumnElement[bool]:
    """It waits for a worker, or its worker's lease has ended."""
    return and_(IS_WAITING_JOB, Job.next_at <= at)


def is_unplanned_case(stand: int | ScalarSelect[int]) -> ColumnElement[bool]:
    """What starts when on this case was planned before these start timers were released."""
    return and_(Case.state == CaseState.OPEN, Case.starts_planned < stand)
