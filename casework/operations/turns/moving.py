"""Deadlines and timers move along with what they start from: a fact of the case, a variable of the instance."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select
from sqlalchemy.orm import undefer

from casework.engine import Stuck
from casework.errors import CaseworkError
from casework.i18n import message
from casework.model import Deadline, InstanceState, ProcessInstance, Timer, TimerState, UserTask
from casework.operations.turns.deadlines import counted, shown_on_task
from casework.operations.turns.expressions import UnreadableError, names_in, value_of
from casework.operations.turns.incidents import raise_incident
from casework.operations.turns.pausing import resume, stretched
from casework.operations.turns.running import running_deadlines
from casework.operations.turns.timers import Schedule, schedule
from casework.operations.turns.traits import rule_of, texts_of, traits_of
from casework.released import release_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from casework.engine import DeadlineRule
    from casework.operations.turns.turn import Row, Turn

_REFUSED = (CaseworkError, UnreadableError, ValueError)


def move_dues(turn: Turn) -> None:
    """Count anew what reads a changed name. What cannot be counted any more stays as it was, with an incident."""
    for row in _concerned_deadlines(turn):
        _move_deadline(turn, row)
    for timer in _concerned_timers(turn):
        _move_timer(turn, timer)


def _concerned_deadlines(turn: Turn) -> Iterator[Row]:
    touched = _touched(turn, "deadlines")
    rows = [row for row in turn.pending(Deadline) if any(row["instance_id"] == i.id for i in touched)]
    if turn.is_read("deadlines") or any(instance not in turn.started for instance in touched):
        rows += running_deadlines(turn)
    for row in rows:
        if _may_concern(turn, row["instance_id"], touched):
            instance = _instance(turn, row["instance_id"])
            texts = texts_of([_rule(turn, instance, row)])
            if _is_concerned(turn, instance, texts) and (not _ends(turn, row) or names_in(texts) & turn.changed_facts):
                yield row


def _ends(turn: Turn, row: Row) -> bool:
    """What ends in this turn was counted from the variables of its own round; those of the next are no longer its own."""
    endings = turn.endings.get(row["instance_id"])
    return bool(endings and endings.state_of(row))


def _concerned_timers(turn: Turn) -> Iterator[Timer]:
    """Cycles go on by their own count."""
    touched = _touched(turn, "timers")
    if not touched and not turn.is_read("timers"):
        return
    on_case = ProcessInstance.case_id == turn.case.id, ProcessInstance.state == InstanceState.RUNNING
    reads = or_(Timer.start_expression.is_not(None), Timer.expression.startswith("="))
    query = select(Timer, ProcessInstance).join(ProcessInstance, ProcessInstance.id == Timer.instance_id)
    waiting = Timer.state == TimerState.WAITING, Timer.interval.is_(None)
    query = query.where(*on_case, reads, *waiting).options(undefer(ProcessInstance.variables))
    for timer, instance in turn.session.execute(query).all():
        turn.known[instance.id] = instance
        if _may_concern(turn, timer.instance_id, touched):
            texts = [text for text in (timer.expression, timer.start_expression) if text]
            if _is_concerned(turn, _instance(turn, timer.instance_id), texts):
                yield timer


def _touched(turn: Turn, what: str) -> list[ProcessInstance]:
    """Instances of which a variable has changed that they read for this."""
    return [i for i in turn.instances.values() if turn.changed_variables[i.id] & _reads(turn, i)[what]]


def _reads(turn: Turn, instance: ProcessInstance) -> Any:
    return traits_of(release_of(turn.session, instance.process_version_id)).reads


def _may_concern(turn: Turn, instance_id: UUID, touched: list[ProcessInstance]) -> bool:
    return bool(turn.changed_facts) or any(instance.id == instance_id for instance in touched)


def _is_concerned(turn: Turn, instance: ProcessInstance, texts: list[str]) -> bool:
    return bool(names_in(texts) & (turn.changed_facts | turn.changed_variables[instance.id]))


def _instance(turn: Turn, instance_id: UUID) -> ProcessInstance:
    if instance_id in turn.instances:
        return turn.instances[instance_id]
    return turn.instances.setdefault(instance_id, turn.known[instance_id])


def _move_deadline(turn: Turn, row: Row) -> None:
    instance, before = turn.instances[row["instance_id"]], row["due_at"]
    rule = _rule(turn, instance, row)
    try:
        changes = counted(rule, _context(turn, instance), row["starts_at"])
    except _REFUSED as error:
        _note(turn, instance, row["element_id"], error)
        return
    changes |= stretched({**row, **changes}, row["pauses"])
    if changes["due_at"] == before:
        return
    row.update(changes)
    for task in turn.pending(UserTask):
        if task["deadline_id"] == row["id"] and row["paused_at"] is None:
            task.update(shown_on_task(row))
    if any(row is new for new in turn.pending(Deadline)):
        return  # nobody has seen it yet
    turn.touched.add(row["id"])
    _escalate_by_what_lies_ahead(row, turn.at)
    why = turn.why(*texts_of([rule]), instance=instance)
    row["moved"] = {"before": before.isoformat(), **why}
    _show(turn, row)
    moment = {"before": before.isoformat(), "after": row["due_at"].isoformat()}
    turn.record("deadline_moved", instance, key=row["key"], name=row["name"], name_en=row["name_en"], **moment, **why)


def _show(turn: Turn, row: Row) -> None:
    """Tasks show a clock that runs. One that stands still goes on when its new date had passed before it stopped."""
    if row["paused_at"] is None:
        turn.moved[row["id"]] = row["due_at"]
    elif row["due_at"] <= row["paused_at"]:
        resume(turn, row)


def _escalate_by_what_lies_ahead(row: Row, at: datetime) -> None:
    rungs = [datetime.fromisoformat(rung) for rung in row["ladder"]]
    level = min(row["escalation_level"], sum(rung <= at for rung in rungs))
    is_told = row["paused_at"] is None and level < len(rungs)
    row.update(escalation_level=level, next_escalation_at=rungs[level] if is_told else None)


def _move_timer(turn: Turn, timer: Timer) -> None:
    instance = turn.instances[timer.instance_id]
    context = _context(turn, instance)
    try:
        start = value_of(timer.start_expression, context) if timer.start_expression else None
        value = value_of(timer.expression, context)
        moved: Schedule = schedule(timer.kind, value, start, timer.calendar, timer.started_at)
    except _REFUSED as error:
        _note(turn, instance, timer.element_id, error)
        return
    if moved.due_at == timer.due_at:
        return
    moment = {"before": timer.due_at.isoformat(), "after": moved.due_at.isoformat()}
    timer.move(moved.columns())
    why = turn.why(timer.expression, timer.start_expression, instance=instance)
    turn.record("timer_moved", instance, element=timer.element_id, **moment, **why)
    turn.session.info["wakes"] = True


def _context(turn: Turn, instance: ProcessInstance) -> dict[str, Any]:
    return {**turn.facts, **instance.variables, "now": turn.at}


def _rule(turn: Turn, instance: ProcessInstance, row: Row) -> DeadlineRule:
    return rule_of(release_of(turn.session, instance.process_version_id), row)


def _note(turn: Turn, instance: ProcessInstance, element_id: str, error: Exception) -> None:
    reason = error.message if isinstance(error, CaseworkError) else str(error)
    stuck = Stuck(
        message("A date cannot be counted anew: {reason}", reason=reason),
        process_id=instance.process_id,
        element_id=element_id,
    )
    raise_incident(turn, instance, stuck, {"kind": "dues"})
