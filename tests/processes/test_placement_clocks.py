"""When something is due in a placement, who can decide on it, and what moves when a fact is corrected."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from casework import calendar, decisions, feel
from casework.operations.turns.deadlines import counted
from tests.processes.project import decision, definition
from tests.processes.walker import Walk


def rule(process_id, key):
    found = [r for e in definition(process_id).elements.values() for r in e.deadlines if r.key == key]
    return found[0]


def last_day(process_id, key, **known):
    at = datetime(2026, 11, 24, 9, tzinfo=UTC)
    return calendar.day_of(counted(rule(process_id, key), {"now": at, **known}, at)["due_at"])


def test_two_visits_are_secured_before_new_year():
    walk = Walk("sub_tilsynsforloeb", variables={}, facts={"anbringelsesDato": date(2026, 3, 1), "erAnbragt": True})

    walk.now = datetime(2026, 10, 31, 23, tzinfo=UTC)
    walk.tell("november")
    assert walk.element(walk.find("sikrTilsyn")).lane == "teamleder"
    assert walk.variables["tilsynAar"] == 2026


@pytest.mark.parametrize(
    ("visits", "since", "missing"),
    [
        ([], date(2026, 3, 1), True),
        ([date(2026, 4, 1)], date(2026, 3, 1), True),
        ([date(2026, 4, 1), date(2026, 9, 1)], date(2026, 3, 1), False),
        ([date(2025, 12, 1), date(2026, 9, 1)], date(2025, 3, 1), True),
        ([], date(2026, 8, 1), False),
    ],
)
def test_one_of_two_visits_in_a_calendar_year_is_too_few(visits, since, missing):
    known = {"tilsynDatoer": visits or None, "sidsteTilsyn": visits[-1] if visits else None}
    walk = Walk("sub_tilsynsforloeb", variables=known, facts={"anbringelsesDato": since, "erAnbragt": True})
    walk.now = datetime(2026, 10, 31, 23, tzinfo=UTC)

    assert ("sikrTilsyn" in walk.tell("november").open()) is missing


def test_a_last_visit_that_was_of_another_year_after_all_is_missing():
    known = {"tilsynDatoer": [date(2026, 4, 1), date(2026, 9, 1)], "sidsteTilsyn": date(2025, 12, 28)}
    walk = Walk("sub_tilsynsforloeb", variables=known, facts={"anbringelsesDato": date(2025, 3, 1), "erAnbragt": True})
    walk.now = datetime(2026, 10, 31, 23, tzinfo=UTC)

    assert "sikrTilsyn" in walk.tell("november").open()


@pytest.mark.parametrize(
    ("now", "next_one"),
    [
        (datetime(2026, 5, 1, 9, tzinfo=UTC), date(2026, 11, 1)),
        (datetime(2026, 10, 31, 23, tzinfo=UTC), date(2027, 11, 1)),  # midnight in Denmark, when it comes
        (datetime(2026, 12, 24, 9, tzinfo=UTC), date(2027, 11, 1)),
    ],
)
def test_the_first_of_november_comes_once_a_year(now, next_one):
    element = definition("sub_tilsynsforloeb").element("sub_tilsynsforloeb", "november")

    assert feel.evaluate(element.expression, {"now": now}) == next_one


@pytest.mark.parametrize(
    ("known", "who"),
    [
        ({"anbringelsesGrundlag": "46", "samtykkeForaeldre": True, "barnAlder": 14}, "kommune"),
        ({"anbringelsesGrundlag": "46", "samtykkeForaeldre": True, "barnAlder": 15}, "ingen"),
        ({"anbringelsesGrundlag": "46", "samtykkeForaeldre": True, "barnAlder": 15, "samtykkeUng15": True}, "kommune"),
        ({"anbringelsesGrundlag": "48", "samtykkeForaeldre": True, "barnAlder": 12}, "kommune"),
        ({"anbringelsesGrundlag": "46", "samtykkeForaeldre": False, "alvorligSkade": True, "kanVente": True}, "udvalg"),
        ({"anbringelsesGrundlag": "47", "samtykkeForaeldre": True, "alvorligSkade": True, "kanVente": True}, "udvalg"),
        ({"anbringelsesGrundlag": "47", "alvorligSkade": True, "kanVente": False}, "formand"),
        ({"anbringelsesGrundlag": "47", "alvorligSkade": False, "kanVente": False}, "ingen"),
        ({}, "ingen"),
    ],
)
def test_who_can_decide(known, who):
    name = "dmn_afgoerelseskompetence"

    assert decisions.decide(decision(name), name, known).value == who


@pytest.mark.parametrize(
    ("process_id", "key", "known", "due"),
    [
        ("sub_under_anbringelsen", "barnets_plan", {"afgoerelsesDato": date(2026, 11, 30)}, date(2027, 2, 28)),
        ("sub_under_anbringelsen", "barnets_plan", {"afgoerelsesDato": date(2026, 12, 15)}, date(2027, 3, 15)),
        ("sub_under_anbringelsen", "ungeplan", {"afgoerelsesDato": date(2026, 11, 30)}, date(2027, 2, 28)),
        ("stoettende_indsats", "barnets_plan", {"besluttetDato": date(2026, 12, 1)}, date(2027, 3, 1)),
        ("sub_behandlingsplan", "behandlingsplan", {"anbringelsesDato": date(2026, 11, 23)}, date(2027, 1, 4)),
        ("sub_behandlingsplan", "behandlingsplan", {"indflytningsDato": date(2026, 12, 1)}, date(2027, 1, 12)),
        ("sub_tilsyn", "tilsyn", {"anbringelsesDato": date(2026, 11, 23)}, date(2027, 5, 23)),
        ("sub_foraeldrespor", "foraeldreplan", {"anbringelsesDato": date(2026, 11, 23)}, date(2027, 2, 23)),
        ("sub_tilsynsforloeb", "tilsyn_aar", {"tilsynAar": 2026}, date(2026, 12, 31)),
        ("sub_indflytning", "indflytning", {"planlagtStart": date(2026, 11, 27)}, date(2026, 11, 30)),
        ("sub_forbered_anbringelse", "netvaerksplacering", {}, date(2026, 12, 8)),
        ("sammenbrud", "sammenbrud", {}, date(2026, 11, 24)),
        ("samtykke_trukket", "samtykke_trukket", {}, date(2026, 11, 25)),
    ],
)
def test_a_clock_counts_from_its_fact_and_moves_with_it(process_id, key, known, due):
    assert last_day(process_id, key, **known) == due


@pytest.mark.parametrize(
    ("process_id", "key"),
    [
        ("sub_under_anbringelsen", "barnets_plan"),
        ("sub_under_anbringelsen", "ungeplan"),
        ("stoettende_indsats", "barnets_plan"),
        ("sub_tilsynsforloeb", "tilsyn_aar"),
    ],
)
def test_the_clocks_of_the_law_are_the_laws(process_id, key):
    assert rule(process_id, key).deadline_class == "LOV"
