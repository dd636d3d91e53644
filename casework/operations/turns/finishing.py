"""Finishes claimed jobs: only for who holds the lease, once, and together with what the instance makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from casework import engine
from casework.engine import NotStandingError
from casework.errors import ConflictError
from casework.i18n import message
from casework.model import SYSTEM, Case, Job, JobState, ProcessInstance
from casework.operations.turns.locking import locked, turn_of, with_instance
from casework.operations.turns.moves import happen
from casework.operations.turns.settle import settle

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.operations.turns.turn import Turn


#: Statements made once: making them takes longer than asking them.
_IS_IT = Job.id == bindparam("job_id")
_BELONGS = select(Job.case_id, Job.instance_id, Job.engine_task_id).where(_IS_IT)
_ALONE: Any = locked(select(Job).where(_IS_IT), Job)
_WITH_INSTANCE: Any = locked(
    with_instance(select(Case, ProcessInstance, Job)).join(Job, Job.instance_id == ProcessInstance.id).where(_IS_IT),
    Case,
    ProcessInstance,
    Job,
)


def finish_claimed(session: Session, job_id: UUID, lease: UUID, result: dict[str, Any], *, at: datetime) -> None:
    """Finish a job inside the caller's transaction, which also holds the job's effect. Refuses (ConflictError) as `lock_job`."""
    turn, instance, job = lock_job(session, job_id, lease, at, only_if_awaited=True)
    job.finish(at)
    if turn is None or instance is None or job.engine_task_id is None:
        return
    try:
        happen(turn, instance, engine.JobDone(job.engine_task_id, result))
    except NotStandingError:
        return  # its effect has happened, but the process no longer waits for it
    settle(turn)


def lock_job(
    session: Session, job_id: UUID, lease: UUID | None, at: datetime, *, only_if_awaited: bool = False
) -> tuple[Turn | None, ProcessInstance | None, Job]:
    """A job with its case and instance, where it has them. Refuses who does not hold the lease (None: whoever may).

    `only_if_awaited`: an instance that does not wait for the job is left alone, as for a mail about one of its deadlines.
    """
    belongs = session.execute(_BELONGS, {"job_id": job_id}).first()
    if belongs is None:
        raise ConflictError(message("There is no such job."))
    has_instance = None not in (belongs.case_id, belongs.instance_id)
    is_wanted = has_instance and not (only_if_awaited and belongs.engine_task_id is None)
    turn, instance, job = _lock(session, job_id, at, has_instance=is_wanted)
    if lease is not None and (job.state is not JobState.CLAIMED or job.lease != lease):
        raise ConflictError(message("The job is no longer yours."), changed={"state": job.state.value})
    return turn, instance, job


def _lock(
    session: Session, job_id: UUID, at: datetime, *, has_instance: bool
) -> tuple[Turn | None, ProcessInstance | None, Job]:
    if not has_instance:
        return None, None, session.scalars(_ALONE, {"job_id": job_id}).one()
    case, instance, job = session.execute(_WITH_INSTANCE, {"job_id": job_id}).one()
    return turn_of(session, case, instance, SYSTEM, at), instance, job
