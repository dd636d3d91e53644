"""Many runs summed up: how much is late of each deadline, how long it takes, and what each lane has to do."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import sqrt
from typing import TYPE_CHECKING

from casework.calendar import is_working_day
from casework.config import TIME_ZONE
from casework.studio.simulation.assumed import CLOSES, FEWEST, OPENS, Assumed
from casework.studio.simulation.clocks import CERTAIN
from casework.studio.simulation.model import TASKS, every_node
from casework.studio.simulation.run import Run

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from casework.engine import DeadlineRule
    from casework.engine.drawing import Flow
    from casework.studio.simulation.assumed import Past, Place, RuleKey
    from casework.studio.simulation.clocks import Met
    from casework.studio.simulation.model import Model

#: Cases begin all through a year from this Monday.
_FIRST = date(2027, 1, 4)
_WEEKS, _MONDAY_TO_FRIDAY = 52, 5
#: Of a normal distribution, for 95 of 100.
_Z = 1.96


@dataclass(frozen=True)
class DeadlineSum:
    """One rule: how many times it ran, the share that was late with its 95 % interval, and how long half and nine of ten took.

    `observations`: of the step that was seen least while it ran, in the middle of the runs. None: nothing was drawn then;
    0: something was assumed, so that the interval speaks of the runs alone.
    """

    key: RuleKey
    rule: DeadlineRule
    name: str
    name_en: str
    count: int
    late: float
    low: float
    high: float
    half: timedelta
    most: timedelta
    observations: int | None

    def is_later_than(self, other: DeadlineSum) -> bool:
        """Whether more is late than chance alone makes of so many runs, 95 times of 100. Both draw from the same past."""
        doubt = sqrt(self._doubt + other._doubt)
        return self.late - other.late > _Z * doubt

    @property
    def _doubt(self) -> float:
        share = (self.late * self.count + 1) / (self.count + 2)  # never quite none, never quite all (Agresti 2000)
        return share * (1 - share) / self.count


@dataclass(frozen=True)
class Simulated:
    """`load`: tasks of one case by lane. `assumed`, `guessed`, `several`: `durations`, `choices`, `counts` of `Assumed`."""

    runs: int
    unfinished: int
    half: timedelta
    most: timedelta
    deadlines: tuple[DeadlineSum, ...]
    load: Mapping[str, float]
    assumed: frozenset[Place]
    guessed: frozenset[Place]
    several: frozenset[Place]
    uncounted: frozenset[RuleKey]
    moved: frozenset[RuleKey]
    tasks: int


class Playing:
    """Plays one run after the other; the same seed begins the cases on the same days, so two versions meet the same year."""

    def __init__(self, model: Model, past: Past, *, seed: int, closed_days: Collection[str] = ()) -> None:
        self.model, self.past, self.seed, self.closed_days = model, past, seed, closed_days
        self.played: list[Run] = []
        self._shares: dict[Flow, float] = {}

    def play(self) -> None:
        """Once more."""
        rng = random.Random(f"{self.seed}:{len(self.played)}")  # noqa: S311  chance, no secret
        assumed = Assumed(self.past, rng, self.closed_days, self._shares)
        self.played.append(Run(self.model, assumed, _beginning(assumed)).play())

    def summed(self) -> Simulated:
        """All that was played so far."""
        played = self.played
        ended = sorted(one.ended_at - one.began for one in played if one.ended_at)
        load: Counter[str] = Counter()
        for one in played:
            load.update(one.load)
        return Simulated(
            runs=len(played),
            unfinished=len(played) - len(ended),
            half=_at(ended, 0.5),
            most=_at(ended, 0.9),
            deadlines=tuple(_deadlines(self.model, played)),
            load={lane: total / max(1, len(played)) for lane, total in sorted(load.items())},
            assumed=frozenset(place for one in played for place in one.assumed.durations),
            guessed=frozenset(place for one in played for place in one.assumed.choices),
            several=frozenset(place for one in played for place in one.assumed.counts),
            uncounted=frozenset(key for one in played for key in one.clocks.uncounted),
            moved=frozenset(key for one in played for key in one.clocks.moved),
            tasks=sum(node.type in TASKS for node in every_node(self.model)),
        )


def simulate(model: Model, past: Past, *, runs: int, seed: int, closed_days: Collection[str] = ()) -> Simulated:
    """Play it `runs` times."""
    playing = Playing(model, past, seed=seed, closed_days=closed_days)
    for _ in range(runs):
        playing.play()
    return playing.summed()


def _beginning(assumed: Assumed) -> datetime:
    """In any week, on a weekday and at a time when such cases began before; else when the municipality is open."""
    rng, begun = assumed.rng, assumed.past.begun
    if len(begun) >= FEWEST:
        weekday, second = rng.choice(begun)
    else:
        weekday, second = rng.randrange(_MONDAY_TO_FRIDAY), rng.randrange(OPENS * 3600, CLOSES * 3600)
    day = _FIRST + timedelta(weeks=rng.randrange(_WEEKS), days=weekday)
    while weekday < _MONDAY_TO_FRIDAY and not is_working_day(day, assumed.closed_days):
        day = _FIRST + timedelta(weeks=rng.randrange(_WEEKS), days=weekday)
    return datetime.combine(day, time(), TIME_ZONE) + timedelta(seconds=second)


def _deadlines(model: Model, played: Sequence[Run]) -> list[DeadlineSum]:
    by_rule: dict[RuleKey, list[Met]] = defaultdict(list)
    for run in played:
        for one in run.clocks.ended:
            by_rule[one.rule].append(one)
    rules = _rules(model)
    return [_sum(key, rules[key], by_rule[key]) for key in sorted(by_rule) if key in rules]


def _sum(key: RuleKey, named: tuple[DeadlineRule, str, str], ended: list[Met]) -> DeadlineSum:
    rule, name, name_en = named
    spans, share = sorted(one.took for one in ended), sum(one.is_late for one in ended) / len(ended)
    least = sorted(one.observations for one in ended)[len(ended) // 2]
    # Runs tell of what was seen, and what was seen of what is: the errors of both add up.
    sure_of = 1 / (1 / len(ended) + 1 / (least or CERTAIN))
    low, high = interval(share * sure_of, sure_of)
    observations = None if least == CERTAIN else least
    return DeadlineSum(
        key, rule, name, name_en, len(ended), share, low, high, _at(spans, 0.5), _at(spans, 0.9), observations
    )


def interval(hits: float, of: float) -> tuple[float, float]:
    """Between which shares the true one lies 95 times of 100 (Wilson 1927)."""
    if not of:
        return 0.0, 1.0
    share, bend = hits / of, _Z**2 / of
    middle, half = share + bend / 2, _Z * sqrt(share * (1 - share) / of + bend / (4 * of))
    return max(0.0, (middle - half) / (1 + bend)), min(1.0, (middle + half) / (1 + bend))


def _rules(model: Model) -> dict[RuleKey, tuple[DeadlineRule, str, str]]:
    found: dict[RuleKey, tuple[DeadlineRule, str, str]] = {}
    for node in every_node(model):
        element = node.element
        for rule in element.deadlines:
            found[element.process_id, rule.key] = (rule, element.name or element.id, element.name_en)
    for process_id, process in model.processes.items():
        for rule in process.deadlines:
            met = next((n.element for n in every_node(model) if n.element.key == (process_id, rule.met)), None)
            names = (met.name or met.id, met.name_en) if met else (process.name or process_id, process.name_en)
            found[process_id, rule.key] = (rule, *names)
    return found


def _at(ordered: Sequence[timedelta], part: float) -> timedelta:
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else timedelta(0)
