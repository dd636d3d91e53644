"""What is drawn by chance: from what was seen, and by stated assumptions where nothing was."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from casework import calendar
from casework.calendar import CalendarKind, day_of
from casework.errors import CaseworkError
from casework.studio.simulation.lasted import Lasted, Together

if TYPE_CHECKING:
    import random
    from collections.abc import Collection, Mapping, Sequence

    from casework.engine.drawing import Flow, Node

#: Process id and element id.
Place = tuple[str, str]
#: Process id and key of a deadline.
RuleKey = tuple[str, str]
#: Of fewer observations nothing is drawn.
FEWEST = 5
_ONE_SECOND = timedelta(seconds=1)
#: So often is something assumed to be done for several, and between these hours a task to be finished.
SEVERAL, OPENS, CLOSES = 2, 8, 16


@dataclass(frozen=True)
class Seen:
    """How often an element was passed, and how long it lasted, one observation beside the other; `measured` counts them all.

    `begun`: how often it came, where that is known: what takes long is often begun and seldom done yet.
    """

    passed: int
    measured: int = 0
    sample: Sequence[Lasted] = ()
    begun: int = 0


@dataclass(frozen=True)
class Past:
    """All that is drawn from. `begun`: weekday and second of the day when cases began.

    `together`: of steps whose deadlines count from another moment than their beginning.
    """

    seen: Mapping[Place, Seen]
    begun: Sequence[tuple[int, int]] = ()
    together: Mapping[Place, Sequence[Together]] = field(default_factory=dict)


@dataclass
class Assumed:
    """Draws durations and choices, and remembers where it had to assume. `task` and `wait`: days that are assumed then."""

    past: Past
    rng: random.Random
    closed_days: Collection[str] = ()
    #: How often each flow was taken, kept from one run to the next.
    shares: dict[Flow, float] = field(default_factory=dict)
    task: float = 2.0
    wait: float = 7.0
    #: Elements whose duration was assumed, gateways whose ways were, and activities for several of nobody knows how many.
    durations: set[Place] = field(default_factory=set)
    choices: set[Place] = field(default_factory=set)
    counts: set[Place] = field(default_factory=set)

    def seen(self, place: Place) -> Seen | None:
        """What is known of it."""
        return self.past.seen.get(place)

    def observations(self, place: Place) -> int:
        """How many its duration is drawn from; none where it is assumed."""
        seen = self.seen(place)
        return seen.measured if seen is not None and len(seen.sample) >= FEWEST else 0

    def until(self, place: Place, at: datetime, *, is_task: bool) -> datetime:
        """As long as one of those before it; else around what is assumed (half of them shorter, a few much longer)."""
        seen = self.seen(place)
        if seen is not None and len(seen.sample) >= FEWEST:
            return self.rng.choice(seen.sample).after(at, self.closed_days)
        self.durations.add(place)
        span = timedelta(days=(self.task if is_task else self.wait) * min(self.rng.expovariate(0.693), 8.0))
        if not is_task or not span.days:
            return at + span
        return Lasted(span.days, self.rng.randrange(OPENS * 3600, CLOSES * 3600)).after(at, self.closed_days)

    def together(self, place: Place, at: datetime, began: datetime) -> Together | None:
        """One of the step's observations that are like this time; None where there are too few.

        A task is done to a date, and that depends on the weekday; from when else something counts, on how far the case is.
        """
        seen = self.past.together.get(place, ())
        if len(seen) < FEWEST:
            return None
        if seen[0].lasted is not None:
            alike = [one for one in seen if one.weekday == day_of(at).weekday()]
            return self.rng.choice(alike if len(alike) >= FEWEST else seen)
        since = (at - began).total_seconds()
        nearest = sorted(seen, key=lambda one: abs(one.since - since))
        return self.rng.choice(nearest[: max(FEWEST, len(seen) // 10)])

    def times(self, place: Place, usual: float | None) -> int:
        """How often something is done for several at once: what is usual, rounded up as often as it is above a whole number."""
        if usual is None:
            self.counts.add(place)
            return SEVERAL
        return int(usual) + (self.rng.random() < usual % 1)

    def timer(self, node: Node, at: datetime) -> datetime | None:
        """When a timer goes off that begins to wait now, where the diagram says how long: just after its last second."""
        due = counted(node.element.expression, node.element.timer.calendar, at, self.closed_days)
        return due and due + _ONE_SECOND

    def one_of(self, node: Node, flows: Sequence[Flow], shares: Sequence[float]) -> Flow:
        """One way out."""
        if sum(shares) <= 0:
            self.choices.add(node.element.key)
            return self.rng.choice(list(flows))
        return self.rng.choices(list(flows), weights=list(shares))[0]

    def happens(self, place: Place, host: Place) -> bool:
        """Whether what may come while the host stands does come: as often as it was seen."""
        seen, around = self.seen(place), self.seen(host)
        if seen is None or around is None or around.passed < FEWEST:
            return False
        return self.rng.random() < seen.passed / max(1, around.passed + seen.passed)


def counted(text: str, kind: str, at: datetime, closed_days: Collection[str]) -> datetime | None:
    """The end of a duration that stands in the diagram as it is; None for an expression or a date."""
    duration = text.strip().strip('"')
    if not duration.startswith("P"):
        return None
    try:
        chosen = CalendarKind(kind) if kind else calendar.usual_calendar(duration)
        return calendar.due(duration, chosen, at, closed_days=closed_days).instant
    except (CaseworkError, ValueError):
        return None
