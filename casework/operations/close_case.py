"""Closes a case on which nothing runs any more. It opens again by itself when something starts on it.

Processes that only watch over the years, as the way to adulthood does, await the message `SagLukket` and end with the case;
when it opens again they start by the clock as on a new case, if they are still of use. What such a process still wants done
first (a reasoned end of an assessment) keeps the case open, and then nothing has changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError, ForbiddenError
from casework.i18n import message
from casework.model import (
    Handoff,
    HandoffState,
    InstanceState,
    ProcessInstance,
    ProcessStart,
    StartState,
    Subscription,
    SubscriptionState,
)
from casework.model.visibility import sees_whole_case
from casework.operations.journal import record
from casework.operations.moving_handoffs import required_text
from casework.operations.turns import deliver, lock_case

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor, Case

#: What processes that end with the case await.
CLOSES = "SagLukket"
_UNANSWERED = (HandoffState.OFFERED, HandoffState.MORE_ASKED)


def close_case(actor: Actor, *, case_id: UUID, reason: str, version: int | None = None) -> UUID:
    """Close it with a reason; gives the case's id.

    Refuses a case that is not seen whole (NotFoundError), who is not of the responsible unit (ForbiddenError), a case with a
    running process or an open hand-off, one that is closed or has changed (ConflictError), no reason (InvalidError).
    """
    said = required_text(reason, "reason")
    at = clock.now()
    with transaction() as session:
        case = lock_case(session, case_id, sees_whole_case(actor))
        if actor.kind != "system" and case.responsible_unit_id not in actor.all_units:
            raise ForbiddenError(message("Only the responsible unit can close the case."))
        if version is not None and version != case.version:
            raise ConflictError(message("The case has changed since you opened it."), changed={"version": case.version})
        _tell_processes(session, case, actor, at)
        _require_rest(session, case)
        case.close(at)
        record(session, case, "case_closed", actor, at, reason=said)
        return case.id


def _tell_processes(session: Session, case: Case, actor: Actor, at: datetime) -> None:
    """Only those that wait: a message that nobody awaits would be kept."""
    waits = (
        Subscription.case_id == case.id,
        Subscription.name == CLOSES,
        Subscription.state == SubscriptionState.WAITING,
    )
    if session.scalar(select(exists().where(*waits))):
        deliver(session, case, CLOSES, actor=actor, at=at)
        session.flush()
        _let_start_again(session, case, at)


def _let_start_again(session: Session, case: Case, at: datetime) -> None:
    """What the clock had started and has ended with the case was not done: a case that opens again needs it anew."""
    ended = ProcessInstance.state != InstanceState.RUNNING, ProcessInstance.ended_at == at
    query = select(ProcessStart).join(ProcessInstance, ProcessInstance.id == ProcessStart.instance_id)
    started = ProcessStart.case_id == case.id, ProcessStart.state == StartState.STARTED
    for start in session.scalars(query.where(*started, *ended)):
        start.fall_away(at)


def _require_rest(session: Session, case: Case) -> None:
    """What the responsible unit itself has accepted ends with the case."""
    running = ProcessInstance.case_id == case.id, ProcessInstance.state == InstanceState.RUNNING
    if session.scalar(select(exists().where(*running))):
        raise ConflictError(message("A process is still running on the case."), changed={"running": True})
    with_others = (Handoff.state == HandoffState.ACCEPTED) & (Handoff.to_unit_id != case.responsible_unit_id)
    handed_over = Handoff.case_id == case.id, Handoff.state.in_(_UNANSWERED) | with_others
    if session.scalar(select(exists().where(*handed_over))):
        raise ConflictError(message("A hand-off of the case is still open."), changed={"handoffs": True})
