"""A story: what happens to one child, told before it happens. The walk lets it happen through the processes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casework.calendar import age_on, day_of

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random

    from casework.demo.children import Child
    from casework.demo.concerns import Concern


@dataclass(frozen=True)
class Notifier:
    """Who turns to the municipality; `kind` is an answer of form F01."""

    kind: str
    name: str
    contact: str
    is_professional: bool


class Then(tuple[Any, ...]):
    """Answers for the first, second, … time that a field is filled in; the last one counts from then on."""

    __slots__ = ()


@dataclass
class Story:
    """`steering` holds the answers by which the process decides, by `form.field`.

    `pace` stretches the time that everybody takes (1: usual). `delays` adds working hours to single forms, by form key.
    `asides` and `delays` are used up on the way.
    """

    number: int
    rng: Random
    district: str
    received: datetime
    child: Child
    concern: Concern
    notifier: Notifier
    track: str
    steering: dict[str, Any]
    pace: float = 1.0
    delays: dict[str, float] = field(default_factory=dict)
    #: How the receiver of a hand-off answers each time: accept, ask, decline, silence.
    handoff_answers: list[str] = field(default_factory=list)
    #: What happens beside the processes: working hours after the notification, and a name of `casework.demo.asides`.
    asides: list[tuple[float, str]] = field(default_factory=list)
    #: Who does the work of a unit or fills in a form, by username, where the story wants somebody in particular.
    people: dict[str, str] = field(default_factory=dict)
    #: Moments at which forms are handed in, whatever else would be planned, by form key.
    moments: dict[str, datetime] = field(default_factory=dict)
    #: From when on no letter goes out for a while (`casework.demo.outage`).
    outage: datetime | None = None

    @property
    def age(self) -> int:
        """The child's age when the notification came."""
        return age_on(self.child.birth_date, day_of(self.received))
