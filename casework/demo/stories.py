"""Tells the stories of the demonstration: which child, which concern, which way, and when. All of it follows from the seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import count as count_from
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, TypeAlias

from casework.calendar import age_on, day_of
from casework.config import TIME_ZONE
from casework.demo import asides, long_ways
from casework.demo.chance import likely
from casework.demo.children import Child, invent, sibling_of
from casework.demo.concerns import Concern, concerns
from casework.demo.notifiers import notifier_of
from casework.demo.office_hours import is_open, last_closing
from casework.demo.story import Story
from casework.demo.tracks import ENQUIRIES, SHORT, WEIGHTS, WEIGHTS_LATER, steering

if TYPE_CHECKING:
    from collections.abc import Iterator

#: So many stand before anybody has to wait, with Emil's; the others come while people look around.
FIRST = 119

#: Up to which share, from how many days ago, to how many.
Ages: TypeAlias = tuple[tuple[float, float, float], ...]
#: How long ago the notifications came: up to this share of the cases, between so many days ago and so many.
_AGES = ((0.08, 0.03, 0.95), (0.12, 1.0, 4.0), (0.21, 4.0, 16.0), (0.42, 16.0, 70.0), (1.0, 70.0, 240.0))
#: Those that lead to an assessment are mostly still on their way: what is over is over after four months.
_AGES_OF_LONG_WAYS = ((0.08, 0.03, 0.95), (0.12, 1.0, 4.0), (0.20, 4.0, 16.0), (0.86, 16.0, 85.0), (1.0, 85.0, 200.0))
_GOLDEN = 0.6180339887498949
#: Most of the cast works in the north.
_NORTH = 0.7
_EARLIEST, _LATEST = time(7, 5), time(21, 30)
#: Working hours that some things are late, by form, and how often that is.
_LATENESS = {
    "F02": (0.04, 14.0),
    "F03": (0.10, 45.0),
    "F04": (0.07, 60.0),
    "F05": (0.12, 60.0),
    "F07": (0.12, 60.0),
    "F08": (0.30, 330.0),
    "F31b": (0.15, 50.0),
}
#: Who asks for help without being worried on behalf of somebody else; young people also by themselves.
_ENQUIRERS, _ALONE_FROM = ("foraelder", "foraelder", "barnet_selv"), 12
#: Forms that are left lying, by the age in days of the notification at which their date is near or has passed; how many.
_LYING = {"F02": (0.15, 0.85), "F03": (8.5, 15.0), "F04": (15.0, 26.0), "F31b": (22.0, 40.0), "F11g": (60.0, 110.0)}
_LYING_EACH = 3
_FOR_LONG = 400.0
#: Of children with a sibling, how often that one has a case of its own, and how readily a story takes it up.
_WITH_SIBLING = 0.6
_MANNERS = (["accept"], ["accept"], ["late"], ["ask", "accept"], ["ask", "accept"], ["decline", "accept"], ["silence"])


@dataclass
class _Told:
    """Of whom has been told: names, and children with a sibling of whom may yet be told."""

    names: set[str] = field(default_factory=set)
    siblings: list[Child] = field(default_factory=list)


def tell(count: int, seed: int, now: datetime) -> Iterator[Story]:
    """So many stories, the same for the same arguments. The `FIRST` ones by number are told for themselves: in them alone there
    is something of everything, in the others once more.
    """
    told = _Told()
    tracks = (*islice(_tracks(WEIGHTS), FIRST), *islice(_tracks(WEIGHTS_LATER), max(0, count - FIRST)))[:count]
    drawn = [_draw(number, track, tracks[:number].count(track), seed, now) for number, track in enumerate(tracks)]
    for some in (drawn[:FIRST], drawn[FIRST:]):
        outages = _outages(now)
        lying = [form for form in _LYING for _ in range(_LYING_EACH)]
        for number, rng, track, received in sorted(some, key=lambda one: one[3]):
            story = _story(number, rng, track, received, told)
            _befall(story, outages)
            _leave_lying(story, now, lying)
            yield story


def _draw(number: int, track: str, turn: int, seed: int, now: datetime) -> tuple[int, Random, str, datetime]:
    """`turn` counts the stories of a track: their ages are spread evenly."""
    share = (turn * _GOLDEN + Random(f"{seed}:{track}").random()) % 1
    rng = Random(f"{seed}:{number}")
    ages = long_ways.AGES.get(track) or (_AGES if track in SHORT else _AGES_OF_LONG_WAYS)
    return number, rng, track, _received(rng, share, ages, now)


def _befall(story: Story, outages: list[datetime]) -> None:
    """Letters did not go out for a while: the receipts of some stories were to go then."""
    is_written_to = story.track not in ENQUIRIES and story.notifier.name and story.district == "nord"
    if outages and is_written_to and timedelta(hours=12) < outages[0] - story.received < timedelta(days=6):
        story.outage = outages.pop(0)
        story.moments["F03"] = story.outage + timedelta(minutes=1)


def _leave_lying(story: Story, now: datetime, lying: list[str]) -> None:
    """Some forms are late today, so that there is something to lead: those of cases that have come just far enough."""
    days = (now - story.received) / timedelta(days=1)
    for form, (youngest, oldest) in _LYING.items():
        is_there = story.district == "nord" and story.track not in ENQUIRIES and story.outage is None
        if form in lying and is_there and youngest < days < oldest:
            lying.remove(form)
            story.delays[form] = _FOR_LONG
            return


def _outages(now: datetime) -> list[datetime]:
    """This morning, or before people went home last time."""
    since = now - timedelta(minutes=38) if is_open(now) else last_closing(now) - timedelta(minutes=24)
    return [since, since + timedelta(minutes=3)]


def _tracks(weights: dict[str, int]) -> Iterator[str]:
    """Every way as often as its weight says, evenly spread over the stories."""
    total = sum(weights.values())
    given = dict.fromkeys(weights, 0)
    for turn in count_from(1):
        owed = {track: weight * turn / total - given[track] for track, weight in weights.items()}
        track = max(owed, key=lambda name: owed[name])
        given[track] += 1
        yield track


def _received(rng: Random, share: float, ages: Ages, now: datetime) -> datetime:
    begin = 0.0
    for end, youngest, oldest in ages:
        if share < end:
            days = youngest + (oldest - youngest) * (share - begin) / (end - begin)
            return _plausible(rng, now - timedelta(days=days), now)
        begin = end
    raise ValueError(share)


def _plausible(rng: Random, wanted: datetime, now: datetime) -> datetime:
    """Nobody writes at four in the morning, and few on Sundays; what is from today or yesterday stays where it is."""
    local = wanted.astimezone(TIME_ZONE)
    if not _EARLIEST <= local.time() <= _LATEST:
        local = datetime.combine(local.date(), time(8 + rng.randrange(6), rng.randrange(60)), TIME_ZONE)
    moment = local.astimezone(UTC).replace(second=0, microsecond=0)
    if now - moment > timedelta(days=4) and not is_open(moment) and likely(rng, 0.75):
        moment = last_closing(moment) - timedelta(minutes=rng.randrange(30, 420))
    return min(moment, now - timedelta(minutes=25))


def _story(number: int, rng: Random, track: str, received: datetime, told: _Told) -> Story:
    concern = _concern(rng, track)
    sibling = _sibling(rng, track, concern, received, told.siblings)
    child = sibling or invent(rng, _age(rng, track, concern), day_of(received), told.names)
    if sibling is None and child.siblings and child.siblings[0][0] not in told.names and likely(rng, _WITH_SIBLING):
        told.names.add(child.siblings[0][0])
        told.siblings.append(sibling_of(rng, child))
    age = age_on(child.birth_date, day_of(received))
    district = "nord" if likely(rng, _NORTH) else "syd"
    kind = rng.choice(_ENQUIRERS[: 2 if age < _ALONE_FROM else 3] if track in ENQUIRIES else concern.notifiers)
    story = Story(
        number=number,
        rng=rng,
        district=district,
        received=received,
        child=child,
        concern=concern,
        notifier=notifier_of(rng, kind, child, district),
        track=track,
        steering=steering(rng, track, concern, age),
        pace=min(2.2, rng.lognormvariate(0.0, 0.3)),
        asides=asides.draw(rng, track),
        handoff_answers=[] if track in long_ways.AGES else list(rng.choice(_MANNERS)),
    )
    story.delays = {form: hours for form, (share, hours) in _LATENESS.items() if likely(rng, share)}
    return story


def _sibling(rng: Random, track: str, concern: Concern, received: datetime, siblings: list[Child]) -> Child | None:
    """The brother or sister of a child who has a case already, where the story fits."""
    youngest, oldest = concern.ages
    fits = (c for c in siblings if youngest <= age_on(c.birth_date, day_of(received)) <= oldest)
    found = next(fits, None) if track not in long_ways.YOUNG and likely(rng, _WITH_SIBLING) else None
    if found:
        siblings.remove(found)
    return found


def _age(rng: Random, track: str, concern: Concern) -> int:
    youngest, oldest = concern.ages
    young = [age for age in long_ways.YOUNG.get(track, ()) if age <= oldest]
    return rng.choice(young) if young else rng.randint(youngest, oldest)


def _concern(rng: Random, track: str) -> Concern:
    like = long_ways.LIKE if track in long_ways.AGES else track
    fitting = [concern for concern in concerns().values() if like in concern.tracks]
    if track in long_ways.YOUNG:
        fitting = [concern for concern in fitting if concern.ages[1] >= min(long_ways.YOUNG[track])]
    return rng.choice(fitting)
