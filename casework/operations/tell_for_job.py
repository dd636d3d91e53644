"""What the topic `notify` of a diagram asks for: tell those whom it concerns, on their pages and by e-mail. Safe to repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.errors import InvalidError, NotFoundError
from casework.i18n import message
from casework.model import (
    ACTIVE,
    SYSTEM,
    Case,
    Employee,
    Handoff,
    Job,
    JournalEntry,
    Membership,
    ProcessInstance,
    Role,
    Unit,
    UserTask,
)
from casework.operations import journal
from casework.operations.turns.locking import locked
from casework.operations.turns.substitutes import substitutes_of_holder, substitutes_within
from casework.operations.turns.telling import tell
from casework.released import definition_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session


#: Kind of the journal entry.
TOLD = "employees_told"
#: What a birthday changes is a kind of notification, so that it can be said in words (`casework.queries.notifications`).
BIRTHDAYS = frozenset({"age_12", "age_16", "age_17_5", "age_18", "age_23"})


def tell_for_job(*, job_id: UUID) -> int:
    """Tell whom the input `to` of the job means; gives how many notifications were written.

    `responsible`: the caseworker of the case, else everybody in its unit. `open_tasks`: who has an open task of the instance, of
    those at the element `within` or in the process that it calls. `handoff_leaders`: the nearest leaders of both units of the
    hand-off `handoff_id`. `about` says what it is about and stands in the journal.
    """
    at = clock.now()
    with transaction() as session:
        query: Any = select(Case, Job).join(Job, Job.case_id == Case.id).where(Job.id == job_id)
        found = session.execute(locked(query, Case)).first()
        if found is None:
            raise NotFoundError(message("There is no such job."))
        case, job = found
        if _was_told(session, job):
            return 0
        told = _tell(session, case, job, at)
        about, names = str(job.inputs.get("about", "")), _names(session, told)
        words: dict[str, Any] = {"about": about, "told": names, "job_id": str(job.id)}
        journal.record(session, case, TOLD, SYSTEM, at, instance_id=job.instance_id, **words)
        return len(told)


def _was_told(session: Session, job: Job) -> bool:
    entries = select(JournalEntry.details).where(JournalEntry.case_id == job.case_id, JournalEntry.kind == TOLD)
    return any(details.get("job_id") == str(job.id) for details in session.scalars(entries))


def _tell(session: Session, case: Case, job: Job, at: datetime) -> list[UUID]:
    match job.inputs.get("to"):
        case "responsible":
            told, about = _responsible(session, case, at), str(job.inputs.get("about", ""))
            kind = about if about in BIRTHDAYS else "message"
            tell(session, case, told, kind, at, key=str(job.id), instance_id=job.instance_id)
            return told
        case "open_tasks":
            return [one for task in _open_tasks(session, job) for one in _tell_of_task(session, case, job, task, at)]
        case "handoff_leaders":
            return _tell_of_handoff(session, case, job, at)
    raise InvalidError(message("The job does not say whom to tell."))


def _tell_of_task(session: Session, case: Case, job: Job, task: UserTask, at: datetime) -> Sequence[UUID]:
    told = [task.assignee_id] if task.assignee_id else _members(session, [task.unit_id])
    told = list(dict.fromkeys([*told, *(one.id for one in substitutes_of_holder(session, task, at))]))
    key = f"{job.id}:{task.id}"
    tell(session, case, told, "task", at, key=key, user_task_id=task.id, instance_id=job.instance_id)
    return told


def _tell_of_handoff(session: Session, case: Case, job: Job, at: datetime) -> list[UUID]:
    handoff = session.get(Handoff, _id(job.inputs.get("handoff_id")))
    if handoff is None or handoff.case_id != case.id:
        raise NotFoundError(message("There is no such hand-off on the case."))
    units = (handoff.from_unit_id, handoff.to_unit_id)
    leaders = [one for unit in units for one in _leaders(session, unit)]
    substitutes = [one.id for unit in units for one in substitutes_within(session, leaders, unit, at)]
    told = list(dict.fromkeys([*leaders, *substitutes]))
    level = int(job.inputs.get("level") or 1)
    key, instance_id = str(job.id), job.instance_id
    tell(session, case, told, "handoff", at, key=key, instance_id=instance_id, handoff_id=handoff.id, level=level)
    handoff.escalated_at = at
    return told


def _responsible(session: Session, case: Case, at: datetime) -> list[UUID]:
    if case.responsible_employee_id:
        told = [case.responsible_employee_id]
        return [*told, *(one.id for one in substitutes_within(session, told, case.responsible_unit_id, at))]
    return _members(session, [case.responsible_unit_id])


def _open_tasks(session: Session, job: Job) -> Sequence[UserTask]:
    query = select(UserTask).where(UserTask.instance_id == job.instance_id, UserTask.state.in_(ACTIVE))
    tasks = session.scalars(query.order_by(UserTask.id)).all()
    within = str(job.inputs.get("within") or "")
    if not within:
        return tasks
    instance = session.get_one(ProcessInstance, job.instance_id)
    element = definition_of(session, instance.process_version_id).elements.get((str(job.process_id), within))
    called = element.called_element if element else ""
    here = (job.process_id, within)
    return [task for task in tasks if task.process_id == called or (task.process_id, task.element_id) == here]


def _members(session: Session, unit_ids: Iterable[str], *roles: Role) -> list[UUID]:
    query = (
        select(Employee.id)
        .join(Membership, Membership.employee_id == Employee.id)
        .where(Membership.unit_id.in_(sorted(unit_ids)), Employee.is_active)
        .order_by(Employee.username)
    )
    return list(session.scalars(query.where(Membership.role.in_(roles)) if roles else query))


def _leaders(session: Session, unit_id: str) -> list[UUID]:
    """Those of the unit itself, else of the nearest unit above that has some."""
    path = session.scalars(select(Unit.path).where(Unit.id == unit_id)).one().strip("/").split("/")
    return next(filter(None, (_members(session, [one], Role.TEAM_LEADER) for one in reversed(path))), [])


def _names(session: Session, ids: Iterable[UUID]) -> list[str]:
    return list(session.scalars(select(Employee.name).where(Employee.id.in_(sorted(ids))).order_by(Employee.username)))


def _id(value: object) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise InvalidError(message("The job names no hand-off.")) from None
