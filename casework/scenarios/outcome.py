"""How a scenario went: what differs, which flows were taken, and the deadlines that the case has had."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casework.i18n import Message
    from casework.scenarios.flows import FlowKey
    from casework.scenarios.looking import DeadlineSeen
    from casework.scenarios.scenario import Scenario


@dataclass(frozen=True)
class Problem:
    """What differs, at which line of the file."""

    line: int
    message: Message


@dataclass
class Outcome:
    """How it went; fine when there are no problems. `deadlines` are all that the case has had."""

    scenario: Scenario
    problems: list[Problem] = field(default_factory=list)
    taken: frozenset[FlowKey] = frozenset()
    deadlines: tuple[DeadlineSeen, ...] = ()
    largest_state: int = 0
    seconds: float = 0.0

    @property
    def is_fine(self) -> bool:
        """Everything was as expected."""
        return not self.problems
