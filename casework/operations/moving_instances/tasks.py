"""Open user tasks of an instance that is moved: the same task with draft, assignee and deadlines, on the new version's form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import values
from casework.engine import Stuck
from casework.engine.evaluation import FEEL, EvaluationError
from casework.engine.moving import CannotMoveError
from casework.engine.moving_pairs import named
from casework.i18n import message
from casework.model import Deadline, Job, JobState, UserTask
from casework.operations.moving_instances.deadlines import follow
from casework.operations.turns.deadlines import earliest, shown_on_task
from casework.operations.turns.running import running_deadlines
from casework.operations.turns.units import unit_of
from casework.operations.turns.user_tasks import awaited_by, no_deadline

if TYPE_CHECKING:
    from casework.engine import Element, Standing
    from casework.engine.moving import Kept
    from casework.operations.moving_instances.plan import Moving


def keep_task(moving: Moving, task: UserTask, kept: Kept) -> None:
    """Its version rises only with a new form: who sits in front of the old one cannot hand that in, but goes on writing."""
    old, new = moving.old_element(kept.old), moving.new_element(kept.new)
    form_id = moving.plan.new.forms.get(new.form_key)
    if form_id != task.form_id:
        task.form_id, task.version = form_id, task.version + 1
    task.process_id, task.element_id, task.lane = new.process_id, new.id, new.lane
    task.name, task.name_en = new.name or new.id, new.name_en or new.name or new.id
    task.needs_separation = new.assignment.separation
    if old.inputs != new.inputs:
        task.items = _items(moving, kept, old, new, values.from_json(task.items))
    if old.lane != new.lane:
        _move_unit(moving, task, old, new)
    words = {**place_of(new), "unit_id": task.unit_id}
    follow(moving, task.engine_task_id, (old.deadlines, new.deadlines), words, task.created_at)


def take_back(moving: Moving, standing: Standing) -> None:
    """Work of a branch that an earlier move has begun, and that has no place in the version it is moved to: it falls away.

    Refuses where somebody has begun with it.
    """
    element, row = moving.old_element(standing), moving.rows.get(standing.key)
    if isinstance(row, UserTask) and row.draft:
        raise CannotMoveError(
            [message("Somebody has begun to fill in {name}, and would lose it.", name=named(element))]
        )
    if isinstance(row, Job) and row.state is JobState.CLAIMED:
        raise CannotMoveError([message("A machine is at work on {name} just now.", name=named(element))])
    if isinstance(row, UserTask | Job):
        moving.turn.cancel(type(row), [standing.task_id])
        moving.turn.fallen_away.add(standing.task_id)
    follow(moving, standing.task_id, (element.deadlines, ()), {}, None)


def place_of(element: Element) -> dict[str, Any]:
    """The columns of a deadline that say where it stands."""
    name = element.name or element.id
    return {
        "process_id": element.process_id,
        "element_id": element.id,
        "name": name,
        "name_en": element.name_en or name,
    }


def _items(moving: Moving, kept: Kept, old: Element, new: Element, items: dict[str, Any]) -> dict[str, Any]:
    """What it was given when it opened stays; what the new version gives it besides is worked out now."""
    before, after = dict(old.inputs), dict(new.inputs)
    wanted = {name: text for name, text in after.items() if before.get(name) != text}
    texts = {name: text for name, text in wanted.items() if text.strip().startswith("=")}
    try:
        found = FEEL.evaluate_all(list(texts.values()), moving.context(kept.new)) if texts else []
    except (EvaluationError, Stuck) as error:
        raise CannotMoveError([error.message if isinstance(error, EvaluationError) else error.reason]) from error
    given = wanted | dict(zip(texts, found, strict=True))
    left = {name: value for name, value in items.items() if name not in before.keys() - after.keys()}
    changed: dict[str, Any] = values.to_json({**left, **given})
    return changed


def _move_unit(moving: Moving, task: UserTask, old: Element, new: Element) -> None:
    """Into the inbox of the new lane's unit, unless somebody has passed it on to another by hand."""
    session, case = moving.turn.session, moving.turn.case
    if task.unit_id == unit_of(session, case, old.lane):
        task.unit_id = unit_of(session, case, new.lane)
        task.awaited_by_unit_id = awaited_by(case, task.unit_id)


def show_deadlines(moving: Moving) -> None:
    """Each open task shows the nearest deadline that is its own or that its diagram names."""
    rows = [*running_deadlines(moving.turn), *moving.turn.pending(Deadline)]
    mine = [row for row in rows if row["instance_id"] == moving.instance.id]
    for kept in moving.moved.kept:
        task = moving.rows.get((kept.old.task_id, kept.old.element_id))
        if not isinstance(task, UserTask):
            continue
        refs = moving.new_element(kept.new).deadline_refs
        of_task = [r for r in mine if r["engine_task_id"] == task.engine_task_id or r["key"] in refs]
        nearest = earliest([row for row in of_task if row["paused_at"] is None])
        shown = shown_on_task(nearest) if nearest is not None else no_deadline()
        if nearest is None and of_task:
            shown |= {"deadline_id": of_task[0]["id"], "due_class": of_task[0]["due_class"].value}
        for name, value in shown.items():
            if getattr(task, name) != value:
                setattr(task, name, value)
