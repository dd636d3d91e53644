"""Deadlines of an instance that is moved: they keep their start, their pauses and what was told of them.

1. One with the same key at the counterpart gets the new length, counted from its old start. What is overdue stays overdue: it is
not late no more because the rule was changed, unless an earlier move had made it late. 2. One that the new version does not
have falls away; moved back, it is taken up again. 3. One that the new version adds counts from when its activity began.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import func, select, update

from casework.engine import Stuck
from casework.engine.moving import CannotMoveError
from casework.errors import CaseworkError
from casework.i18n import message
from casework.model import (
    Deadline,
    DeadlineClass,
    DeadlineState,
    Escalation,
    InstanceMoveItem,
    MovedState,
    Passage,
)
from casework.operations.turns.deadlines import counted, deadline_row
from casework.operations.turns.expressions import UnreadableError, as_expression
from casework.operations.turns.pausing import resume, stretched
from casework.operations.turns.running import running_deadlines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Table

    from casework.engine import DeadlineRule
    from casework.operations.moving_instances.plan import Moving
    from casework.operations.turns.turn import Row

_TABLE = cast("Table", Deadline.__table__)
_REFUSED = (CaseworkError, UnreadableError, ValueError)
#: What a move may change.
_COLUMNS = (
    "name", "name_en", "process_id", "element_id", "met_by", "until", "due_class", "duration", "calendar", "law",
    "starts_at", "start_expression", "due_at", "explanation", "moved", "pauses", "paused_at", "unit_id", "state", "ladder",
    "escalation_level", "next_escalation_at", "ended_at",
)  # fmt: skip


def follow(
    moving: Moving,
    engine_task_id: str | None,
    rules: tuple[Iterable[DeadlineRule], Iterable[DeadlineRule]],
    words: dict[str, Any],
    begun_at: datetime | None,
) -> None:
    """Bring the deadlines of one activity, or of the whole process, from the old rules to the new ones.

    `words` are the columns that say where it stands: process, element, names, unit. None as `begun_at`: nothing is added.
    """
    before, after = ({rule.key: rule for rule in some} for some in rules)
    rows = {row["key"]: row for row in _running(moving) if row["engine_task_id"] == engine_task_id}
    for key, row in rows.items():
        if key in after:
            _change(moving, row, before.get(key), after[key], words)
        elif key in before:
            _drop(moving, row)
    for key, rule in after.items():
        if key in rows or key in before or begun_at is None:
            continue
        revived = _revived(moving, engine_task_id, key)
        if revived is not None:
            _change(moving, revived, None, rule, words)
        else:
            _add(moving, engine_task_id, rule, words, begun_at)


def _running(moving: Moving) -> list[Row]:
    return [row for row in running_deadlines(moving.turn) if row["instance_id"] == moving.instance.id]


def _change(moving: Moving, row: Row, old: DeadlineRule | None, new: DeadlineRule, words: dict[str, Any]) -> None:
    is_process, before = row["engine_task_id"] is None, dict(row)
    row.update(words)
    row.update(
        law=new.law or None,
        due_class=DeadlineClass(new.deadline_class),
        met_by=(new.met or None) if is_process else None,
        until=(new.until or None) if is_process else None,
        start_expression=as_expression(new.start) or None,
    )
    if old is None or _counts_as(old) != _counts_as(new):
        _count(moving, row, new)
    _go_on(moving, row, new)
    if old is None or row != before:
        _write(moving, row)


def _counts_as(rule: DeadlineRule) -> tuple[str, ...]:
    return rule.duration, rule.calendar, rule.deadline_class, rule.e1, rule.e2, rule.e3


def _count(moving: Moving, row: Row, rule: DeadlineRule) -> None:
    """The new length from the old start, moved by the pauses that are over."""
    before = row["due_at"]
    changes = _counted(moving, row, rule)
    changes |= stretched({**row, **changes}, row["pauses"])
    if _stays_overdue(moving, row, changes["due_at"]):
        return
    row.update(changes)
    _escalate_by_what_lies_ahead(moving, row)
    if row["due_at"] == before:
        return
    row["moved"] = {"before": before.isoformat(), "because": [], "by": "move"}
    moving.turn.record(
        "deadline_moved",
        moving.instance,
        **{name: row[name] for name in ("key", "name", "name_en")},
        before=before.isoformat(),
        after=row["due_at"].isoformat(),
        because=[],
        reason=moving.plan.reason,
    )


def _counted(moving: Moving, row: Row, rule: DeadlineRule) -> dict[str, Any]:
    try:
        asked = counted(rule, moving.context(), row["starts_at"]) if rule.start else None
        if asked is not None and asked["starts_at"] == row["starts_at"]:
            return asked
        return counted(replace(rule, start=""), moving.context(), row["starts_at"])
    except _REFUSED as error:
        reason = error.message if isinstance(error, CaseworkError) else str(error)
        why = message("The deadline {key} cannot be counted: {reason}", key=rule.key, reason=reason)
        raise CannotMoveError([why]) from error


def _stays_overdue(moving: Moving, row: Row, due_at: datetime) -> bool:
    is_overdue = row["paused_at"] is None and row["due_at"] <= moving.at
    moved = row["moved"] or {}
    is_put_back = moved.get("by") == "move" and moved["before"] == due_at.isoformat()
    return is_overdue and due_at > moving.at and not is_put_back


def _escalate_by_what_lies_ahead(moving: Moving, row: Row) -> None:
    """Nobody is told twice that the same date nears."""
    rungs = [datetime.fromisoformat(rung) for rung in row["ladder"]]
    told = select(func.max(Escalation.level)).where(Escalation.deadline_id == row["id"])
    known = moving.turn.session.scalar(told.where(Escalation.due_at == row["due_at"])) or 0
    level = max(min(row["escalation_level"], sum(rung <= moving.at for rung in rungs)), known)
    row.update(escalation_level=level, next_escalation_at=rungs[level] if level < len(rungs) else None)


def _go_on(moving: Moving, row: Row, rule: DeadlineRule) -> None:
    """What stands still goes on standing still, unless it is the law's now, its date has passed, or nothing would end it."""
    if row["paused_at"] is None:
        return
    row["next_escalation_at"] = None
    by_itself = not row["pauses"][-1]["by_hand"]
    is_law = row["due_class"] is DeadlineClass.LOV
    if is_law or row["due_at"] <= row["paused_at"] or (by_itself and not rule.pauses):
        resume(moving.turn, row)


def _drop(moving: Moving, row: Row) -> None:
    row.update(state=DeadlineState.WITHDRAWN, ended_at=moving.at, next_escalation_at=None)
    _write(moving, row)
    running_deadlines(moving.turn).remove(row)
    moving.fallen_away.append(row["name"])


def _revived(moving: Moving, engine_task_id: str | None, key: str) -> Row | None:
    """One that fell away by an earlier move."""
    session, of = moving.turn.session, moving.instance.id
    item: Any = InstanceMoveItem
    moves = select(item.at).where(item.instance_id == of, item.state == MovedState.MOVED)
    mine = _TABLE.c.instance_id == of, _TABLE.c.key == key, _TABLE.c.state == DeadlineState.WITHDRAWN
    task = _TABLE.c.engine_task_id.is_(None) if engine_task_id is None else _TABLE.c.engine_task_id == engine_task_id
    found = session.execute(select(_TABLE).where(*mine, task, _TABLE.c.ended_at.in_(moves))).mappings().first()
    if found is None:
        return None
    row = dict(found) | {"state": DeadlineState.RUNNING, "ended_at": None}
    running_deadlines(moving.turn).append(row)
    return row


def _add(
    moving: Moving, engine_task_id: str | None, rule: DeadlineRule, words: dict[str, Any], begun_at: datetime
) -> None:
    if engine_task_id is None and _is_over(moving, rule):
        return
    try:
        row = deadline_row(
            rule,
            moving.context(),
            at=begun_at,
            engine_task_id=engine_task_id,
            case_id=moving.turn.case.id,
            instance_id=moving.instance.id,
            **words,
        )
    except Stuck as stuck:
        raise CannotMoveError([stuck.reason]) from stuck
    moving.turn.add(Deadline, row)


def _is_over(moving: Moving, rule: DeadlineRule) -> bool:
    """What meets it, or lets it fall away, has happened already."""
    names = {name for name in (rule.met, rule.until) if name}
    process_id = moving.instance.process_id
    names |= {old[1] for old, new in moving.plan.pairs.items() if new[0] == process_id and new[1] in names}
    here = Passage.instance_id == moving.instance.id, Passage.process_id == process_id, Passage.how == "completed"
    query = select(Passage.id).where(*here, Passage.element_id.in_(sorted(names))).limit(1)
    return bool(names) and moving.turn.session.scalar(query) is not None


def _write(moving: Moving, row: Row) -> None:
    values = {name: row[name] for name in _COLUMNS}
    moving.turn.session.connection().execute(update(_TABLE).where(_TABLE.c.id == row["id"]).values(**values))
