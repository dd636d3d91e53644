"""Brings messages and signals to the waits of a case.

A message goes to one wait of each instance that awaits its name on the case: to one with the same correlation before one
without. Where none awaits it, it starts the processes that begin with it; where there are none either, it is kept. A signal
goes to all waits and is never kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from casework.engine import Fire, NotStandingError
from casework.model import (
    MessageState,
    ProcessInstance,
    ProcessMessage,
    ProcessVersion,
    ProcessVersionState,
    StartMessage,
    Subscription,
    SubscriptionState,
)
from casework.operations.turns.deliveries import Delivery
from casework.operations.turns.moves import begin, happen

if TYPE_CHECKING:
    from uuid import UUID

    from casework.operations.turns.turn import Row, Turn


class _Wait:
    """A subscription of this turn (a row) or of an earlier one, seen in the same way."""

    def __init__(self, found: Row | Subscription) -> None:
        self.found = found
        get: Any = found.get if isinstance(found, dict) else lambda name: getattr(found, name)
        self.instance_id: UUID = get("instance_id")
        self.task_id: str = get("engine_task_id")
        self.element_id: str = get("element_id")
        self.correlation: str = get("correlation")

    def end(self, turn: Turn, state: SubscriptionState) -> None:
        """It was told, or it turned out not to stand."""
        if isinstance(self.found, dict):
            self.found.update(state=state, ended_at=turn.at)
        elif state is SubscriptionState.RECEIVED:
            self.found.receive(turn.at)
        else:
            self.found.cancel(turn.at)


def deliver_next(turn: Turn) -> bool:
    """Deliver one thing that is on its way. False: nothing is."""
    if not turn.deliveries:
        return False
    delivery = turn.deliveries.popleft()
    _tell(turn, delivery)
    if not delivery.instance_ids and delivery.kind == "message":
        _start(turn, delivery)
    return True


def take_up_kept(turn: Turn) -> bool:
    """Look for kept messages that fit waits which this turn has opened, the oldest first. False: there are none."""
    waits = [row for row in turn.pending(Subscription) if _is_new(turn, row)]
    if not waits or turn.case.kept_messages == turn.taken_up:
        return False
    turn.looked_for |= {row["id"] for row in waits}
    found = turn.session.scalars(
        select(ProcessMessage)
        .where(ProcessMessage.case_id == turn.case.id, ProcessMessage.state == MessageState.KEPT)
        .where(ProcessMessage.name.in_(sorted({row["name"] for row in waits})))
        .order_by(ProcessMessage.received_at, ProcessMessage.id)
    )
    for kept in found:
        if kept.state is MessageState.KEPT:
            turn.deliveries.append(
                Delivery("message", kept.name, dict(kept.payload), kept.correlation, message=kept, starts=False)
            )
    return bool(turn.deliveries)


def _is_new(turn: Turn, row: Row) -> bool:
    return row["kind"] == "message" and row["state"] is SubscriptionState.WAITING and row["id"] not in turn.looked_for


def _tell(turn: Turn, delivery: Delivery) -> None:
    told: set[UUID] = set()
    for wait in _waits(turn, delivery):
        if wait.instance_id in told and delivery.kind == "message":
            continue
        if _is_told(turn, wait, delivery):
            told.add(wait.instance_id)
            _received(turn, delivery, wait.instance_id)


def _is_told(turn: Turn, wait: _Wait, delivery: Delivery) -> bool:
    before = wait.found["state"] if isinstance(wait.found, dict) else wait.found.state
    if before is not SubscriptionState.WAITING:
        return False  # what this delivery set off has ended the wait
    instance = turn.instances[wait.instance_id]
    wait.end(turn, SubscriptionState.RECEIVED)
    try:
        happen(turn, instance, Fire(wait.task_id, wait.element_id, delivery.payload))
    except NotStandingError:
        wait.end(turn, SubscriptionState.CANCELLED)
        return False
    turn.record("message_delivered", instance, message=delivery.name, element=wait.element_id)
    return True


def _waits(turn: Turn, delivery: Delivery) -> list[_Wait]:
    """Waits that fit, those with a correlation first, then the oldest."""
    gone = turn.cancelled[Subscription.__tablename__]
    fits = [(w, i) for w, i in _old_waits(turn) if (w.name, w.kind) == (delivery.name, delivery.kind)]
    for _, instance in fits:
        turn.instances.setdefault(instance.id, instance)
    old = [_Wait(found) for found, _ in fits if found.engine_task_id not in gone]
    new = [
        _Wait(row)
        for row in turn.pending(Subscription)
        if row["name"] == delivery.name and row["kind"] == delivery.kind and row["state"] is SubscriptionState.WAITING
    ]
    fitting = [w for w in (*old, *new) if w.correlation in ("", delivery.correlation)]
    return sorted(fitting, key=lambda wait: not wait.correlation)


def _old_waits(turn: Turn) -> list[tuple[Subscription, ProcessInstance]]:
    """All that waited when the turn began, the oldest first, read once: a turn may send several messages."""
    if turn.waits is None:
        rows = turn.session.execute(
            select(Subscription, ProcessInstance)
            .join(ProcessInstance, ProcessInstance.id == Subscription.instance_id)
            .options(undefer(ProcessInstance.engine_state), undefer(ProcessInstance.variables))
            .where(Subscription.case_id == turn.case.id, Subscription.state == SubscriptionState.WAITING)
            .where(Subscription.kind.in_(("message", "signal")))
            .order_by(Subscription.created_at, Subscription.id)
        )
        turn.waits = [(found, instance) for found, instance in rows]
    return turn.waits


def _start(turn: Turn, delivery: Delivery) -> None:
    if not delivery.starts:
        return
    for name, version_id, element_id in _starts(turn):
        if name == delivery.name:
            instance = begin(turn, version_id, variables=delivery.payload, start_element=element_id)
            _received(turn, delivery, instance.id)


def _starts(turn: Turn) -> list[tuple[str, UUID, str]]:
    """What starts with a message: its name, the process version and the start event. Tens of rows, read once."""
    if turn.starts is None:
        found = turn.session.execute(
            select(StartMessage.name, StartMessage.process_version_id, StartMessage.element_id)
            .join(ProcessVersion, ProcessVersion.id == StartMessage.process_version_id)
            .where(ProcessVersion.state == ProcessVersionState.RELEASED)
            .order_by(ProcessVersion.process_id, StartMessage.element_id)
        )
        turn.starts = [(row.name, row.process_version_id, row.element_id) for row in found]
    return turn.starts


def _received(turn: Turn, delivery: Delivery, instance_id: UUID) -> None:
    if delivery.message is not None and not delivery.instance_ids:
        turn.taken_up += 1
    delivery.received_by(instance_id, turn.at)
