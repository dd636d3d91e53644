"""What is drawn by chance: from what was seen, and by stated assumptions where nothing was."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from casework import calendar
from casework.calendar import CalendarKind
from casework.errors import CaseworkError

if TYPE_CHECKING:
    import random
    from collections.abc import Collection, Mapping, Sequence

    from casework.engine.drawing import Flow, Node

#: Process id and element id.
Place = tuple[str, str]
#: Of fewer observations nothing is drawn.
FEWEST = 5
_TENTHS = 10


@dataclass(frozen=True)
class Seen:
    """How often an element was passed, and the seconds that one, two, … nine of ten took at most."""

    passed: int
    measured: int
    deciles: Sequence[float]


@dataclass
class Assumed:
    """Draws durations and choices, and remembers where it had to assume. `task` and `wait`: what is assumed then."""

    history: Mapping[Place, Seen]
    rng: random.Random
    closed_days: Collection[str] = ()
    task: timedelta = timedelta(days=2)
    wait: timedelta = timedelta(days=7)
    #: Elements whose duration was assumed, and gateways whose ways were.
    durations: set[Place] = field(default_factory=set)
    choices: set[Place] = field(default_factory=set)

    def duration(self, place: Place, *, is_task: bool) -> timedelta:
        """As long as it took before; else around what is assumed (half of them shorter, a few much longer)."""
        seen = self.history.get(place)
        if seen is not None and seen.measured >= FEWEST and seen.deciles:
            return timedelta(seconds=self._between(seen.deciles))
        self.durations.add(place)
        usual = self.task if is_task else self.wait
        return usual * min(self.rng.expovariate(0.693), 8.0)

    def _between(self, deciles: Sequence[float]) -> float:
        """Even between two tenths; below the first down to nothing, above the last as far again as to the one before."""
        at = self.rng.random() * _TENTHS
        place = min(int(at), _TENTHS - 1)
        last = 2 * deciles[-1] - deciles[-2] if len(deciles) > 1 else deciles[-1]
        edges = (0.0, *deciles, max(last, deciles[-1]))
        low, high = edges[place], edges[min(place + 1, len(edges) - 1)]
        return low + (high - low) * (at - place)

    def timer(self, node: Node, at: datetime) -> datetime:
        """When a timer comes due that begins to wait now: counted, where the diagram says how long; else as seen."""
        due = counted(node.element.expression, node.element.timer.calendar, at, self.closed_days)
        return due or at + self.duration(node.element.key, is_task=False)

    def one_of(self, node: Node, flows: Sequence[Flow], shares: Sequence[float]) -> Flow:
        """One way out."""
        if sum(shares) <= 0:
            self.choices.add(node.element.key)
            return self.rng.choice(list(flows))
        return self.rng.choices(list(flows), weights=list(shares))[0]

    def happens(self, place: Place, host: Place) -> bool:
        """Whether what may come while the host stands does come: as often as it was seen."""
        seen, around = self.history.get(place), self.history.get(host)
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
