"""Drives the engine and the oracle side by side, with compaction, save and load after every step.

After each step the multiset of enabled elements (with the loop items that each of them sees) and completion must agree.
"""

from __future__ import annotations

import random
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.proof.blocks import COUNTS, FLAGS, LISTS, Model, size
from tests.proof.candidates import Candidates
from tests.proof.drawer import random_model
from tests.proof.engine import Engine
from tests.proof.smaller import smaller
from tests.proof.soundness import sound

if TYPE_CHECKING:
    from tests.proof.frames import Enabled


@dataclass
class Run:
    steps: int = 0
    completed: bool = False
    problem: str = ""  #: what differed, if anything did
    trace: list[str] = field(default_factory=list)
    bytes: int = 0  #: of the largest state


def drive(model: Model, seed: int, steps: int = 60) -> Run:
    """One run of at most `steps` random things that may happen."""
    run, variables = Run(), fresh_variables()
    try:
        _drive(model, random.Random(seed), run, variables, steps)
    except Exception as error:  # noqa: BLE001  whatever the engine raises on a sound model is a finding
        where = traceback.extract_tb(error.__traceback__)[-1]
        run.problem = f"{type(error).__name__}: {error} ({where.name})"
    return run


def fresh_variables() -> dict[str, Any]:
    return dict.fromkeys(FLAGS, False) | dict.fromkeys(COUNTS, 2) | LISTS


def _drive(model: Model, rnd: random.Random, run: Run, variables: dict[str, Any], steps: int) -> None:
    often = {flag: rnd.choice((0.1, 0.5, 0.9)) for flag in FLAGS}
    _shake(variables, rnd, often)
    book, engine = Candidates(model, variables), Engine(model, variables)
    while True:
        run.problem = book.keep(Counter(k for k, _ in engine.enabled()), completed=engine.completed)
        oracle = book.oracles[0][0]
        expected = [e for e in oracle.enabled() if book.fits(e.key)]
        run.completed, run.bytes = oracle.completed, engine.bytes
        if run.problem or not expected or run.steps == steps:
            return
        _shake(variables, rnd, often)
        choice = rnd.choice(expected)
        last = choice.repeats and rnd.random() < 0.2
        run.steps += 1
        run.trace.append(_traced(choice, variables, last=last))
        key = choice.key
        book.happen(key, last=last)
        engine.happen(key, last=last)


def _shake(variables: dict[str, Any], rnd: random.Random, often: dict[str, float]) -> None:
    variables.update({f: rnd.random() < often[f] for f in FLAGS})
    variables.update({n: rnd.choice((0, 1, 2, 2, 3)) for n in COUNTS})


def _traced(choice: Enabled, variables: dict[str, Any], *, last: bool) -> str:
    return choice.element + ("!" if last else "") + " " + "".join(str(int(variables[f])) for f in FLAGS)


def sound_model(seed: int, size_: int = 16) -> Model:
    return next(m for m in (random_model(seed * 1000 + attempt, size_) for attempt in range(100)) if sound(m))


def shrink(model: Model, seed: int, *, steps: int = 60, tries: int = 12, seconds: float = 20) -> tuple[Model, Run]:
    """The smallest model found within the time that still goes wrong, with a run that shows it."""
    best, until = drive(model, seed, steps), time.monotonic() + seconds
    while time.monotonic() < until:
        failing = ((other, _failing(other, tries)) for other in smaller(model) if size(other) < size(model))
        found = next(((m, run) for m, run in failing if run or time.monotonic() > until), None)
        if found is None or found[1] is None:
            break
        model, best = found
    return model, best


def _failing(model: Model, tries: int) -> Run | None:
    runs = (drive(model, seed, 25) for seed in range(tries))
    return next((run for run in runs if run.problem), None)
