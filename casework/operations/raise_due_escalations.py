"""Tells people that a deadline nears or has passed: E1 who has the task, E2 the team leader too, E3 the level above too.

The duty goes on: an escalation changes nothing of the deadline but that it was raised (domain reference, E.0 and E.8).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, select

from casework import clock
from casework.database import read, transaction
from casework.identifiers import new_id
from casework.model import ACTIVE, SYSTEM, Case, Deadline, Escalation, UserTask
from casework.model.due import IS_RUNNING_DEADLINE, is_due_escalation
from casework.operations import journal
from casework.operations.turns.locking import locked
from casework.operations.turns.recipients import recipients
from casework.operations.turns.telling import tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session


#: Statements made once: making them takes longer than asking them.
_LOCKED: Any = locked(
    select(Case, Deadline)
    .join(Deadline, Deadline.case_id == Case.id)
    .where(Deadline.id == bindparam("deadline_id"), IS_RUNNING_DEADLINE),
    Case,
    Deadline,
    skip=True,
)
_TASKS = (
    select(UserTask)
    .where(UserTask.deadline_id == bindparam("deadline_id"), UserTask.state.in_(ACTIVE))
    .order_by(UserTask.id)
)


def raise_due_escalations(*, limit: int = 100) -> int:
    """Raise up to `limit` escalations that are due, each in a transaction of its own; gives how many.

    Of several levels that have come at once (a deadline that was late from the start) only the highest is raised.
    """
    return sum(_raise(deadline_id) for deadline_id in _due(limit))


def _due(limit: int) -> Sequence[UUID]:
    query = select(Deadline.id).where(is_due_escalation(clock.now())).order_by(Deadline.next_escalation_at, Deadline.id)
    with read() as session:
        return session.scalars(query.limit(limit)).all()


def _raise(deadline_id: UUID) -> bool:
    at = clock.now()
    with transaction() as session:
        found = session.execute(_LOCKED, {"deadline_id": deadline_id}).first()
        if found is None:
            return False
        case, deadline = found
        rungs = [datetime.fromisoformat(rung) for rung in deadline.ladder]
        level = sum(rung <= at for rung in rungs)
        if level <= deadline.escalation_level:
            return False  # another worker was here first
        deadline.escalate(level)
        _tell(session, case, deadline, level, at)
    return True


def _tell(session: Session, case: Case, deadline: Deadline, level: int, at: datetime) -> None:
    tasks = session.scalars(_TASKS, {"deadline_id": deadline.id}).all()
    told = recipients(session, case, deadline, tasks, level, at)
    escalation = {
        "id": new_id(),
        "case_id": case.id,
        "deadline_id": deadline.id,
        "level": level,
        "due_at": deadline.due_at,
        "raised_at": at,
        "told": [str(employee.id) for employee in told],
    }
    session.execute(insert(Escalation.__table__), [escalation])  # type: ignore[arg-type]
    tell(
        session,
        case,
        [employee.id for employee in told],
        "escalation",
        at,
        key=f"{deadline.id}:{level}:{deadline.due_at.isoformat()}",
        user_task_id=tasks[0].id if tasks else None,
        deadline_id=deadline.id,
        instance_id=deadline.instance_id,
        level=level,
    )
    names = [employee.name for employee in told]
    words: dict[str, Any] = {"key": deadline.key, "name": deadline.name, "level": level, "told": names}
    journal.record(session, case, "escalation_raised", SYSTEM, at, instance_id=deadline.instance_id, **words)
