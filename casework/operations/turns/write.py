"""Writes a turn: first what was changed and what is new, table by table (each in one statement), then what no longer stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import func, insert, update

from casework.database import pipelined
from casework.model import (
    Deadline,
    Incident,
    IncidentState,
    Job,
    MessageState,
    ProcessInstance,
    ProcessMessage,
    Subscription,
    Timer,
    UserTask,
)
from casework.operations.turns.running import changed_deadlines, end, write_ends
from casework.operations.turns.saving import is_plain, save, whole
from casework.operations.turns.turn import STANDING

if TYPE_CHECKING:
    from sqlalchemy import Table, Update

    from casework.database import Base
    from casework.operations.turns.turn import Turn

STANDS: tuple[type[Base], ...] = (UserTask, Job, Timer, Subscription)


def write(turn: Turn) -> None:
    """Write all that the turn has gathered; the caller's transaction commits it."""
    for row in turn.pending(Deadline):
        end(turn, row)
    _count_kept_messages(turn)
    started = turn.started
    if not is_plain(turn.session):
        _insert(turn, started)
        started = []
        turn.session.flush()
    deadlines = changed_deadlines(turn)
    with pipelined(turn.session):
        save(turn, started, deadlines)
        write_ends(turn)
        for statement in _updates(turn):
            turn.session.connection().execute(statement)
    if turn.pending(Job) or any(row["due_at"] <= turn.at for row in turn.pending(Timer)):
        turn.session.info["wakes"] = True


def _insert(turn: Turn, started: list[ProcessInstance]) -> None:
    """Before all that the flush writes, which may refer to them."""
    if started:
        turn.session.connection().execute(insert(_table(ProcessInstance)), [whole(instance) for instance in started])


def _count_kept_messages(turn: Turn) -> None:
    new = sum(row["state"] is MessageState.KEPT for row in turn.pending(ProcessMessage))
    if new or turn.taken_up:
        turn.case.kept_messages += new - turn.taken_up


def _updates(turn: Turn) -> list[Update]:
    instances = list(turn.instances)
    found = [_cancelling(turn, table, instances) for table in map(_table, STANDS) if turn.cancelled[table.name]]
    if turn.case.incidents and (turn.fallen_away or turn.finished):
        found.append(_solving(turn, instances))
    return found


def _cancelling(turn: Turn, table: Table, instances: list[Any]) -> Update:
    states, ended = STANDING[table.name]
    changes: dict[str, Any] = {"state": ended, "ended_at": turn.at}
    if "version" in table.c:
        changes["version"] = table.c.version + 1
    return (
        update(table)
        .where(table.c.instance_id.in_(instances), table.c.state.in_(sorted(states)))
        .where(table.c.engine_task_id.in_(sorted(turn.cancelled[table.name])))
        .values(**changes)
    )


def _solving(turn: Turn, instances: list[Any]) -> Update:
    """An incident at something that the process no longer needs is no longer one."""
    table = _table(Incident)
    # A job that nobody waits for, as a webhook's, is owed by an instance that is over, too.
    is_awaited = table.c.engine_task_id.is_not(None) | table.c.job_id.is_(None)
    is_over = table.c.instance_id.in_(sorted(turn.finished)) & is_awaited
    gone = table.c.engine_task_id.in_(sorted(turn.fallen_away)) | is_over
    return (
        update(table)
        .where(table.c.instance_id.in_(instances), table.c.state == IncidentState.OPEN, gone)
        .values(
            state=IncidentState.SOLVED, solved_at=turn.at, solved_by=func.coalesce(table.c.solved_by, turn.actor.name)
        )
    )


def _table(model: type[Base]) -> Table:
    return cast("Table", model.__table__)
