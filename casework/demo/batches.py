"""The stories in batches: each is walked by itself, so a batch holds a bit of everything.

A case has its number from the beginning: the place of its story among all of its year, whenever its batch comes in.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.demo import emil
from casework.demo.intake import notify
from casework.demo.stories import FIRST, tell

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from casework.demo.begun import Begun
    from casework.demo.story import Story
    from casework.demo.walk import Walk


@dataclass(frozen=True)
class Told:
    """A story, how it begins, and which case of its year it is (from 1)."""

    story: Story
    begin: Callable[[Walk], UUID]
    place: int

    @property
    def case_number(self) -> str:
        """As the intake counts."""
        return _number(self.story.received.year, self.place)

    @property
    def number_before(self) -> str | None:
        """The number after which the intake gives this one; None for the first of a year."""
        return _number(self.story.received.year, self.place - 1) if self.place > 1 else None


@dataclass(frozen=True)
class Batch:
    """Stories in the order in which they begin; `is_first` when nobody may have to wait for them."""

    stories: tuple[Told, ...]
    is_first: bool


def batches(asked: Begun) -> list[Batch]:
    """All batches, always the same for what was asked.

    The newest case of all is among the first: whoever opens one while the others come in gets a number that is free.
    """
    others = tell(asked.cases - 1, asked.seed, asked.told_at)
    stories = [(emil.story(asked.told_at), emil.begin), *((story, notify) for story in others)]
    places: Counter[int] = Counter()
    told = []
    for story, begin in sorted(stories, key=lambda one: one[0].received):
        places[story.received.year] += 1
        told.append(Told(story, begin, places[story.received.year]))
    first = [one.story.number < FIRST or one is told[-1] for one in told]
    return [batch for is_first in (True, False) for batch in _dealt(told, first, asked.batch, is_first=is_first)]


def _number(year: int, place: int) -> str:
    return f"S-{year}-{place:04d}"


def _dealt(told: list[Told], first: list[bool], size: int, *, is_first: bool) -> list[Batch]:
    """Dealt out like cards, so that no batch holds all long stories."""
    mine = [one for one, its in zip(told, first, strict=True) if its is is_first]
    hands = -(-len(mine) // size)
    return [Batch(tuple(mine[hand::hands]), is_first) for hand in range(hands)]
