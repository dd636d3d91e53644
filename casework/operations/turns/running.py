"""The deadlines that run on a case, read once in a turn by whoever needs them, and written back in one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import bindparam, or_, select, update

from casework.model import ACTIVE, Deadline, DeadlineState, UserTask

if TYPE_CHECKING:
    from sqlalchemy import Table

    from casework.operations.turns.turn import Row, Turn

_TABLE, _TASKS = cast("Table", Deadline.__table__), cast("Table", UserTask.__table__)
#: What a turn may change of a deadline.
CHANGED = (
    "duration", "starts_at", "due_at", "explanation", "ladder", "escalation_level", "next_escalation_at", "state", "ended_at",
    "late_reason",
)  # fmt: skip


def running_deadlines(turn: Turn) -> list[Row]:
    """Those of the turn's start, as rows that the turn may change; those that it has opened itself are not among them."""
    if turn.running is None:
        query = select(_TABLE).where(_TABLE.c.case_id == turn.case.id, _TABLE.c.state == DeadlineState.RUNNING)
        turn.running = [dict(row) for row in turn.session.execute(query).mappings()]
    return turn.running


def write_deadlines(turn: Turn) -> None:
    """End what has ended and write what has moved, with the tasks that show it."""
    if turn.running is None:
        for instance_id, endings in turn.endings.items():
            if endings and turn.instances[instance_id] not in turn.started:
                turn.session.connection().execute(endings.statement(instance_id, turn.at))
        return
    for row in turn.running:
        if end(turn, row):
            turn.touched.add(row["id"])
            turn.moved.pop(row["id"], None)  # nobody looks at it any more
    changed = [_changes(row) for row in turn.running if row["id"] in turn.touched]
    if changed:
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in CHANGED}
        turn.session.connection().execute(
            update(_TABLE).where(_TABLE.c.id == bindparam("of")).values(**values), changed
        )
    if turn.moved:
        due: Any = bindparam("due")
        shows = _TASKS.c.deadline_id == bindparam("of"), or_(*(_TASKS.c.state == state for state in ACTIVE))
        moved = [{"of": deadline_id, "due": due_at} for deadline_id, due_at in turn.moved.items()]
        turn.session.connection().execute(update(_TASKS).where(*shows).values(due_at=due, inbox_at=due), moved)


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


def _changes(row: Row) -> dict[str, Any]:
    return {"of": row["id"], **{f"new_{name}": row[name] for name in CHANGED}}
