"""Moves a running instance to another version of its process. Pure: bytes in, bytes out, or the reasons why not.

1. Each token goes to the counterpart of its element (`moving_pairs`), in the same process or activity. 2. Together they must
stand as the new diagram could have brought them to stand (`moving_fit`). 3. Nothing happens by being moved: where something
would go on at once, it is refused. What cannot be told is refused with a sentence, never guessed.

The same, there and back, means: the same tokens at the same elements in the same activities, the same items and waits; only
waits that the version between did not have are new ones.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.util.task import TaskState

from casework.engine.evaluation import FEEL
from casework.engine.events import BoundaryEvent
from casework.engine.joins import TokenJoin
from casework.engine.moment import Moment
from casework.engine.moving_branches import Branches, has_gone_on, without_placed
from casework.engine.moving_fit import misfit
from casework.engine.moving_inputs import move_inputs
from casework.engine.moving_nest import nested
from casework.engine.moving_pairs import named
from casework.engine.moving_rows import remember_let_go, written
from casework.engine.moving_tokens import move_rows
from casework.engine.observation import standing_of
from casework.engine.outcome import opened
from casework.engine.state import dump, load, read_state
from casework.engine.steps import Stuck
from casework.errors import InvalidError
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from SpiffWorkflow.task import Task

    from casework.engine.definition import Definition
    from casework.engine.elements import Element, Key
    from casework.engine.evaluation import Evaluator
    from casework.engine.moving_rows import Scope
    from casework.engine.steps import Branch, Standing
    from casework.engine.workflow import TokenWorkflow
    from casework.i18n import Message


class CannotMoveError(InvalidError):
    """The instance stays on its version; `reasons` say why, each in a sentence.

    `is_choice`: it lacks only branches that the new version adds, and a person may choose what becomes of them.
    """

    code = "cannot-move"

    def __init__(self, reasons: Sequence[Message], *, is_choice: bool = False) -> None:
        super().__init__(reasons[0])
        self.reasons, self.is_choice = tuple(reasons), is_choice


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands before and after; the engine's task is the same."""

    old: Standing
    new: Standing


@dataclass(frozen=True, slots=True)
class Moved:
    """`opened` has evaluated values and inputs, `kept` has not. `hosts`: for what waits at a boundary, the activity's task.

    `begins` are the branches to begin when it is written (`steps.Begin`), `begun` their steps, `skipped` those of branches that
    it goes on without. `drawn` are the engine's tasks of activities that are drawn around what stands.
    """

    state: bytes
    kept: tuple[Kept, ...]
    opened: tuple[Standing, ...]
    closed: tuple[Standing, ...]
    hosts: Mapping[str, str]
    begins: tuple[Branch, ...] = ()
    begun: tuple[Element, ...] = ()
    skipped: tuple[Element, ...] = ()
    drawn: frozenset[str] = frozenset()


def move(
    old: Definition,
    new: Definition,
    state: bytes,
    pairs: Mapping[Key, Key],
    *,
    variables: Mapping[str, Any],
    facts: Mapping[str, Any],
    now: datetime | None,
    branches: Branches = Branches.STAY,
    evaluator: Evaluator = FEEL,
) -> Moved:
    """Bring `state` from the old definition to the new one. Raises `CannotMoveError` and `StateFormatError`."""
    saved = read_state(state, old.spec)
    if saved["completed"]:
        raise CannotMoveError([message("The process has ended.")])
    moment = Moment(evaluator=evaluator, tables=new.tables, variables=variables, facts=facts, now=now)
    before = load(state, old.spec, old.subprocess_specs, moment)
    after, scopes = _brought(saved, pairs, (old, new), branches, moment)
    try:
        move_inputs(before, after, moment)
        moved = _told(before, after, pairs, moment)
        return replace(
            moved,
            begins=tuple(one for scope in scopes for one in scope.begins),
            begun=tuple(one for scope in scopes for one in scope.begun),
            skipped=tuple(one for scope in scopes for one in scope.skipped),
            drawn=frozenset(scope.host.id for scope in scopes if scope.host is not None and scope.host.made),
        )
    except Stuck as stuck:
        raise CannotMoveError([stuck.reason]) from stuck


def _brought(
    saved: dict[str, Any],
    pairs: Mapping[Key, Key],
    definitions: tuple[Definition, Definition],
    branches: Branches,
    moment: Moment,
) -> tuple[TokenWorkflow, list[Scope]]:
    """The instance in the new version. What earlier moves have placed is taken away where it has no place there."""
    try:
        return _loaded(saved, pairs, definitions, branches, moment)
    except CannotMoveError as refused:
        lighter = without_placed(saved)
        if lighter is None:
            gone_on = [message("The new branch that began when it was moved has gone on since.")]
            raise CannotMoveError(
                [*refused.reasons, *(gone_on if has_gone_on(saved) else [])], is_choice=refused.is_choice
            ) from None
        try:
            return _loaded(lighter, pairs, definitions, branches, moment)
        except CannotMoveError:
            raise refused from None


def _loaded(
    saved: dict[str, Any],
    pairs: Mapping[Key, Key],
    definitions: tuple[Definition, Definition],
    branches: Branches,
    moment: Moment,
) -> tuple[TokenWorkflow, list[Scope]]:
    new = definitions[1]
    scopes = _scopes(saved, pairs, definitions, branches)
    whole, *inside = scopes
    rest = [{"host": s.host.id, "completed": False, "tasks": written(s.rows)} for s in inside if s.host is not None]
    moved = {**saved, "process": new.spec.name, "tasks": written(whole.rows), "inside": rest}
    after = load(json.dumps(moved, ensure_ascii=False).encode(), new.spec, new.subprocess_specs, moment)
    _require_rest(after)
    return after, scopes


def _scopes(
    saved: dict[str, Any], pairs: Mapping[Key, Key], definitions: tuple[Definition, Definition], branches: Branches
) -> list[Scope]:
    """Moved, outermost first. Raises with all that speaks against it."""
    scopes = nested(saved, pairs, definitions, branches)
    for scope in scopes:
        move_rows(scope)
        if not scope.reasons and (why := misfit(scope)):
            scope.reasons += [reason for one in scope.let_go for reason in one.why] or [why]
        remember_let_go(scope)
        if scope.reasons:
            reasons = {str(why.to_json()): why for why in scope.reasons}
            raise CannotMoveError(list(reasons.values()), is_choice=scope.is_choice)
    return scopes


def _require_rest(workflow: TokenWorkflow) -> None:
    """Nothing may go on by itself: being moved is no event."""
    for task in workflow.all_tasks():
        spec = task.task_spec
        if isinstance(spec, TokenJoin) and task.has_state(TaskState.WAITING):
            arrived = Counter(t.internal_data["flow"] for t in [task, *spec._others_waiting(task)])
            if spec._may_fire(task, arrived):
                raise CannotMoveError(
                    [message("In the new version all that {name} waits for has arrived.", name=named(spec.element))]
                )


def _told(before: TokenWorkflow, after: TokenWorkflow, pairs: Mapping[Key, Key], moment: Moment) -> Moved:
    """What stands as before, what begins to wait, and what waits no longer."""
    stood = [standing for _, standing in standing_of(before)]
    stands = {standing.key: (task, standing) for task, standing in standing_of(after)}
    kept, closed = [], []
    for standing in stood:
        _, element_id = pairs.get((standing.process_id, standing.element_id), ("", ""))
        found = stands.pop((standing.task_id, element_id), None)
        if found is None:
            closed.append(standing)
        else:
            kept.append(Kept(standing, found[1]))
    new = [opened(moment, task, standing) for task, standing in stands.values()]
    hosts = {t.id.hex: host_of(t).id.hex for t, _ in stands.values() if isinstance(t.task_spec, BoundaryEvent)}
    return Moved(dump(after), tuple(kept), tuple(new), tuple(closed), hosts)


def host_of(task: Task) -> Task:
    """The activity at whose boundary an event waits."""
    return next(child for child in task.parent.children if not isinstance(child.task_spec, BoundaryEvent))
