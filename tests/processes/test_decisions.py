"""The decision tables, row by row as the domain reference (E.1, S2) has them."""

from __future__ import annotations

import pytest

from casework import decisions
from tests.processes.project import decision, tables
from tests.processes.walker import EMIL

CAMILLA = {"id": "camilla", "rolle": "foraelder", "foraeldremyndighed": True}
JESPER = {"id": "jesper", "rolle": "foraelder", "foraeldremyndighed": False}


def decided(name, **context):
    return decisions.decide(decision(name), name, context).value


@pytest.mark.parametrize("name", tables())
def test_nothing_is_wrong_with_a_table(name):
    assert decision(name.removesuffix(".dmn")).check() == []


@pytest.mark.parametrize(
    ("signs", "earlier", "track", "acute"),
    [
        (["vold"], 0, "udrykning", True),
        (["overgreb"], 0, "boernehus", True),
        (["alene"], 0, "udrykning", True),
        (["forsvarsloes"], 3, "teamleder", True),
        (["forsvarsloes"], 2, "screening", False),
        (["aeresrelateret"], 0, "risikovurdering", False),
        (["ingen"], 9, "screening", False),
        (["overgreb", "vold"], 0, "udrykning", True),
        (["overgreb", "aeresrelateret"], 0, "boernehus", True),
        (["aeresrelateret", "forsvarsloes"], 4, "teamleder", True),
    ],
)
def test_suggests_how_acute_it_is(signs, earlier, track, acute):
    suggestion = decided("dmn_akutvurdering", tegn=signs, tidligereUnderretninger12=earlier)

    assert suggestion == {"spor": track, "akut": acute}


def test_suggests_screening_where_nothing_is_known_yet():
    assert decided("dmn_akutvurdering") == {"spor": "screening", "akut": False}


@pytest.mark.parametrize("track", ["A", "B", "C", "D"])
def test_leaves_the_choice_to_the_person_where_the_law_does(track):
    answer = decided("dmn_screening_spor", kompleksitet="lav", undersoegelsesgrund="nej", spor=track)

    assert answer == {"spor": track, "foreneligt": True}


@pytest.mark.parametrize(
    "case",
    [
        {"kompleksitet": "hoej", "undersoegelsesgrund": "nej"},
        {"kompleksitet": "lav", "undersoegelsesgrund": "anbringelse"},
        {"kompleksitet": "lav", "undersoegelsesgrund": "overgreb"},
        {"kompleksitet": "lav", "undersoegelsesgrund": "vold_krisecenter"},
        {"kompleksitet": "lav", "undersoegelsesgrund": "nej", "overgrebMistanke": True},
        {"kompleksitet": "lav", "undersoegelsesgrund": "nej", "overgrebMistanke": True, "overgrebAfkraeftet": False},
    ],
)
@pytest.mark.parametrize(("track", "fits"), [("A", False), ("B", False), ("C", False), ("D", True)])
def test_asks_for_an_assessment_where_the_law_does(case, track, fits):
    assert decided("dmn_screening_spor", spor=track, **case) == {"spor": "D", "foreneligt": fits}


def test_a_dispelled_suspicion_leaves_the_choice():
    case = {"kompleksitet": "lav", "undersoegelsesgrund": "nej", "overgrebMistanke": True, "overgrebAfkraeftet": True}

    assert decided("dmn_screening_spor", spor="B", **case) == {"spor": "B", "foreneligt": True}


@pytest.mark.parametrize(
    ("age", "parties"),
    [(9, ["camilla"]), (10, ["emil", "camilla"]), (17, ["emil", "camilla"]), (18, ["emil"]), (None, ["camilla"])],
)
def test_a_child_of_ten_is_a_party(age, parties):
    found = decided("dmn_parter", barnAlder=age, personer=[EMIL, CAMILLA, JESPER])

    assert [person["id"] for person in found] == parties


def test_a_parent_without_custody_is_a_party_where_it_concerns_contact():
    found = decided("dmn_parter", barnAlder=5, personer=[EMIL, CAMILLA, JESPER], andenForaelderBeroert=True)

    assert [person["id"] for person in found] == ["camilla", "jesper"]


def test_nobody_is_a_party_of_a_case_without_persons():
    assert decided("dmn_parter", barnAlder=12) == []
