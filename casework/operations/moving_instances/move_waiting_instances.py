"""Takes instances of running batches and moves each in a transaction of its own. Every worker calls it again and again.

What has become of an instance is written in the transaction that moves it: a worker that is killed leaves it moved and told, or
neither. One that is refused is left as it was, and told in a transaction of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from casework import clock
from casework.database import read, transaction
from casework.engine import StateFormatError
from casework.engine.moving import CannotMoveError
from casework.engine.moving_branches import Branches
from casework.i18n import message
from casework.model import (
    Actor,
    Case,
    InstanceMove,
    InstanceMoveItem,
    InstanceMoveState,
    InstanceState,
    MovedState,
    ProcessInstance,
)
from casework.operations.moving_instances.moving import move_instance
from casework.operations.moving_instances.plan import Plan
from casework.operations.turns.locking import locked, turn_of, with_instance
from casework.operations.turns.settle import settle
from casework.released import release_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.i18n import Message

log = structlog.get_logger()


def move_waiting_instances(*, limit: int = 20) -> int:
    """Move up to `limit` instances that wait for it; gives how many were looked at. Ends batches in which none waits.

    An instance on whose case somebody else is working is left for the next time.
    """
    done = 0
    for move_id in _running():
        found = _waiting(move_id, limit - done)
        done += sum(_move_safely(move_id, instance_id) for instance_id in found)
        if not found:
            _end(move_id)
        if done >= limit:
            break
    return done


def _running() -> Sequence[UUID]:
    with read() as session:
        query = select(InstanceMove.id).where(InstanceMove.state == InstanceMoveState.RUNNING)
        return session.scalars(query.order_by(InstanceMove.created_at)).all()


def _waiting(move_id: UUID, limit: int) -> Sequence[UUID]:
    waiting = InstanceMoveItem.move_id == move_id, InstanceMoveItem.state == MovedState.WAITING
    with read() as session:
        query = select(InstanceMoveItem.instance_id).where(*waiting).order_by(InstanceMoveItem.position)
        return session.scalars(query.limit(limit)).all()


def _move_safely(move_id: UUID, instance_id: UUID) -> bool:
    try:
        return _move(move_id, instance_id)
    except CannotMoveError as refused:
        return _refuse(move_id, instance_id, list(refused.reasons))
    except StateFormatError as error:
        return _refuse(move_id, instance_id, [error.message])
    except SQLAlchemyError:
        raise  # the database is away or overrun: nothing of this instance
    except Exception as error:  # the worker's edge: a bug at one instance must not stop all others
        log.exception("move broke", instance=str(instance_id))
        return _refuse(
            move_id, instance_id, [message("Something in the program broke: {error}", error=type(error).__name__)]
        )


def _move(move_id: UUID, instance_id: UUID) -> bool:
    """False: somebody else has the case, or the batch, just now."""
    at = clock.now()
    with transaction() as session:
        move, item = _item(session, move_id, instance_id)
        if move is None or item is None:
            return False
        query: Any = with_instance(select(Case, ProcessInstance)).where(ProcessInstance.id == instance_id)
        found = session.execute(locked(query, Case, ProcessInstance, skip=True)).first()
        if found is None:
            return False
        case, instance = found
        if instance.state is not InstanceState.RUNNING or instance.process_version_id != move.from_version_id:
            item.end(MovedState.PASSED_OVER, at, [])
            return True
        turn = turn_of(session, case, instance, _actor(move), at)
        move_instance(turn, instance, _plan(session, move))
        settle(turn)
        item.end(MovedState.MOVED, at, [])
    return True


def _refuse(move_id: UUID, instance_id: UUID, reasons: list[Message]) -> bool:
    with transaction() as session:
        _, item = _item(session, move_id, instance_id)
        if item is None:
            return False
        item.end(MovedState.REFUSED, clock.now(), [reason.to_json() for reason in reasons])
    return True


def _item(session: Session, move_id: UUID, instance_id: UUID) -> tuple[InstanceMove | None, InstanceMoveItem | None]:
    """The batch, which must still run, and its instance, locked."""
    move = session.get(InstanceMove, move_id, populate_existing=True)
    if move is None or move.state is not InstanceMoveState.RUNNING:
        return None, None
    mine = InstanceMoveItem.move_id == move_id, InstanceMoveItem.instance_id == instance_id
    query = select(InstanceMoveItem).where(*mine, InstanceMoveItem.state == MovedState.WAITING)
    return move, session.scalars(query.with_for_update(skip_locked=True)).first()


def _actor(move: InstanceMove) -> Actor:
    """Who had it moved: for the journal. Nothing is asked of rights here."""
    return Actor(move.created_by_id, move.created_by, "employee" if move.created_by_id else "system")


def _plan(session: Session, move: InstanceMove) -> Plan:
    old, new = (release_of(session, version_id) for version_id in (move.from_version_id, move.to_version_id))
    pairs = {(a, b): (c, d) for a, b, c, d in move.pairs}
    return Plan(old, new, pairs, Branches(move.branches), move.reason)


def _end(move_id: UUID) -> None:
    with transaction() as session:
        query = select(InstanceMove).where(InstanceMove.id == move_id, InstanceMove.state == InstanceMoveState.RUNNING)
        move = session.scalars(query.with_for_update()).first()
        waiting = InstanceMoveItem.move_id == move_id, InstanceMoveItem.state == MovedState.WAITING
        if move is not None and session.scalar(select(InstanceMoveItem.instance_id).where(*waiting).limit(1)) is None:
            move.finish(clock.now())
