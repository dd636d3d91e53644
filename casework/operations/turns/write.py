"""Writes a turn: first what was changed, then new rows table by table (each in one statement), then what no longer stands."""

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
    Passage,
    ProcessInstance,
    ProcessMessage,
    Submission,
    Subscription,
    Timer,
    UserTask,
)
from casework.operations.turns.running import end, write_deadlines
from casework.operations.turns.saving import is_plain as is_plain_session
from casework.operations.turns.saving import save
from casework.operations.turns.turn import STANDING

if TYPE_CHECKING:
    from sqlalchemy import Table, Update

    from casework.database import Base
    from casework.operations.turns.turn import Row, Turn

#: Whom others refer to comes first.
ORDER: tuple[type[Base], ...] = (
    Deadline, UserTask, Submission, Job, Timer, Subscription, ProcessMessage, Passage, Incident,
)  # fmt: skip
STANDS: tuple[type[Base], ...] = (UserTask, Job, Timer, Subscription)


def write(turn: Turn) -> None:
    """Write all that the turn has gathered; the caller's transaction commits it."""
    for row in turn.pending(Deadline):
        end(turn, row)
    _count_kept_messages(turn)
    is_plain = is_plain_session(turn.session)
    if not is_plain:
        _insert_started(turn)
        turn.session.flush()
    with pipelined(turn.session):
        if is_plain:
            _insert_started(turn)
            save(turn.session)
        connection = turn.session.connection()
        for table in ORDER:
            if turn.pending(table):
                connection.execute(insert(_table(table)), turn.pending(table))
        write_deadlines(turn)
        for statement in _updates(turn):
            connection.execute(statement)
    if turn.pending(Job) or any(row["due_at"] <= turn.at for row in turn.pending(Timer)):
        turn.session.info["wakes"] = True


def _insert_started(turn: Turn) -> None:
    """Before all that may refer to them."""
    if turn.started:
        turn.session.connection().execute(
            insert(_table(ProcessInstance)), [_row(instance) for instance in turn.started]
        )


def _count_kept_messages(turn: Turn) -> None:
    new = sum(row["state"] is MessageState.KEPT for row in turn.pending(ProcessMessage))
    if new or turn.taken_up:
        turn.case.kept_messages += new - turn.taken_up


def _updates(turn: Turn) -> list[Update]:
    instances = list(turn.instances)
    found = [_cancelling(turn, table, instances) for table in map(_table, STANDS) if turn.cancelled[table.name]]
    if turn.fallen_away or turn.finished:
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
    gone = table.c.engine_task_id.in_(sorted(turn.fallen_away)) | table.c.instance_id.in_(sorted(turn.finished))
    return (
        update(table)
        .where(table.c.instance_id.in_(instances), table.c.state == IncidentState.OPEN, gone)
        .values(
            state=IncidentState.SOLVED, solved_at=turn.at, solved_by=func.coalesce(table.c.solved_by, turn.actor.name)
        )
    )


def _row(instance: ProcessInstance) -> Row:
    return {column.key: getattr(instance, column.key) for column in _table(ProcessInstance).c}


def _table(model: type[Base]) -> Table:
    return cast("Table", model.__table__)
