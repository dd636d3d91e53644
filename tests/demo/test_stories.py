"""Stories before they happen: every way is told, nobody in them is real, and the seed decides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.demo import emil, long_ways
from casework.demo.stories import FIRST, tell
from casework.demo.tracks import WEIGHTS, WEIGHTS_LATER
from tests.demo.conftest import THURSDAY

SUNDAY_NIGHT = THURSDAY + timedelta(days=3, hours=15)
WEIGHT = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def test_all_ways_occur_as_often_as_they_should():
    first, later = (
        [s.track for s in tell(600, 1, THURSDAY) if (s.number < FIRST) is is_first] for is_first in (True, False)
    )

    assert {track: first.count(track) for track in WEIGHTS} == WEIGHTS
    assert len(first) == FIRST == sum(WEIGHTS.values())
    for track, weight in WEIGHTS_LATER.items():
        assert abs(later.count(track) - weight * len(later) / sum(WEIGHTS_LATER.values())) < 1


@pytest.mark.parametrize("now", [THURSDAY, SUNDAY_NIGHT])
def test_notifications_came_in_the_last_eight_months_and_some_today(now):
    stories = list(tell(120, 1, now))
    ages = [now - story.received for story in stories if story.track not in long_ways.AGES]

    assert min(now - story.received for story in stories) > timedelta()
    assert max(ages) < timedelta(days=250)
    assert sum(age < timedelta(days=1) for age in ages) >= 8


def test_long_ways_begin_early_enough_to_stand_in_every_part_today():
    begun = {track: [] for track in long_ways.AGES}
    for story in tell(600, 1, THURSDAY):
        if story.track in begun:
            begun[story.track].append((THURSDAY - story.received) / timedelta(days=1))

    for track, days in begun.items():
        youngest, oldest = long_ways.AGES[track][0][1], long_ways.AGES[track][-1][2]
        assert youngest <= min(days) < youngest + 0.3 * (oldest - youngest)
        assert oldest - 0.3 * (oldest - youngest) < max(days) <= oldest


def test_no_cpr_number_can_be_anybodys():
    children = [emil.story(THURSDAY).child, *(story.child for seed in range(4) for story in tell(120, seed, THURSDAY))]

    for child in children:
        assert child.birth_date.strftime("%d%m") != "0101"
        if child.cpr:
            assert sum(int(digit) * weight for digit, weight in zip(child.cpr, WEIGHT, strict=True)) % 11 != 0
            assert child.cpr[:6] == child.birth_date.strftime("%d%m%y")


def test_children_have_the_age_that_their_concern_is_about_and_names_of_their_own():
    stories = list(tell(120, 1, THURSDAY))

    assert all(story.concern.ages[0] <= story.age <= story.concern.ages[1] for story in stories)
    assert len({story.child.name for story in stories}) == 120


def test_siblings_have_cases_of_their_own():
    children = {(story.child.name, story.child.birth_date): story.child for story in tell(600, 1, THURSDAY)}

    pairs = [child for child in children.values() for other in child.siblings if other in children]
    assert len(pairs) > 40
    for child in pairs:
        other = children[child.siblings[0]]
        assert child.parents == other.parents
        assert (child.name, child.birth_date) in other.siblings


def test_another_seed_tells_other_stories():
    one, other = ([(s.child.name, s.received) for s in tell(20, seed, THURSDAY)] for seed in (1, 2))

    assert one != other
