"""A draft played many times by chance, beside the released version: what would be late, and what each lane would have to do."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from casework.config import settings
from casework.errors import InvalidError
from casework.forms.words import Words, words
from casework.i18n import message
from casework.queries.process_drafts.seen_history import Lateness, SeenHistory, seen_history
from casework.queries.usual_time import span_words
from casework.studio.simulation import DeadlineSum, Model, Playing, Simulated
from casework.try_out.draft_scenarios import draft_workspace

if TYPE_CHECKING:
    from uuid import UUID

    from casework.i18n import Message
    from casework.model import Actor

RUNS = (100, 200, 500)
MOST_SEED = 999_999
#: A page waits for so long at the most, and plays at least so many.
SECONDS, FEWEST = 3.0, 10
#: Minutes that one task is assumed to take somebody's own time: only people know it.
MINUTES, MOST_MINUTES = 45, 600


@dataclass(frozen=True)
class DeadlinePair:
    """A rule in the draft and as it is released; None where only the other has it. `seen`: what became of real ones."""

    name: Words
    process: Words
    draft: DeadlineSum | None
    released: DeadlineSum | None
    seen: Lateness | None

    @property
    def is_worse(self) -> bool | None:
        """Whether more is late in the draft than as released; None where chance alone may have made the difference."""
        if not self.draft or not self.released:
            return None
        if self.draft.is_later_than(self.released):
            return True
        return False if self.released.is_later_than(self.draft) else None


@dataclass(frozen=True)
class LoadPair:
    """What one case brings a lane: tasks in the draft and as released; a week with as many new cases as lately."""

    lane: str
    draft: float
    released: float
    weekly: float
    weekly_before: float


@dataclass(frozen=True)
class Chances:
    """`released` is None for a new process. `assumed_names`: elements that nothing was seen of, in the draft.

    `wanted`: how many runs were asked for; there may have been time for fewer.
    """

    wanted: int
    seed: int
    minutes: int
    draft: Simulated
    released: Simulated | None
    deadlines: tuple[DeadlinePair, ...]
    load: tuple[LoadPair, ...]
    history: SeenHistory
    assumed_names: tuple[Words, ...]
    guessed_names: tuple[Words, ...]
    several_names: tuple[Words, ...]


def chances(actor: Actor, process_draft_id: UUID, *, runs: int, seed: int, minutes: int = MINUTES) -> Chances:
    """Play both. Refuses (InvalidError) a number of runs that is not offered."""
    if runs not in RUNS or not 0 <= seed <= MOST_SEED or not 0 < minutes <= MOST_MINUTES:
        raise InvalidError(message("Choose how many times it is played."))
    workspace = draft_workspace(actor, process_draft_id)
    is_new = workspace.process_id not in workspace.released.processes
    model = Model.of(workspace.folder, workspace.process_id)
    before = None if is_new else Model.of(workspace.released, workspace.process_id)
    made = compared(model, before, seen_history(actor, model), runs=runs, seed=seed)
    return replace(made, minutes=minutes)


def span_said(took: timedelta) -> Message:
    """What counts from a day to come may be done before that day."""
    return message("before its day") if took < timedelta(0) else span_words(took.total_seconds())


def compared(
    model: Model, before: Model | None, history: SeenHistory, *, runs: int, seed: int, seconds: float = SECONDS
) -> Chances:
    """Play a process, and what it was before, as many times, and no longer than somebody waits."""
    draft, released = _played(model, before, history, runs=runs, seed=seed, seconds=seconds)
    return Chances(
        wanted=runs,
        seed=seed,
        minutes=MINUTES,
        draft=draft,
        released=released,
        deadlines=tuple(_deadlines(model, draft, released, history)),
        load=tuple(_load(draft, released, history.per_week)),
        history=history,
        assumed_names=tuple(_names(model, draft.assumed)),
        guessed_names=tuple(_names(model, draft.guessed)),
        several_names=tuple(_names(model, draft.several)),
    )


def _played(
    model: Model, before: Model | None, history: SeenHistory, *, runs: int, seed: int, seconds: float
) -> tuple[Simulated, Simulated | None]:
    drawn: dict[str, Any] = {"seed": seed, "closed_days": settings().closed_days}
    draft = Playing(model, history.past, **drawn)
    released = Playing(before, history.past, **drawn) if before else None
    until = time.monotonic() + seconds
    for number in range(runs):
        if number >= FEWEST and time.monotonic() > until:
            break
        draft.play()
        if released:
            released.play()
    return draft.summed(), released.summed() if released else None


def _deadlines(model: Model, draft: Simulated, released: Simulated | None, history: SeenHistory) -> list[DeadlinePair]:
    """What the draft changes first, then its own process; in it the most late first."""
    now = {one.key: one for one in draft.deadlines}
    before = {one.key: one for one in released.deadlines} if released else {}
    pairs = [
        DeadlinePair(
            words(one.name, one.name_en or one.name),
            _process(model, one.key[0]),
            now.get(one.key),
            before.get(one.key),
            history.lateness.get(one.key),
        )
        for one in {**before, **now}.values()
    ]
    return sorted(pairs, key=lambda pair: _rank(model, pair))


def _rank(model: Model, pair: DeadlinePair) -> tuple[bool, bool, float, str]:
    one, before = pair.draft or pair.released, pair.released or pair.draft
    if one is None or before is None:
        return (True, True, 0.0, "")
    is_same = (one.late, one.rule) == (before.late, before.rule) and pair.draft is not None
    return (is_same, one.key[0] != model.process_id, -one.late, one.key[1])


def _load(draft: Simulated, released: Simulated | None, per_week: float) -> list[LoadPair]:
    before = released.load if released else {}
    return [
        LoadPair(
            lane,
            draft.load.get(lane, 0.0),
            before.get(lane, 0.0),
            draft.load.get(lane, 0.0) * per_week,
            before.get(lane, 0.0) * per_week,
        )
        for lane in sorted({*draft.load, *before}, key=lambda lane: -max(draft.load.get(lane, 0), before.get(lane, 0)))
    ]


def _names(model: Model, places: frozenset[tuple[str, str]]) -> list[Words]:
    nodes = {node.element.key: node.element for scope in model.scopes.values() for node in scope.nodes.values()}
    found = [nodes[place] for place in sorted(places) if place in nodes]
    return [words(one.name or one.id, one.name_en or one.name or one.id) for one in found]


def _process(model: Model, process_id: str) -> Words:
    process = model.processes.get(process_id)
    return (
        words(process.name or process_id, process.name_en or process.name or process_id)
        if process
        else words(process_id)
    )
