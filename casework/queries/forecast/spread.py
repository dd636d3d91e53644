"""How long something may take: what is typical, and what is slow. Pure arithmetic.

Slow parts are added up as if all of them were slow at once, so that a sum errs on the cautious side.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Fewer observations of one step than this say nothing about the next time.
FEW = 5
#: What takes no time, or exactly a known one, is as good as seen very often.
CERTAIN = 1_000_000
#: Of those that are left, in tenths.
_HALF, _MOST = 0.5, 0.8


@dataclass(frozen=True)
class Spread:
    """`typical`: half take no longer. `slow`: four of five take no longer. `seen`: observations of the step seen least often."""

    typical: timedelta
    slow: timedelta
    seen: int = CERTAIN
    #: It has lasted longer than nine of ten did.
    is_outlived: bool = False

    def __add__(self, other: Spread) -> Spread:
        """One after the other."""
        return Spread(
            self.typical + other.typical,
            self.slow + other.slow,
            min(self.seen, other.seen),
            self.is_outlived or other.is_outlived,
        )

    @property
    def is_guess(self) -> bool:
        """Whether too little was seen."""
        return self.seen < FEW


NO_TIME = Spread(timedelta(0), timedelta(0))


def exactly(span: timedelta) -> Spread:
    """What the clock says."""
    span = max(span, timedelta(0))
    return Spread(span, span)


def together(spreads: Sequence[Spread]) -> Spread:
    """Side by side: all are over when the longest is."""
    return Spread(
        max(one.typical for one in spreads),
        max(one.slow for one in spreads),
        min(one.seen for one in spreads),
        any(one.is_outlived for one in spreads),
    )


def from_deciles(deciles: Sequence[float], seen: int, elapsed: timedelta = timedelta(0)) -> Spread:
    """Say what is left after `elapsed`, from those that took longer than that (seconds that one to nine of ten took at most).

    What has outlived nine of ten has no like: nobody knows, and it may well last as long again.
    """
    gone = elapsed.total_seconds()
    left = [one - gone for one in deciles if one > gone]
    if left:
        return Spread(_at(left, _HALF), _at(left, _MOST), seen)
    return Spread(timedelta(0), elapsed, seen, is_outlived=bool(deciles))


def _at(ordered: Sequence[float], part: float) -> timedelta:
    place = min(len(ordered) - 1, int(len(ordered) * part))
    return timedelta(seconds=ordered[place])
