"""Whether a deadline will be kept if nothing happens: a date, against when the way that remains may be gone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from casework.queries.forecast.remaining import longest
from casework.queries.forecast.spread import exactly

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from typing import Any

    from casework.queries.forecast.remaining import Remaining
    from casework.queries.forecast.spread import Spread
    from casework.queries.forecast.ways import Place


class Answer(StrEnum):
    """What is to be expected."""

    LIKELY = "likely"  #: Late even if everything takes as long as it does in half of the cases.
    POSSIBLE = "possible"  #: Late if everything takes as long as it does in one case of five.
    IN_TIME = "in_time"  #: In time even then.
    UNKNOWN = "unknown"  #: Too little was seen of what is left, or nobody knows where it stands.


@dataclass(frozen=True)
class Standing:
    """Something that a process awaits now. `ends_at`: the clock says when; `row` is the task, for who asks about it."""

    place: Place
    token: str
    since: datetime
    ends_at: datetime | None = None
    row: Any = None


@dataclass(frozen=True)
class Left:
    """What is left until a deadline is met, and what holds it up most now."""

    spread: Spread
    standing: Standing


def left(
    remaining: Remaining, standing: Sequence[Standing], target: Place, token: str | None, now: datetime
) -> Left | None:
    """Say what is left until `target` is done; `token` is the engine's id of it, where it is one step. None: it cannot be said.

    Of all that stands, what leads there counts, and of that the longest; of what is awaited side by side at a gateway the first.
    """
    own = [one for one in standing if token is not None and one.token == token]
    if own:
        return Left(_rest(remaining, own[0], now), own[0])
    found = []
    for one in standing:
        beyond = remaining.beyond(one.place, target)
        node = remaining.ways.nodes.get(one.place)
        if beyond is not None and node is not None:
            found.append(Left(_rest(remaining, one, now) + beyond, one))
    firsts = list(_firsts(remaining, found))
    slowest = longest(one.spread for one in firsts)
    return next((one for one in firsts if one.spread is slowest), None)


def judge(due_at: datetime, now: datetime, spread: Spread | None) -> Answer:
    """Compare."""
    if spread is None or spread.is_guess:
        return Answer.UNKNOWN
    if now + spread.typical > due_at:
        return Answer.LIKELY
    return Answer.POSSIBLE if now + spread.slow > due_at else Answer.IN_TIME


def _rest(remaining: Remaining, one: Standing, now: datetime) -> Spread:
    return exactly(one.ends_at - now) if one.ends_at else remaining.standing(one.place, now - one.since)


def _firsts(remaining: Remaining, found: Iterable[Left]) -> Iterable[Left]:
    rivals: dict[Place, list[Left]] = defaultdict(list)
    for one in found:
        gateway = remaining.ways.rivals.get(one.standing.place)
        if gateway is None:
            yield one
        else:
            rivals[gateway].append(one)
    for some in rivals.values():
        yield min(some, key=lambda one: one.spread.typical)
