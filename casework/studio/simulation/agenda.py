"""What happens next in one run, in the order of time; of two at the same moment, what was planned first."""

from __future__ import annotations

import heapq
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from casework.studio.simulation.tokens import Token


class Agenda:
    """`now` is the moment of what happened last."""

    def __init__(self, began: datetime) -> None:
        self.began = self.now = began
        self._heap: list[tuple[datetime, int, Token, Callable[[], None]]] = []
        self._numbers = count()

    def plan(self, at: datetime, token: Token, happen: Callable[[], None]) -> None:
        """It happens unless the token is gone by then."""
        heapq.heappush(self._heap, (at, next(self._numbers), token, happen))

    def go_on(self, longest: timedelta) -> bool:
        """Let the next thing happen; False when there is none in that time from the beginning."""
        if not self._heap:
            return False
        at, _, token, happen = heapq.heappop(self._heap)
        if at - self.began > longest:
            return False
        self.now = max(self.now, at)
        if token.lives:
            happen()
        return True
