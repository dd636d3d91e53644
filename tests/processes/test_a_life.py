"""An invented child's life from two to twenty-three, in one scenario: every deadline of the law on its day, and a small state."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest

from casework.calendar import day_of
from casework.scenarios import play, read_file
from casework.scenarios.flows import Flows

LIFE = Path(__file__).parent / "a_life.yaml"
MOST_BYTES, MOST_SECONDS, HALF_A_YEAR = 20_000, 60, 184

#: Domain reference, E.6: key, and the days on which such deadlines fall, with what they are counted from.
DEADLINES = {
    "vurdering24": ["2026-11-25"],  # 24 hours from the notification on 24 November 2026 at 10
    "kvittering": ["2026-12-02"],  # six working days
    "bfu": ["2027-03-24"],  # four months from awareness
    "opfoelgning_foerste": [
        "2027-03-09",  # three months from the first placement, 9 December 2026
        "2033-06-01",  # from the new placement after the breakdown, 1 March 2033
        "2035-09-25",  # from the support at home, 25 June 2035
        "2041-09-01",  # from the placement that the young person asked for, 1 June 2041
        "2045-03-01",  # as decided together with the support after the regret
    ],
    "genbehandling": [
        "2028-12-09",  # two years from the committee's decision of 9 December 2026
        "2030-09-09",  # from its decision of 9 September 2028
        "2032-06-09",  # from its decision of 9 June 2030
        "2035-03-01",  # from its new decision after the breakdown
    ],
    "samvaer_suspension_max": ["2030-03-29"],  # eight weeks from 1 February 2030
    "formand_skriftlig": ["2033-03-02"],  # 24 hours from the execution on 1 March 2033
    "formand_godkendelse": ["2033-03-07"],  # the seventh day, the first counted
    "formand_gyldighed": ["2033-04-01"],  # one month
    "barnets_plan": ["2035-09-25"],  # three months from the decision on support at home; before it where § 47 was used
    "hjemgivelse_max": ["2035-12-25"],  # six months from the beginning of the return home, 25 June 2035
    "overgang_handicap_start": ["2040-12-10"],  # 30 days after 16
    "ungeplan": ["2041-02-10"],  # three months after 16
    "ungestoette": ["2042-05-10"],  # six months before 18
    "voksen_klar": ["2042-11-10"],  # 18
}


@pytest.fixture(scope="module")
def life(sandbox):
    (scenario,) = read_file(LIFE)
    began = process_time()
    lived = play(sandbox, scenario, Flows.of(sandbox.diagrams))
    lived.seconds = process_time() - began  # what others do on this machine counts for nothing
    return lived


def dates(life, due_class):
    found = defaultdict(set)
    for one in life.deadlines:
        if one.due_class == due_class and one.state != "withdrawn":
            found[one.key].add(day_of(one.due_at))
    return found


@pytest.mark.timeout(400)
def test_nothing_is_lost_over_twenty_one_years(life):
    assert [(problem.line, problem.message.text("en")) for problem in life.problems] == []


@pytest.mark.timeout(400)
@pytest.mark.parametrize("key", DEADLINES)
def test_a_deadline_of_the_law_falls_on_its_day(life, key):
    assert dates(life, "LOV")[key] == {date.fromisoformat(day) for day in DEADLINES[key]}


@pytest.mark.timeout(400)
def test_no_half_year_of_a_placement_is_without_supervision(life):
    visits = sorted(dates(life, "LOV")["tilsyn"])

    until_breakdown = [day for day in visits if day < date(2033, 3, 1)]
    after_it = [day for day in visits if date(2033, 3, 1) < day < date(2035, 7, 1)]
    assert until_breakdown[0] == date(2027, 6, 9)  # six months from 9 December 2026
    assert after_it[0] == date(2033, 9, 1)  # six months from the new placement
    for days in (until_breakdown, after_it):
        assert all((after - before).days <= HALF_A_YEAR for before, after in pairwise(days))


@pytest.mark.timeout(400)
def test_every_deadline_of_the_law_is_accounted_for(life):
    assert set(dates(life, "LOV")) == {*DEADLINES, "tilsyn", "tilsyn_aar", "hjemgivelse_plan"}


@pytest.mark.timeout(400)
def test_the_state_stays_small_and_the_walk_short(life):
    assert life.largest_state < MOST_BYTES
    assert life.seconds < MOST_SECONDS
