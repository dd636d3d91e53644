"""Starts processes whose moment has come on a case. Every worker calls it each second; each start happens once.

What starts when is planned first for cases that are new, opened again, or older than a newly released start event: the sweep
does it, so that neither opening a case nor releasing a process has to wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import exists, func, select
from sqlalchemy.exc import SQLAlchemyError

from casework import clock
from casework.database import read, transaction
from casework.engine import Stuck
from casework.i18n import message
from casework.model import SYSTEM, Case, CaseState, InstanceState, ProcessInstance, ProcessStart, StartState
from casework.model.due import is_due_start, is_unplanned_case
from casework.operations.turns.locking import locked, turn_of
from casework.operations.turns.moves import begin, begin_stuck
from casework.operations.turns.settle import settle
from casework.operations.turns.starts import Start, plan_starts, released_starts, stand_of_starts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.operations.turns.turn import Turn

log = structlog.get_logger()


def start_due_processes(*, limit: int = 100) -> int:
    """Plan up to `limit` cases and start up to `limit` processes, each in a transaction of its own; gives how many.

    A case that somebody else is working on is left for the next second. Where the process already runs from the same start
    event (or at all, when the diagram says `single`) it does not start a second time. A closed case starts nothing.
    """
    planned = sum(_plan_safely(case_id) for case_id in _unplanned(limit))
    return planned + sum(_start_safely(start_id) for start_id in _due(limit))


def _unplanned(limit: int) -> Sequence[UUID]:
    with read() as session:
        stand = stand_of_starts(session)
        if not stand:
            return []
        # by chance, so that those that cannot be planned do not stand before all others for ever
        query = select(Case.id).where(is_unplanned_case(stand)).order_by(func.random())
        return session.scalars(query.limit(limit)).all()


def _plan_safely(case_id: UUID) -> bool:
    try:
        return _plan(case_id)
    except SQLAlchemyError:
        raise  # the database is away or overrun
    except Exception:  # the clock's edge: it is tried again, and the log says why; the clock of all others goes on
        log.exception("starts not planned", case=str(case_id))
        return False


def _plan(case_id: UUID) -> bool:
    with transaction() as session:
        query = select(Case).where(Case.id == case_id, Case.state == CaseState.OPEN)
        case = session.scalars(locked(query, Case, skip=True)).first()
        if case is None:
            return False
        plan_starts(turn_of(session, case, None, SYSTEM, clock.now()))
    return True


def _due(limit: int) -> Sequence[UUID]:
    query = select(ProcessStart.id).where(is_due_start(clock.now())).order_by(ProcessStart.due_at, ProcessStart.id)
    with read() as session:
        return session.scalars(query.limit(limit)).all()


def _start_safely(start_id: UUID) -> bool:
    try:
        return _with_start(start_id, _start)
    except SQLAlchemyError:
        raise  # the database is away or overrun: nothing of this start
    except Exception as error:  # the clock's edge: a bug at one start must not stop the clock of all others
        log.exception("start broke", start=str(start_id))
        broke = message("Something in the program broke: {error}", error=type(error).__name__)
        return _with_start(start_id, lambda turn, start: _begin_stuck(turn, start, broke))


def _with_start(start_id: UUID, begun: Callable[[Turn, Start], ProcessInstance | None]) -> bool:
    """Lock it and let it begin, or fall away."""
    at = clock.now()
    with transaction() as session:
        found = _lock(session, start_id)
        if found is None or found[1].due_at > at:
            return False
        case, row = found
        turn = turn_of(session, case, None, SYSTEM, at)
        start = _released(session, row)
        instance = begun(turn, start) if start and _may_start(turn, start, row) else None
        settle(turn)
        if instance is None:
            row.fall_away(at)
            return True
        row.start(instance.id, at)
    return True


def _lock(session: Session, start_id: UUID) -> tuple[Case, ProcessStart] | None:
    query: Any = select(Case, ProcessStart).join(ProcessStart, ProcessStart.case_id == Case.id)
    query = query.where(ProcessStart.id == start_id, ProcessStart.state == StartState.WAITING)
    found = session.execute(locked(query, Case, ProcessStart, skip=True)).first()
    return tuple(found) if found else None


def _released(session: Session, row: ProcessStart) -> Start | None:
    """None: a newer version no longer starts there."""
    return next((s for s in released_starts(session, row.process_id) if s.element_id == row.element_id), None)


def _may_start(turn: Turn, start: Start, row: ProcessStart) -> bool:
    if turn.case.state is not CaseState.OPEN:
        return False
    running = [ProcessInstance.case_id == turn.case.id, ProcessInstance.process_id == start.process_id]
    running.append(ProcessInstance.state == InstanceState.RUNNING)
    if not start.is_single:
        same = ProcessStart.case_id == turn.case.id, ProcessStart.element_id == row.element_id
        running.append(ProcessInstance.id.in_(select(ProcessStart.instance_id).where(*same)))
    if turn.session.scalar(select(exists().where(*running))):
        turn.record("start_left_out", **start.words)
        return False
    return True


def _start(turn: Turn, start: Start) -> ProcessInstance:
    return begin(turn, start.version_id, variables={}, start_element=start.element_id)


def _begin_stuck(turn: Turn, start: Start, cause: Any) -> ProcessInstance:
    """A bug of ours, kept as an incident of an instance that has not begun: a person sees it and can try again."""
    stuck = Stuck(cause, process_id=start.process_id, element_id=start.element_id)
    return begin_stuck(turn, start.version_id, start.element_id, stuck)
