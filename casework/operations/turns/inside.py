"""For operations that have a transaction and a locked case of their own, and want something to happen to its processes.

Each of these settles and writes what follows, so that it may be read at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import case as sql_case
from sqlalchemy import select, update

from casework.errors import ConflictError, NotFoundError
from casework.i18n import message
from casework.identifiers import new_id
from casework.model import (
    ACTIVE,
    Deadline,
    DeadlineState,
    MessageState,
    ProcessMessage,
    ProcessVersion,
    ProcessVersionState,
    StartMessage,
    UserTask,
)
from casework.operations.turns.deliveries import Delivery
from casework.operations.turns.facts import take_facts
from casework.operations.turns.moves import begin
from casework.operations.turns.settle import settle
from casework.operations.turns.turn import Turn

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor, Case
    from casework.operations.turns.turn import Row


@dataclass(frozen=True)
class StartedInstance:
    """`task_ids` are the user tasks that stand at once."""

    instance_id: UUID
    task_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class Received:
    """`instance_ids`: who has received it, or was started by it; none while it is kept."""

    message_id: UUID
    state: Literal["kept", "delivered", "sent", "discarded"]
    instance_ids: tuple[UUID, ...] = ()


def start_instance(
    session: Session,
    case: Case,
    process_id: str,
    *,
    actor: Actor,
    at: datetime,
    variables: dict[str, Any] | None = None,
    facts: dict[str, Any] | None = None,
    start_message: str | None = None,
) -> StartedInstance:
    """Start the released version of a process, at the start event of `start_message` or at the plain one."""
    version_id, element = _released(session, process_id, start_message)
    turn = Turn(session, case, actor, at)
    take_facts(turn, facts or {})
    instance = begin(turn, version_id, variables=variables or {}, start_element=element)
    settle(turn)
    return StartedInstance(instance.id, turn.task_ids(instance.id))


def deliver(
    session: Session,
    case: Case,
    name: str,
    *,
    actor: Actor,
    at: datetime,
    payload: dict[str, Any] | None = None,
    correlation: str = "",
    dedupe_key: str | None = None,
) -> Received:
    """Bring a message to whoever awaits it on the case, or keep it. The same `dedupe_key` again changes nothing."""
    known = _known(session, case, dedupe_key)
    if known:
        return known
    turn = Turn(session, case, actor, at)
    row = _message_row(turn, name, payload or {}, correlation, dedupe_key)
    turn.add(ProcessMessage, row)
    delivery = Delivery("message", name, row["payload"], correlation, row=row)
    turn.deliveries.append(delivery)
    turn.record("message_received", message=name, correlation=correlation)
    settle(turn)
    return Received(row["id"], row["state"].value, tuple(delivery.instance_ids))


def change_facts(session: Session, case: Case, facts: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Set facts; deadlines, timers and conditions that read them move along."""
    turn = Turn(session, case, actor, at)
    take_facts(turn, facts)
    settle(turn)


def move_unit(session: Session, case: Case, unit_id: str) -> None:
    """Another unit becomes responsible: for the case, for the deadlines that the one before answered for; and awaits others."""
    session.flush()
    session.execute(
        update(Deadline)
        .where(Deadline.case_id == case.id, Deadline.state == DeadlineState.RUNNING)
        .where(Deadline.unit_id == case.responsible_unit_id, Deadline.engine_task_id.is_(None))
        .values(unit_id=unit_id)
    )
    waits = sql_case((UserTask.unit_id == unit_id, None), else_=unit_id)
    session.execute(
        update(UserTask)
        .where(UserTask.case_id == case.id, UserTask.state.in_(ACTIVE))
        .values(awaited_by_unit_id=waits)
        .execution_options(synchronize_session=False)
    )
    case.responsible_unit_id = unit_id
    case.version += 1


def _released(session: Session, process_id: str, start_message: str | None) -> tuple[UUID, str | None]:
    query = select(ProcessVersion.id, ProcessVersion.is_startable).where(
        ProcessVersion.process_id == process_id, ProcessVersion.state == ProcessVersionState.RELEASED
    )
    version = session.execute(query.order_by(ProcessVersion.version.desc())).first()
    if version is None or not version.is_startable:
        raise NotFoundError(message("There is no process {name} that can be started.", name=process_id))
    if start_message is None:
        return version.id, None
    named = StartMessage.process_version_id == version.id, StartMessage.name == start_message
    element = session.scalar(select(StartMessage.element_id).where(*named).order_by(StartMessage.element_id))
    if element is None:
        raise NotFoundError(message("The process does not start with the message {name}.", name=start_message))
    return version.id, element


def _known(session: Session, case: Case, dedupe_key: str | None) -> Received | None:
    if dedupe_key is None:
        return None
    found = session.scalar(select(ProcessMessage).where(ProcessMessage.dedupe_key == dedupe_key))
    if found is None:
        return None
    if found.case_id != case.id:
        raise ConflictError(message("Another message on another case was sent under the same key."))
    return Received(found.id, found.state.value, (found.instance_id,) if found.instance_id else ())


def _message_row(turn: Turn, name: str, payload: dict[str, Any], correlation: str, dedupe_key: str | None) -> Row:
    return {
        "id": new_id(),
        "case_id": turn.case.id,
        "name": name,
        "correlation": correlation,
        "payload": dict(payload),
        "sender": turn.actor.name,
        "dedupe_key": dedupe_key,
        "state": MessageState.KEPT,
        "received_at": turn.at,
        "delivered_at": None,
        "instance_id": None,
        "reason": None,
    }
