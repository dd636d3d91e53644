"""Whether the tokens of a scope can come to stand in one given way, where there are too many ways to list them all.

A found way is a proof. That none was found is none: the search ends after `MOST_SEEN` markings.
"""

from __future__ import annotations

import heapq
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casework.engine.token_game import Marking, TokenGame

MOST_SEEN = 3_000


def can_reach(game: TokenGame, wanted: Marking, fold: Callable[[int], int]) -> bool:
    """Whether some play comes to `wanted`, whose places are folded by `fold`.

    The markings with the fewest tokens are looked at first: it is loops that give off tokens which make them many.
    """
    order = count()
    seen: set[Marking] = set()
    todo = [(len(marking), next(order), marking) for marking in game.beginnings()]
    while todo and len(seen) < MOST_SEEN:
        marking = heapq.heappop(todo)[2]
        if marking in seen:
            continue
        seen.add(marking)
        if tuple(sorted(map(fold, marking))) == wanted:
            return True
        for after in _towards(game, marking, Counter(wanted), fold):
            heapq.heappush(todo, (len(after), next(order), after))
    return False


def _towards(game: TokenGame, marking: Marking, wanted: Counter[int], fold: Callable[[int], int]) -> Iterator[Marking]:
    """What may come next, without what could as well come later: a token that is not wanted where it is must go on some time."""
    left = Counter(wanted)
    for place in marking:
        if left[fold(place)] > 0:
            left[fold(place)] -= 1
        elif not game.waits(place):
            yield from game.after_moving(marking, place)
            return
    yield from game.every_next(marking)
