"""The municipality's own clocks stand still while another party is waited for; the law's never do.

A deadline pauses by itself where the diagram says what it waits for (`sag:deadline pauses`), or by hand with a reason. It then
shows no date, tells nobody that it nears, and moves by the time that it has stood still when it goes on. What is overdue does
not pause: it is late, whoever is waited for.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import exists, select, update

from casework import engine
from casework.calendar import CalendarKind, days_paused, postponed
from casework.config import settings
from casework.model import ACTIVE, END_OF_TIME, Deadline, DeadlineClass, DeadlineState, InstanceState, UserTask
from casework.operations.turns.deadlines import earliest, shown_on_task
from casework.operations.turns.running import running_deadlines
from casework.operations.turns.traits import rule_of, traits_of
from casework.released import release_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Table

    from casework.engine import Element
    from casework.model import ProcessInstance
    from casework.operations.turns.turn import Row, Turn
    from casework.released import Release


_TASKS, _DEADLINES = cast("Table", UserTask.__table__), cast("Table", Deadline.__table__)


def settle_pauses(turn: Turn) -> None:
    """Stop and go on with the clocks of the instances that the turn has touched, as their diagrams say."""
    for instance in list(turn.instances.values()):
        release = release_of(turn.session, instance.process_version_id)
        may_pause = traits_of(release).pauses
        is_running = instance.state is InstanceState.RUNNING
        if may_pause and is_running and _has_any(turn, instance, may_pause) and instance.engine_state:
            _settle(turn, instance, release)


def _has_any(turn: Turn, instance: ProcessInstance, keys: frozenset[str]) -> bool:
    """Whether a deadline with one of the keys runs: seldom, and to ask for that alone costs little."""
    if any(row["key"] in keys for row in turn.pending(Deadline)):
        return True
    if turn.running is not None:
        return any(row["instance_id"] == instance.id and row["key"] in keys for row in turn.running)
    running = _DEADLINES.c.instance_id == instance.id, _DEADLINES.c.state == DeadlineState.RUNNING
    return bool(turn.session.connection().scalar(select(exists().where(*running, _DEADLINES.c.key.in_(sorted(keys))))))


def _settle(turn: Turn, instance: ProcessInstance, release: Release) -> None:
    standing = _standing(release, instance)
    for row in (*running_deadlines(turn), *turn.pending(Deadline)):
        rule = rule_of(release, row) if row["instance_id"] == instance.id else None
        if rule is None or not rule.pauses or turn.endings[instance.id].state_of(row):
            continue
        awaited = next((key for key in rule.pauses_for(row["process_id"]) if key in standing), None)
        if awaited and row["paused_at"] is None:
            pause(turn, row, *_words(release.definition.element(*awaited)))
        elif not awaited and row["paused_at"] is not None and not row["pauses"][-1]["by_hand"]:
            resume(turn, row)


def _standing(release: Release, instance: ProcessInstance) -> set[tuple[str, str]]:
    """Process and element ids where tokens are, and of the activities around them."""
    found: set[tuple[str, str]] = set()
    for process_id, element_id, around in engine.progress(release.definition, instance.engine_state):
        found.add((process_id, element_id))
        found |= {key for key in release.definition.elements if key[1] in around}
    return found


def _words(element: Element) -> tuple[str, str]:
    return element.name or element.id, element.name_en or element.name or element.id


def pause(turn: Turn, row: Row, reason: str, reason_en: str = "", *, by_hand: bool = False) -> bool:
    """Stop the clock of a running deadline. False: it is the law's, it stands still already, or it is overdue."""
    if row["due_class"] is DeadlineClass.LOV or row["paused_at"] is not None or row["due_at"] <= turn.at:
        return False
    words = {"reason": reason, "reason_en": reason_en or reason, "by": turn.actor.name, "by_hand": by_hand}
    entry = {"from": turn.at.isoformat(), "until": None, **words}
    row.update(pauses=[*row["pauses"], entry], paused_at=turn.at, next_escalation_at=None)
    _changed(turn, row)
    turn.record(
        "deadline_paused", _instance(turn, row), **_names(row), waits_for=reason, waits_for_en=reason_en or reason
    )
    return True


def resume(turn: Turn, row: Row) -> None:
    """Let the clock of a deadline go on, from where it stood."""
    before, entry = row["due_at"], {**row["pauses"][-1], "until": turn.at.isoformat()}
    entry["days"] = days_paused(CalendarKind(row["calendar"]), row["paused_at"], turn.at, settings().closed_days)
    row.update(pauses=[*row["pauses"][:-1], entry], paused_at=None)
    row.update(stretched(row, [entry]))
    rungs = [datetime.fromisoformat(rung) for rung in row["ladder"]]
    level = row["escalation_level"]
    row["next_escalation_at"] = rungs[level] if level < len(rungs) else None
    _changed(turn, row)
    moment = {"before": before.isoformat(), "after": row["due_at"].isoformat()}
    turn.record("deadline_resumed", _instance(turn, row), **_names(row), **moment)
    turn.session.info["wakes"] = True


def stretched(row: Mapping[str, Any], pauses: list[dict[str, Any]]) -> dict[str, Any]:
    """`due_at` and `ladder`, as counted from the start, after the pauses that are over."""
    kind, due_at = CalendarKind(row["calendar"]), row["due_at"]
    ladder = [datetime.fromisoformat(rung) for rung in row["ladder"]]
    for entry in pauses:
        if entry["until"]:
            span = datetime.fromisoformat(entry["from"]), datetime.fromisoformat(entry["until"])
            due_at = postponed(due_at, kind, *span, settings().closed_days)
            ladder = [postponed(rung, kind, *span, settings().closed_days) for rung in ladder]
    return {"due_at": due_at, "ladder": [rung.isoformat() for rung in ladder]}


def _changed(turn: Turn, row: Row) -> None:
    if not any(row is new for new in turn.pending(Deadline)):
        turn.touched.add(row["id"])
    for task in turn.pending(UserTask):
        if task["instance_id"] == row["instance_id"] and task["state"] in ACTIVE:
            task.update(_shown(turn, task["engine_task_id"], task["deadline_id"], row))
    of_instance = _TASKS.c.instance_id == row["instance_id"], _TASKS.c.state.in_(ACTIVE)
    connection = turn.session.connection()
    for found in connection.execute(
        select(_TASKS.c.id, _TASKS.c.engine_task_id, _TASKS.c.deadline_id).where(*of_instance)
    ):
        shown = _shown(turn, found.engine_task_id, found.deadline_id, row)
        if shown:
            connection.execute(update(_TASKS).where(_TASKS.c.id == found.id).values(**shown))


def _shown(turn: Turn, engine_task_id: str, shown_id: Any, changed: Row) -> dict[str, Any]:
    """What a task shows now: of its own deadlines, and the one that it shows, the nearest whose clock runs."""
    rows = [
        row
        for row in (*running_deadlines(turn), *turn.pending(Deadline))
        if row["engine_task_id"] == engine_task_id or row["id"] == shown_id
    ]
    if not any(row is changed for row in rows):
        return {}
    nearest = earliest([row for row in rows if row["paused_at"] is None])
    if nearest is not None:
        return shown_on_task(nearest)
    return {
        "deadline_id": changed["id"],
        "due_at": None,
        "inbox_at": END_OF_TIME,
        "due_class": changed["due_class"].value,
    }


def _names(row: Row) -> dict[str, Any]:
    return {"key": row["key"], "name": row["name"], "name_en": row["name_en"]}


def _instance(turn: Turn, row: Row) -> ProcessInstance | None:
    return turn.instances.get(row["instance_id"])
