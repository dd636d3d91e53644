"""A person stops a process instance; everything that it awaited falls away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from casework import clock
from casework.database import transaction
from casework.errors import InvalidError
from casework.i18n import message
from casework.model import (
    Deadline,
    DeadlineState,
    Incident,
    IncidentState,
    Job,
    Subscription,
    Timer,
    UserTask,
)
from casework.model.visibility import sees_incident
from casework.operations import journal
from casework.operations.turns.locking import lock_instance
from casework.operations.turns.mending import require_may_mend
from casework.operations.turns.turn import STANDING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor


def cancel_instance(actor: Actor, *, instance_id: UUID, reason: str) -> None:
    """Stop an instance for good, with a reason. Administrators, and leaders of the unit responsible for the case.

    Its deadlines are withdrawn: whoever stops a process says that its duties have fallen away or are met elsewhere.
    """
    said = " ".join(reason.split())
    if not said:
        raise InvalidError(message("Say why."), {"reason": [message("Say why.")]})
    at = clock.now()
    with transaction() as session:
        case, instance = lock_instance(session, instance_id, sees_incident(actor))
        require_may_mend(actor, case)
        instance.cancel(at)
        _end_all(session, instance_id, actor.name, at)
        journal.record(session, case, "instance_cancelled", actor, at, instance_id=instance_id, reason=said)


def _end_all(session: Session, instance_id: UUID, by: str, at: datetime) -> None:
    for table in (UserTask, Job, Timer, Subscription):
        states, ended = STANDING[table.__tablename__]
        changes: dict[str, Any] = {"state": ended, "ended_at": at}
        if table is UserTask:
            changes["version"] = UserTask.version + 1
        _update(session, table, instance_id, tuple(states), changes)
    withdrawn = {"state": DeadlineState.WITHDRAWN, "ended_at": at, "next_escalation_at": None}
    _update(session, Deadline, instance_id, (DeadlineState.RUNNING,), withdrawn)
    solved = {"state": IncidentState.SOLVED, "solved_at": at, "solved_by": by}
    _update(session, Incident, instance_id, (IncidentState.OPEN,), solved)


def _update(session: Session, table: Any, instance_id: UUID, states: tuple[str, ...], changes: dict[str, Any]) -> None:
    where = table.instance_id == instance_id, table.state.in_(sorted(states))
    session.execute(update(table).where(*where).values(**changes).execution_options(synchronize_session=False))
