"""What may happen beside a placement: breakdown, withdrawn consent, change of place, help without a placement, the parents."""

from __future__ import annotations

from datetime import date

import pytest

from tests.processes.test_placement import DAY, messages, packaged, received
from tests.processes.walker import Walk


def test_a_breakdown_is_seen_to_the_same_day_and_the_placement_hears_of_it():
    walk = Walk("sammenbrud", variables={}).do("haandter", sted="midlertidigt")

    walk.do("forbered").do("samtale", samtaleHoldt=True).do("referat")
    assert (walk.ends, messages(walk)) == (["Afbrudt"], ["AnbringelseAfbrudt"])


def test_a_breakdown_that_was_averted_breaks_nothing_off():
    walk = Walk("sammenbrud", variables={}).do("haandter", sted="bliver")

    walk.do("forbered").do("samtale", samtaleHoldt=True).do("referat")
    assert (walk.ends, messages(walk)) == (["Bliver"], [])


def test_without_a_safe_place_the_chair_is_asked_at_once():
    assert messages(Walk("sammenbrud", variables={}).do("haandter", sted="ikke_trygt")) == ["FormandsafgoerelseOensket"]


@pytest.mark.parametrize(
    ("outcome", "end", "sent"),
    [
        ("fornyet", "Fornyet", []),
        ("hjemgivelse", "Hjem", ["HjemgivelseOensket"]),
        ("formand", "FormandenAfgoer", ["FormandsafgoerelseOensket"]),
    ],
)
def test_a_withdrawn_consent_is_judged_and_answered(outcome, end, sent):
    walk = Walk("samtykke_trukket", variables={}).do("vurder", udfald=outcome)

    assert (walk.ends, messages(walk)) == ([end], sent)


def test_to_stay_without_consent_the_child_needs_a_plan_and_the_committee():
    walk = Walk("samtykke_trukket", variables={}).do("vurder", udfald="udvalg_47")

    assert walk.open() == ["barnetsPlan"]
    assert walk.do("barnetsPlan").find("indstil").process_id == "sub_bu_udvalg"


YES, NO = {"navn": "Camilla Brandt", "samtykke": True}, {"navn": "Jonas Lauritsen", "samtykke": False, "siger": "Nej."}


def move(age=12, **answers):
    walk = Walk("flytning_under_anbringelse", variables={}, facts={"barnAlder": age, "erAnbragt": True})
    walk.do("udtalelseSted").do("forbered").do("samtale", samtaleHoldt=True).do("referat")
    return walk.do("forslag", **({"samtykker": [YES], "skoleskift": False} | answers))


def test_the_present_place_speaks_before_anybody_decides_on_a_move():
    walk = Walk("flytning_under_anbringelse", variables={})

    assert walk.open() == ["udtalelseSted"]
    assert walk.element(walk.find("udtalelseSted")).lane == "anbringelsessted"


@pytest.mark.parametrize(
    ("age", "answers", "stands"),
    [
        (11, {}, "godkend"),
        (12, {"samtykkeBarn": True}, "godkend"),
        (12, {"samtykkeBarn": False}, "indstil"),
        (11, {"samtykker": [YES, NO]}, "indstil"),
    ],
)
def test_a_move_needs_the_consent_of_the_parents_and_of_a_child_of_twelve(age, answers, stands):
    assert move(age, **answers).open() == [stands]


def test_a_move_does_not_change_when_the_placement_began():
    walk = move(samtykkeBarn=True).do("godkend", godkendt=True).do("send", "send")
    walk.facts |= {"anbringelsesDato": date(2026, 3, 1)}
    received(walk.do("valgAfSted", andenKommune=False).do("send", "send"))

    walk.do("indflytning", flyttetInd=True, indflytningsDato=DAY).do("plads")
    assert walk.facts["anbringelsesDato"] == date(2026, 3, 1)
    assert walk.variables["indflytningsDato"] == date(2026, 11, 23)
    assert walk.open() == ["behandlingsplan"]


def test_help_that_was_decided_is_not_decided_again():
    walk = packaged(Walk("stoettende_indsats", start="start_besluttet", variables={"spor": "stoette_32"}))

    assert walk.open() == ["plan"]
    walk.do("plan", planNoedvendig=True, indsatsStart=DAY)
    assert set(walk.open()) - {"tilbyd"} == {"barnetsPlan", "tyveHverdage"}  # the package may have volunteers in it
    assert walk.facts["aktivIndsats"] is True


@pytest.mark.parametrize(
    ("start", "variables"),
    [("start_nu", {"spor": "D"}), ("start_besluttet", {"spor": "uden_anbringelse"})],
)
def test_help_that_was_not_decided_yet_is_decided_with_the_parties(start, variables):
    walk = packaged(Walk("stoettende_indsats", start=start, variables=variables))

    assert walk.open() == ["forbered"]


def test_a_parents_own_treatment_is_asked_for_once_and_only_with_consent():
    known = {"anbringelsesDato": date(2026, 11, 23), "erAnbragt": True}
    treatment = {"planLaves": True, "egenBehandling": "misbrug"}
    refused = Walk("sub_foraeldrespor", variables={}, facts=known).do("foraeldreplan", **treatment, samtykke=False)
    agreed = Walk("sub_foraeldrespor", variables={}, facts=known).do("foraeldreplan", **treatment, samtykke=True)

    assert refused.open() == ["vent"]
    assert agreed.open() == ["beskriv"]
    again = received(agreed).tell("vent").do("foraeldreOpfoelg", **treatment, samtykke=True)
    assert again.open() == ["vent"]
