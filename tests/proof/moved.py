"""Moves random instances of random models to other versions of them, and asks whether everything holds that must.

1. Nothing that stands is lost, none is there twice. 2. Moved back, it stands as before. 3. It goes on to its end as one does
that has come to the same place by itself, and the oracle agrees (where a walk through the new model was found that does).
"""

from __future__ import annotations

import json
import random
import traceback
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from casework.engine import Begin, Stuck, advance, compile_definition, standing, start
from casework.engine.moving import CannotMoveError, Moved, move
from casework.engine.moving_branches import Branches
from casework.engine.moving_pairs import Pairs, paired, propose, turned
from tests.proof.blocks import COUNTS, FLAGS, Model
from tests.proof.candidates import Candidates
from tests.proof.changed import changed
from tests.proof.driver import fresh_variables, sound_model
from tests.proof.engine import Engine, Lookup
from tests.proof.xml import to_xml

KNOWN: dict[str, Any] = {"facts": {}, "now": None, "evaluator": Lookup()}
#: Walks through the new model in search of the place where the moved instance stands.
TRIES = 12
MOST_STEPS = 80
MEMORY = ("spent", "laid_by", "around", "placed", "arrived")


@dataclass
class Moving:
    how: str = ""  #: ended before, refused, moved
    changes: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    branches: str = ""
    is_compared: bool = False
    problem: str = ""


@dataclass
class Trial:
    """One instance that was moved."""

    model: Model  #: of the new version
    old: Any
    new: Any
    state: bytes
    moved: Moved
    pairs: Pairs
    variables: dict[str, Any]


def moving(seed: int, size: int = 14) -> Moving:
    """One instance, strolled to a random place, moved and strolled on."""
    rnd = random.Random(seed)
    model = sound_model(seed, size)
    version = changed(model, rnd, rnd.randint(1, 3))
    found = Moving(changes=version.how)
    try:
        _moving(found, rnd, model, version)
    except Stuck as stuck:
        found.problem = f"stuck: {stuck}"
    except Exception:  # noqa: BLE001  whatever the engine raises is a finding
        found.problem = traceback.format_exc()[-900:]
    return found


def _moving(found: Moving, rnd: random.Random, model: Model, version: Any) -> None:
    old, new = (compile_definition("main", [to_xml(m)]) for m in (model, version.model))
    variables = fresh_variables()
    engine = Engine(model, variables)
    done = _stroll(engine, rnd, variables, rnd.choice((0, 1, 2, 3, 5, 8)))
    if engine.completed:
        found.how = "ended before"
        return
    pairs = paired(propose(old, new))
    for (process, element), key in list(pairs.items()):
        assert key[0] == process, f"{element} is proposed to move into another process"
    for process in old.processes:
        pairs |= {(process, a): (process, b) for a, b in version.renames.items() if (process, b) in new.elements}
    branches = rnd.choice((Branches.STAY, Branches.BEGIN, Branches.BEGIN, Branches.SKIP, Branches.SKIP))
    try:
        moved = move(old, new, engine.state, pairs, branches=branches, variables=variables, **KNOWN)
        begun = _begun(new, moved, variables)
    except CannotMoveError as refused:
        found.how, found.reasons = "refused", [reason.text("en") for reason in refused.reasons]
        return
    found.how, found.branches = "moved", branches.value if moved.begins or moved.skipped else ""
    trial = Trial(version.model, old, new, engine.state, moved, pairs, variables)
    found.problem = _complete(trial) or _there_and_back(trial, begun)
    trial.moved = replace(moved, state=begun)
    if not found.problem:
        twin = _twin(trial, Counter(version.renames.get(name, name) for name in done), rnd)
        found.is_compared = twin is not None
        found.problem = _goes_on(trial, twin, rnd)


def _begun(new: Any, moved: Moved, variables: dict[str, Any]) -> bytes:
    """With the new branches begun."""
    if not moved.begins:
        return moved.state
    step = advance(new, moved.state, Begin(moved.begins), variables=variables, **KNOWN)
    assert not step.closed
    return step.state


def _stroll(engine: Any, rnd: random.Random, variables: dict[str, Any], steps: int) -> list[str]:
    done: list[str] = []
    for _ in range(steps):
        keys = sorted(key for key, _ in engine.enabled())
        if engine.completed or not keys:
            break
        shake(variables, rnd)
        key = rnd.choice(keys)
        engine.happen(key, last=rnd.random() < 0.3)
        done.append(key[0])
    return done


def shake(variables: dict[str, Any], rnd: random.Random) -> None:
    variables.update({f: rnd.random() < 0.5 for f in FLAGS})
    variables.update({n: rnd.choice((0, 1, 2, 2, 3)) for n in COUNTS})


def _complete(trial: Trial) -> str:
    """What stood is kept or closed, what stands is kept or opened; people's tasks stay, each with its engine task."""
    moved = trial.moved
    stood, stands = standing(trial.old, trial.state), standing(trial.new, moved.state)
    if Counter(s.key for s in stood) != Counter([k.old.key for k in moved.kept] + [c.key for c in moved.closed]):
        return "not all that stood is told of"
    if Counter(s.key for s in stands) != Counter([k.new.key for k in moved.kept] + [o.key for o in moved.opened]):
        return "not all that stands is told of"
    if any(s.kind == "user_task" for s in moved.closed):
        return "a person's task was lost"
    if any(s.kind in ("user_task", "job") for s in moved.opened):
        return "work has begun by being moved"
    for kept in moved.kept:
        place = trial.pairs[kept.old.process_id, kept.old.element_id]
        if kept.old.task_id != kept.new.task_id or place != (kept.new.process_id, kept.new.element_id):
            return "something was kept as something else"
    return ""


def _there_and_back(trial: Trial, state: bytes) -> str:
    if len(set(trial.pairs.values())) < len(trial.pairs):
        return ""
    known: dict[str, Any] = {"variables": trial.variables, **KNOWN}
    try:
        back = move(trial.new, trial.old, state, turned(trial.pairs), **known)
    except CannotMoveError as refused:
        return f"refused on the way back: {refused}"
    if shape(back.state) != shape(trial.state):
        return f"not the same there and back:\n{shape(trial.state)}\n{shape(back.state)}"
    return ""


def shape(state: bytes) -> str:
    """A state without the ids of engine tasks, the order of its rows and what is remembered of other versions."""
    data = json.loads(state)
    inside = {one["host"]: one["tasks"] for one in data["inside"]}
    return json.dumps(_tree(data["tasks"], inside), sort_keys=True)


def _tree(rows: list[Any], inside: dict[str, Any], at: int = 0) -> Any:
    id_, _, name, state, triggered, internal = rows[at]
    known = {k: v for k, v in internal.items() if k not in MEMORY and v not in ({}, False)}
    below = [_tree(rows, inside, i) for i, row in enumerate(rows) if row[1] == at]
    within = _tree(inside[id_], inside) if id_ in inside else None
    return [name, state, triggered, known, sorted(below, key=str), within]


class At(Engine):
    """An engine that goes on from a state."""

    def __init__(self, copies: list[Any], state: bytes, variables: dict[str, Any]):
        self.copies, self.variables, self.state = copies, variables, state
        self.loads = self.bytes = 0
        self.stands = {s.key: s for s in standing(copies[0], state)}
        self.step: Any = None

    @property
    def completed(self) -> bool:
        return bool(self.step and self.step.is_completed)


Twin = tuple[Candidates, dict[str, Any]]


def _goes_on(trial: Trial, twin: Twin | None, rnd: random.Random) -> str:
    copies = [trial.new, compile_definition("main", [to_xml(trial.model)])]
    engine, book = At(copies, trial.moved.state, trial.variables), twin[0] if twin else None
    if twin and book:
        trial.variables.update(twin[1])
        book.variables = trial.variables
        for oracle, _ in book.oracles:
            oracle.variables = trial.variables
    for _ in range(MOST_STEPS):
        keys = sorted(key for key, _ in engine.enabled())
        if book and (problem := book.keep(Counter(keys), completed=engine.completed)):
            return f"the oracle says: {problem}"
        keys = [k for k in keys if book is None or book.fits(k)]
        if engine.completed or not keys:
            break
        shake(trial.variables, rnd)
        key, last = rnd.choice(keys), rnd.random() < 0.3
        if book:
            last = last and any(e.key == key and e.repeats for o, _ in book.oracles for e in o.enabled())
            book.happen(key, last=last)
        engine.happen(key, last=last)
    return ""


def _twin(trial: Trial, done: Counter[str], rnd: random.Random) -> Twin | None:
    """An oracle of the new model that has come by itself to where the moved instance stands."""
    copies = [trial.new, compile_definition("main", [to_xml(trial.model)])]
    wanted = shape(trial.moved.state)
    for _ in range(TRIES):
        variables = fresh_variables()
        shake(variables, rnd)
        book = Candidates(trial.model, variables)
        engine = At(copies, start(copies[0], variables=variables, **KNOWN).state, variables)
        if _comes_to(wanted, engine, book, Counter(done), rnd):
            return book, variables
    return None


def _comes_to(wanted: str, engine: At, book: Candidates, left: Counter[str], rnd: random.Random) -> bool:
    """Walk on, at first by what the moved instance has done, until both stand there or have gone too far."""
    for _ in range(left.total() + 6):
        if book.keep(Counter(k for k, _ in engine.enabled()), completed=engine.completed):
            return False
        if shape(engine.state) == wanted:
            return True
        keys = sorted(k for k, _ in engine.enabled() if book.fits(k))
        if engine.completed or not keys:
            return False
        shake(engine.variables, rnd)
        key = rnd.choice([k for k in keys if left[k[0]] > 0] or keys)
        left[key[0]] -= 1
        book.happen(key, last=False)
        try:
            engine.happen(key, last=False)
        except Stuck:
            return False
    return False
