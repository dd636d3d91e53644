"""The deadlines that run on a case, read once in a turn by whoever needs them, and written back in one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import undefer

from casework.model import ACTIVE, Deadline, DeadlineState, ProcessInstance, UserTask

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Table

    from casework.operations.turns.turn import Row, Turn

_TABLE, _TASKS = cast("Table", Deadline.__table__), cast("Table", UserTask.__table__)
#: What a turn may change of a deadline.
CHANGED = (
    "duration", "starts_at", "due_at", "explanation", "ladder", "escalation_level", "next_escalation_at", "state", "ended_at",
    "late_reason", "moved", "pauses", "paused_at",
)  # fmt: skip


def running_deadlines(turn: Turn) -> list[Row]:
    """Those of the turn's start, as rows that the turn may change; those that it has opened itself are not among them."""
    if turn.running is None:
        query = (
            select(_TABLE, ProcessInstance)
            .join(ProcessInstance, ProcessInstance.id == _TABLE.c.instance_id)
            .where(_TABLE.c.case_id == turn.case.id, _TABLE.c.state == DeadlineState.RUNNING)
            .options(undefer(ProcessInstance.variables))
        )
        rows = turn.session.execute(query).all()
        turn.known |= {row.ProcessInstance.id: row.ProcessInstance for row in rows}
        turn.running = [{column.key: row._mapping[column] for column in _TABLE.c} for row in rows]  # noqa: SLF001  its public name
    return turn.running


def changed_deadlines(turn: Turn) -> list[Row]:
    """Those of the turn's start that have moved or ended, whole; what has ended no longer moves what its tasks show."""
    rows = running_deadlines(turn) if len(_ending(turn)) > 1 else turn.running or []
    for row in rows:
        if row["id"] in turn.late_reasons:
            row["late_reason"] = turn.late_reasons[row["id"]]
            turn.touched.add(row["id"])
        if end(turn, row):
            turn.touched.add(row["id"])
            turn.moved.pop(row["id"], None)  # nobody looks at it any more
    return [row for row in rows if row["id"] in turn.touched]


def write_ends(turn: Turn) -> None:
    """End deadlines that nobody has read, and let tasks show what has moved."""
    connection = turn.session.connection()
    if turn.moved:
        due: Any = bindparam("due")
        shows = _TASKS.c.deadline_id == bindparam("of"), or_(*(_TASKS.c.state == state for state in ACTIVE))
        moved = [{"of": deadline_id, "due": due_at} for deadline_id, due_at in turn.moved.items()]
        connection.execute(update(_TASKS).where(*shows).values(due_at=due, inbox_at=due), moved)
    if turn.running is not None:
        return
    for deadline_id, reason in turn.late_reasons.items():
        connection.execute(update(_TABLE).where(_TABLE.c.id == deadline_id).values(late_reason=reason))
    for instance_id in _ending(turn):
        connection.execute(turn.endings[instance_id].statement(instance_id, turn.at))


def _ending(turn: Turn) -> list[UUID]:
    """Older instances of which deadlines may end. Of one it is said in one statement, without reading them."""
    return [of for of, endings in turn.endings.items() if endings and turn.instances[of] not in turn.started]


def end(turn: Turn, row: Row) -> bool:
    """End a row in the way that the turn's endings say. False: it runs on."""
    endings = turn.endings.get(row["instance_id"])
    state = endings.state_of(row) if endings else None
    if endings is None or state is None:
        return False
    row.update(state=state, ended_at=turn.at, next_escalation_at=None)
    if state is DeadlineState.MET and row["due_at"] < turn.at:
        row["late_reason"] = endings.late_reason or row["late_reason"]
    return True
