"""Tells instances that the moment of their timers has come. Every worker calls it each second; each timer fires once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import bindparam, select
from sqlalchemy.exc import SQLAlchemyError

from casework import clock
from casework.database import read, transaction
from casework.engine import NotStandingError, Stuck
from casework.i18n import message
from casework.model import SYSTEM, Case, ProcessInstance, Timer
from casework.model.due import IS_WAITING_TIMER, is_due_timer
from casework.operations.turns.firing import event_of_timer, fire_timer
from casework.operations.turns.incidents import kept, raise_incident
from casework.operations.turns.locking import locked, turn_of, with_instance
from casework.operations.turns.settle import settle

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.operations.turns.turn import Turn

log = structlog.get_logger()


#: Made once: making it takes longer than asking it.
_LOCKED: Any = locked(
    with_instance(select(Case, ProcessInstance, Timer))
    .join(Timer, Timer.instance_id == ProcessInstance.id)
    .where(Timer.id == bindparam("timer_id"), IS_WAITING_TIMER),
    Case,
    ProcessInstance,
    Timer,
    skip=True,
)


def fire_due_timers(*, limit: int = 100) -> int:
    """Fire up to `limit` timers that are due, each in a transaction of its own; gives how many.

    A timer whose case somebody else is working on is left for the next second. One that cannot be fired becomes an incident
    and holds up no other.
    """
    return sum(_fire_safely(timer_id) for timer_id in _due(limit))


def _due(limit: int) -> Sequence[UUID]:
    query = select(Timer.id).where(is_due_timer(clock.now())).order_by(Timer.due_at, Timer.id)
    with read() as session:
        return session.scalars(query.limit(limit)).all()


def _fire_safely(timer_id: UUID) -> bool:
    try:
        return _fire(timer_id)
    except SQLAlchemyError:
        raise  # the database is away or overrun: nothing of this timer
    except Exception as error:  # the clock's edge: a bug at one timer must not stop the clock of all others
        log.exception("timer broke", timer=str(timer_id))
        return _give_up(timer_id, error)


def _fire(timer_id: UUID) -> bool:
    at = clock.now()
    with transaction() as session:
        found = _lock(session, timer_id)
        if found is None or found[2].due_at > at:
            return False
        case, instance, timer = found
        turn = turn_of(session, case, instance, SYSTEM, at)
        try:
            fire_timer(turn, instance, timer)
        except NotStandingError:
            timer.cancel(at)
            return False
        except Stuck as stuck:
            _keep(turn, instance, timer, stuck)
        settle(turn)
    return True


def _lock(session: Session, timer_id: UUID) -> tuple[Case, ProcessInstance, Timer] | None:
    found = session.execute(_LOCKED, {"timer_id": timer_id}).first()
    return tuple(found) if found else None


def _give_up(timer_id: UUID, error: Exception) -> bool:
    """A bug of ours, kept as an incident, so that a person sees it and the sweep does not fall over it each second."""
    with transaction() as session:
        found = _lock(session, timer_id)
        if found is None:
            return False
        case, instance, timer = found
        turn = turn_of(session, case, instance, SYSTEM, clock.now())
        broke = message("Something in the program broke: {error}", error=type(error).__name__)
        _keep(turn, instance, timer, Stuck(broke, process_id=timer.process_id, element_id=timer.element_id))
        settle(turn)
    return True


def _keep(turn: Turn, instance: ProcessInstance, timer: Timer, stuck: Stuck) -> None:
    timer.get_stuck()
    raise_incident(turn, instance, stuck, kept(event_of_timer(timer)))
