"""Deadlines and timers move along with what they start from: a fact of the case, a variable of the instance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import undefer

from casework.engine import Stuck
from casework.errors import CaseworkError
from casework.i18n import message
from casework.model import ACTIVE, Deadline, DeadlineState, InstanceState, ProcessInstance, Timer, TimerState, UserTask
from casework.operations.turns.deadlines import counted, shown_on_task
from casework.operations.turns.expressions import UnreadableError, names_in, value_of
from casework.operations.turns.incidents import raise_incident
from casework.operations.turns.timers import Schedule, schedule
from casework.operations.turns.traits import traits_of
from casework.released import release_of

if TYPE_CHECKING:
    from casework.engine import DeadlineRule
    from casework.operations.turns.turn import Row, Turn

_REFUSED = (CaseworkError, UnreadableError, ValueError)


def move_dues(turn: Turn) -> None:
    """Count anew what reads a changed name. What cannot be counted any more stays as it was, with an incident."""
    touched = [i for i in turn.instances.values() if turn.changed_variables[i.id] & _reads(turn, i)]
    for row in turn.pending(Deadline):
        instance = turn.instances[row["instance_id"]]
        if instance in touched and _is_concerned(turn, instance, row["start_expression"]):
            _move_new_deadline(turn, instance, row)
    if not touched and not turn.changed_facts:
        return
    for deadline, instance in _running_deadlines(turn, touched):
        if _is_concerned(turn, instance, deadline.start_expression):
            _move_deadline(turn, instance, deadline)
    for timer, instance in _waiting_timers(turn, touched):
        if _is_concerned(turn, instance, timer.expression, timer.start_expression):
            _move_timer(turn, instance, timer)


def _reads(turn: Turn, instance: ProcessInstance) -> frozenset[str]:
    return traits_of(release_of(turn.session, instance.process_version_id)).dues_read


def _is_concerned(turn: Turn, instance: ProcessInstance, *texts: str | None) -> bool:
    names = names_in([text for text in texts if text])
    return bool(names & (turn.changed_facts | turn.changed_variables[instance.id]))


def _running_deadlines(turn: Turn, touched: list[ProcessInstance]) -> list[tuple[Deadline, ProcessInstance]]:
    where = Deadline.state == DeadlineState.RUNNING, Deadline.start_expression.is_not(None)
    return _found(turn, Deadline, touched, where)


def _waiting_timers(turn: Turn, touched: list[ProcessInstance]) -> list[tuple[Timer, ProcessInstance]]:
    reads = or_(Timer.start_expression.is_not(None), Timer.expression.startswith("="))
    return _found(turn, Timer, touched, (Timer.state == TimerState.WAITING, Timer.interval.is_(None), reads))


def _found(turn: Turn, table: Any, touched: list[ProcessInstance], where: Any) -> list[tuple[Any, ProcessInstance]]:
    """A changed fact concerns every instance of the case, a changed variable only its own."""
    instances = [instance.id for instance in touched]
    scope = ProcessInstance.case_id == turn.case.id if turn.changed_facts else ProcessInstance.id.in_(instances)
    rows = turn.session.execute(
        select(table, ProcessInstance)
        .join(ProcessInstance, ProcessInstance.id == table.instance_id)
        .options(undefer(ProcessInstance.variables))
        .where(scope, ProcessInstance.state == InstanceState.RUNNING, *where)
    )
    return [(found, instance) for found, instance in rows]


def _move_new_deadline(turn: Turn, instance: ProcessInstance, row: Row) -> None:
    """One of this turn: nobody has seen it, so nothing of it goes into the journal."""
    try:
        row.update(counted(_rule(turn, instance, row), _context(turn, instance), row["starts_at"]))
    except _REFUSED as error:
        _note(turn, instance, row["element_id"], error)
    for task in turn.pending(UserTask):
        if task["deadline_id"] == row["id"]:
            task.update(shown_on_task(row))


def _move_deadline(turn: Turn, instance: ProcessInstance, deadline: Deadline) -> None:
    place = {"process_id": deadline.process_id, "element_id": deadline.element_id, "key": deadline.key}
    try:
        rule = _rule(turn, instance, place)
        changes = counted(rule, _context(turn, instance), deadline.starts_at)
    except _REFUSED as error:
        _note(turn, instance, deadline.element_id, error)
        return
    before = deadline.due_at
    deadline.move(changes, turn.at)
    if deadline.due_at == before:
        return
    turn.session.execute(
        update(UserTask)
        .where(UserTask.deadline_id == deadline.id, UserTask.state.in_(ACTIVE))
        .values(due_at=deadline.due_at, inbox_at=deadline.due_at)
        .execution_options(synchronize_session="evaluate")
    )
    for task in turn.pending(UserTask):
        if task["deadline_id"] == deadline.id:
            task.update(due_at=deadline.due_at, inbox_at=deadline.due_at)
    moment = {"before": before.isoformat(), "after": deadline.due_at.isoformat()}
    turn.record("deadline_moved", instance, key=deadline.key, name=deadline.name, **moment)


def _move_timer(turn: Turn, instance: ProcessInstance, timer: Timer) -> None:
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
    turn.record("timer_moved", instance, element=timer.element_id, **moment)
    turn.session.info["wakes"] = True


def _context(turn: Turn, instance: ProcessInstance) -> dict[str, Any]:
    return {**turn.facts, **instance.variables, "now": turn.at}


def _rule(turn: Turn, instance: ProcessInstance, place: dict[str, Any]) -> DeadlineRule:
    definition = release_of(turn.session, instance.process_version_id).definition
    element = definition.elements.get((place["process_id"], place["element_id"]))
    rules = element.deadlines if element else definition.process(place["process_id"]).deadlines
    return next(rule for rule in rules if rule.key == place["key"])


def _note(turn: Turn, instance: ProcessInstance, element_id: str, error: Exception) -> None:
    reason = error.message if isinstance(error, CaseworkError) else str(error)
    stuck = Stuck(
        message("A date cannot be counted anew: {reason}", reason=reason),
        process_id=instance.process_id,
        element_id=element_id,
    )
    raise_incident(turn, instance, stuck, {"kind": "dues"})
