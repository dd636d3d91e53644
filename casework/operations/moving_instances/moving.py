"""Moves one instance of a turn: the engine brings its tokens to the new version, and its rows follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.engine import Begin, Stuck, moving
from casework.engine.moving import CannotMoveError
from casework.engine.moving_pairs import named
from casework.i18n import message
from casework.model import Incident, IncidentState, Job, Subscription, Timer, UserTask
from casework.operations.moving_instances.beginnings import begun_at
from casework.operations.moving_instances.deadlines import follow
from casework.operations.moving_instances.plan import Moving, standing_rows
from casework.operations.moving_instances.tasks import keep_task, place_of, show_deadlines, take_back
from casework.operations.moving_instances.timers import keep_timer
from casework.operations.moving_instances.waits import close_waits, keep_job, keep_subscription, open_wait
from casework.operations.turns.moves import attempt
from casework.operations.turns.traits import traits_of
from casework.operations.turns.units import unit_of

if TYPE_CHECKING:
    from casework.engine import Standing
    from casework.engine.moving import Kept, Moved
    from casework.model import ProcessInstance
    from casework.operations.moving_instances.plan import Plan
    from casework.operations.turns.turn import Turn


def move_instance(turn: Turn, instance: ProcessInstance, plan: Plan) -> None:
    """Move it; the turn is not settled yet. Raises `CannotMoveError`: then the transaction must be given up."""
    moved, said = _moved(turn, instance, plan), {}
    with turn.session.no_autoflush:  # all is written at the end of the turn
        if moved is not None:
            on_its_way = Moving(turn, instance, plan, moved, standing_rows(turn, instance.id))
            _follow(on_its_way)
            instance.engine_state = moved.state
            said = _said(on_its_way)
        _move_incidents(turn, instance, plan)
    instance.process_version_id = plan.new.id
    instance.version += 1
    turn.watch(traits_of(plan.new).reads)
    turn.record(
        "instance_moved",
        instance,
        process=plan.new.process_id,
        name=plan.new.name,
        name_en=plan.new.name_en,
        from_version=plan.old.version,
        to_version=plan.new.version,
        reason=plan.reason,
        **said,
    )
    if moved is not None and moved.begins:
        _begin(turn, instance, moved)


def _said(on_its_way: Moving) -> dict[str, list[str]]:
    """For the journal: names of deadlines that fall away, of what begins besides, and of what it goes on without."""
    moved = on_its_way.moved
    begun, skipped = ([named(element) for element in some] for some in (moved.begun, moved.skipped))
    found = {"fallen_away": on_its_way.fallen_away, "begun": begun, "skipped": skipped}
    return {key: names for key, names in found.items() if names}


def _begin(turn: Turn, instance: ProcessInstance, moved: Moved) -> None:
    try:
        attempt(turn, instance, Begin(moved.begins))
    except Stuck as stuck:
        raise CannotMoveError([stuck.reason]) from stuck


def _moved(turn: Turn, instance: ProcessInstance, plan: Plan) -> Moved | None:
    """None: it could not begin yet, so nothing stands."""
    if not instance.engine_state:
        return None
    return moving.move(
        plan.old.definition,
        plan.new.definition,
        instance.engine_state,
        plan.pairs,
        branches=plan.branches,
        variables=instance.variables,
        facts=turn.facts,
        now=turn.at,
    )


def _follow(on_its_way: Moving) -> None:
    try:
        _follow_process(on_its_way)
        for kept in on_its_way.moved.kept:
            _keep(on_its_way, kept)
        for standing in on_its_way.moved.opened:
            if standing.kind == "activity":
                _follow_activity(on_its_way, None, standing)
            else:
                open_wait(on_its_way, standing)
        for standing in on_its_way.moved.closed:
            if standing.kind == "activity":
                _follow_activity(on_its_way, standing, None)
            elif standing.kind != "wait":
                take_back(on_its_way, standing)
        close_waits(on_its_way)
        show_deadlines(on_its_way)
    except Stuck as stuck:
        raise CannotMoveError([stuck.reason]) from stuck


def _keep(on_its_way: Moving, kept: Kept) -> None:
    """The row of what stands goes along. Where something is stuck there is none."""
    if kept.old.kind == "activity":
        _follow_activity(on_its_way, kept.old, kept.new)
        return
    row = on_its_way.rows.get(kept.old.key)
    match row:
        case UserTask():
            keep_task(on_its_way, row, kept)
        case Job():
            keep_job(row, kept)
        case Timer():
            keep_timer(on_its_way, row, kept)
        case Subscription():
            keep_subscription(on_its_way, row, kept)


def _follow_activity(on_its_way: Moving, old: Standing | None, new: Standing | None) -> None:
    """The deadlines of a subprocess or call that runs, which may have some in one of the versions only."""
    standing = new or old
    assert standing is not None  # noqa: S101  one of them is given
    before = on_its_way.old_element(old) if old else on_its_way.was(standing, standing.element_id)
    after = on_its_way.new_element(new) if new else None
    known = after or before
    assert known is not None  # noqa: S101  one of them is given
    turn = on_its_way.turn
    words = {**place_of(known), "unit_id": unit_of(turn.session, turn.case, known.lane)}
    rules = before.deadlines if before else (), after.deadlines if after else ()
    added = {rule.key for rule in rules[1]} - {rule.key for rule in rules[0]}
    since = begun_at(on_its_way, standing.task_id, before, known) if added else None
    follow(on_its_way, standing.task_id, rules, words, since)


def _follow_process(on_its_way: Moving) -> None:
    """The deadlines of the whole process are called after the element that meets them."""
    plan, turn, instance = on_its_way.plan, on_its_way.turn, on_its_way.instance
    before, after = (r.definition.process(r.process_id) for r in (plan.old, plan.new))
    for key in dict.fromkeys([*(r.key for r in before.deadlines), *(r.key for r in after.deadlines)]):
        old, new = (tuple(r for r in process.deadlines if r.key == key) for process in (before, after))
        met = plan.new.definition.elements.get((instance.process_id, new[0].met)) if new else None
        name, name_en = (met.name, met.name_en) if met else (after.name, after.name_en)
        unit_id = unit_of(turn.session, turn.case, met.lane) if met else turn.case.responsible_unit_id
        words = {"name": name or key, "name_en": name_en or name or key, "unit_id": unit_id}
        place = {"process_id": instance.process_id, "element_id": instance.process_id}
        follow(on_its_way, None, (old, new), {**place, **words}, None if old else instance.started_at)


def _move_incidents(turn: Turn, instance: ProcessInstance, plan: Plan) -> None:
    """They stay, and what they keep happens in the new version."""
    open_ones = Incident.instance_id == instance.id, Incident.state == IncidentState.OPEN
    for incident in turn.session.scalars(select(Incident).where(*open_ones)):
        key = plan.pairs.get((incident.process_id, incident.element_id))
        if key is not None:
            incident.process_id, incident.element_id = key
        event = dict(incident.event)
        if "element_id" in event:
            event["element_id"] = _counterpart(plan, incident.event["element_id"])
        start = event.get("start_element")
        if start:
            event["start_element"] = _counterpart(plan, start)
            if (instance.process_id, event["start_element"]) not in plan.new.definition.elements:
                raise CannotMoveError([message("The process has no start {name}.", name=start)])
        if event != incident.event:
            incident.event = event


def _counterpart(plan: Plan, element_id: str) -> str:
    found = {new[1] for old, new in plan.pairs.items() if old[1] == element_id}
    return next(iter(found)) if len(found) == 1 else element_id
