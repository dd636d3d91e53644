"""A placement from the recommendation to its end, told by the names of the steps."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from casework import feel
from tests.processes.test_step_down import MONTH, evaluated, stages
from tests.processes.walker import Walk

MAIN = "placement_with_step_down"
YES, NO = {"navn": "Camilla Brandt", "samtykke": True}, {"navn": "Jonas Lauritsen", "samtykke": False, "siger": "Nej."}
CONSENT = {"grundlag": "46", "samtykker": [YES], "partshoert": True}
NO_CONSENT = {"grundlag": "47", "samtykker": [NO], "alvorligSkade": True, "kanVente": True}
CHEAP = {"afgoerelse": "godkend"}
DAY = "2026-11-23"


def messages(walk):
    return [sent.name for sent in walk.sent]


def packaged(walk):
    """The departments have put a package together; the place is chosen with the decision."""
    walk.do("inviter", deltagendeAfdelinger=["ppr", "skole"]).tell("syvDage").do("droeft", leverandoerSpor="senere")
    walk.do("planlaeg")
    return walk.do("godkendLeder" if "godkendLeder" in walk.open() else "godkendChef", **CHEAP).do("godkend")


def prepared(start="start_indstillet", age=3, **variables):
    """A child below school age needs no KABU; package, network, support persons and the talk are done."""
    walk = Walk(MAIN, start=start, variables={"spor": "anbringelse_46"} | variables, facts={"barnAlder": age})
    packaged(walk).do("netvaerksplacering").do("stoetteperson")
    return walk.do("forbered").do("samtale", samtaleHoldt=True).do("referat")


def decided():
    """With consent: F16 says why, the decision is written and approved; the custody holder gets the letter."""
    walk = prepared().do("indstil", **CONSENT).do("skriv", udfald="anbringelse_46")
    return walk.do("godkend", godkendt=True).do("send")


def received(walk):
    """The place has been told what it must know, and has said yes."""
    walk.do("beskriv").do("tilbyd")
    return walk.tell("svar", state="accepted")


def placed():
    """The child has moved in on 23 November."""
    walk = decided().do("valgAfSted", andenKommune=False, planlagtStart=DAY).do("send")
    return received(walk).do("indflytning", flyttetInd=True, anbringelsesDato=DAY).do("plads")


def test_a_package_comes_first_and_then_everything_at_once():
    walk = Walk(MAIN, start="start_indstillet", variables={"spor": "anbringelse_46"})

    assert walk.open() == ["inviter"]
    assert {"netvaerksplacering", "stoetteperson", "forbered"} < set(packaged(walk).open())


def test_with_consent_the_municipality_decides_and_the_place_confirms_the_day():
    walk = placed()

    assert walk.facts["anbringelsesGrundlag"] == "46"
    assert walk.facts["anbringelsesDato"] == date(2026, 11, 23)
    assert walk.facts["afgoerelsesDato"] == walk.now.date()
    assert walk.facts["erAnbragt"] is True
    assert "foerUdvalget" not in walk.passed


def test_from_the_first_day_plan_treatment_follow_up_supervision_and_parents_run_together():
    walk = placed()

    assert {"barnetsPlan", "behandlingsplan", "foraeldreplan", "tyveHverdage", "tiHverdage", "november"} <= set(
        walk.open()
    )
    assert {"nedtrapningBesluttet", "attenMinus6", "hjemgivelseOensket"} <= set(walk.open())


def test_without_consent_both_plans_lie_ready_before_the_committee_meets():
    walk = prepared().do("indstil", **NO_CONSENT)

    assert walk.open() == ["barnetsPlan47", "foraeldreplan47"]
    walk.do("barnetsPlan47").do("foraeldreplan47")
    assert (walk.open(), walk.find("indstil").process_id) == (["indstil"], "sub_bu_udvalg")
    assert walk.find("indstil").items["udvalgSag"] == "anbringelse_47"


def test_from_sixteen_the_plan_before_the_committee_is_the_young_persons_own():
    walk = Walk("sub_afgoer_anbringelse", variables={}, facts={"barnAlder": 16}).do("indstil", **NO_CONSENT)

    assert walk.open() == ["foraeldreplan47", "planFoer47"]


def test_a_child_that_cannot_wait_gets_the_chair_and_the_committee_is_prepared_meanwhile():
    walk = prepared().do("indstil", **(NO_CONSENT | {"kanVente": False}))

    assert messages(walk)[-1] == "FormandsafgoerelseOensket"
    assert "barnetsPlan47" in walk.open()
    walk.tell("samtykkeNu")
    assert walk.open() == ["indstil"]


def test_the_chairs_decision_leads_straight_to_the_place():
    walk = prepared().do("indstil", **(NO_CONSENT | {"kanVente": False})).tell("akutAfgoer")

    assert walk.open() == ["valgAfSted"]
    assert walk.variables["foreloebig"] is True


def test_an_acute_placement_is_prepared_but_not_decided_a_second_time():
    walk = prepared(start="start_akut", udfoertTid=datetime(2026, 11, 23, 20, tzinfo=UTC))

    assert walk.open() == ["valgAfSted"]
    walk.do("valgAfSted", andenKommune=False).do("send")
    received(walk).do("indflytning", flyttetInd=True, anbringelsesDato=DAY)
    assert walk.facts["anbringelsesGrundlag"] == "47"
    assert walk.facts["afgoerelsesDato"] == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("holders", "answers", "decides"), [(1, [YES], "kommune"), (2, [YES, NO], "udvalg"), (2, [YES], "udvalg")]
)
def test_only_when_every_custody_holder_says_yes_may_the_municipality_decide(holders, answers, decides):
    around = [{"id": str(number), "rolle": "foraelder", "foraeldremyndighed": True} for number in range(holders)]
    walk = Walk("sub_afgoer_anbringelse", variables={}, facts={"barnAlder": 9, "personer": around})

    walk.do("indstil", grundlag="46", samtykker=answers, alvorligSkade=True, kanVente=True)

    assert walk.variables["kompetence"] == decides


def test_neither_consent_nor_danger_means_help_without_a_placement():
    walk = prepared().do("indstil", grundlag="47", samtykker=[NO], alvorligSkade=False)

    assert walk.ends == ["IkkeAnbragt"]
    assert (walk.sent[-1].name, walk.sent[-1].payload) == ("IndsatsBesluttet", {"spor": "uden_anbringelse"})


def test_nobody_moves_in_before_the_schooling_is_ready():
    walk = Walk("sub_indflytning", variables={"erFlytning": False}, facts={"barnAlder": 12})
    walk.do("valgAfSted", andenKommune=False).do("send", "send")

    assert "beskriv" not in walk.open()
    ready = Walk("sub_indflytning", variables={"erFlytning": False, "skoletilbudKlar": True}, facts={"barnAlder": 12})
    assert ready.do("valgAfSted", andenKommune=False).do("send", "send").open() == ["beskriv"]


def test_the_municipality_of_the_place_is_told_before_the_child_moves():
    walk = Walk("sub_indflytning", variables={"erFlytning": False}, facts={"barnAlder": 3})
    walk.do("valgAfSted", andenKommune=True).do("send")

    assert walk.open() == ["orienterKommune"]
    assert walk.do("orienterKommune").open() == ["beskriv"]


def test_a_child_that_did_not_move_in_gets_another_place():
    walk = decided().do("valgAfSted", andenKommune=False).do("send")

    assert received(walk).do("indflytning", flyttetInd=False).open() == ["valgAfSted"]
    assert "erAnbragt" not in walk.facts


def test_the_place_gets_only_what_it_needs_and_the_case_stays_with_the_caseworker():
    walk = decided().do("valgAfSted", andenKommune=False).do("send").do("beskriv", dataklasser=["plan"])

    asked = walk.find("tilbyd").inputs
    assert (asked["toLane"], asked["occasion"], asked["dataClasses"]) == (
        "anbringelsessted",
        "AnbringelseStart",
        ["plan"],
    )
    assert asked["movesResponsibility"] is False


def test_a_poor_treatment_plan_goes_back_to_the_place():
    walk = Walk("sub_behandlingsplan", variables={})

    assert walk.element(walk.find("behandlingsplan")).lane == "anbringelsessted"
    assert walk.do("behandlingsplan").do("kvalitet", godkendt=False).open() == ["behandlingsplan"]
    assert walk.do("behandlingsplan").do("kvalitet", godkendt=True).step.is_completed


def followed_up(outcome, kind="anbringelse"):
    walk = Walk("sub_opfoelgningsspor", variables={"opfoelgningArt": kind, "opfoelgningFra": date(2026, 11, 23)})
    walk.facts |= {"barnAlder": 3, "erAnbragt": True, "anbringelsesDato": date(2026, 11, 23)}
    walk.tell("tyveHverdage").tell("rapportMangler")
    walk.do("forbered").do("samtale", samtaleHoldt=True).do("referat")
    return walk.do("opfoelg", opfoelgningUdfald=outcome).do("besked")


@pytest.mark.parametrize(
    ("outcome", "kind", "stands", "sent"),
    [
        ("fortsaet", "anbringelse", "tyveHverdage", []),
        ("revider_plan", "anbringelse", "revider", []),
        ("ny_undersoegelse", "anbringelse", "tyveHverdage", ["ScreeningOensket"]),
        ("nedtrapning", "anbringelse", "tyveHverdage", ["NedtrapningBesluttet"]),
        ("ophoer", "anbringelse", "tyveHverdage", ["NedtrapningBesluttet"]),
        ("nedtrapning", "indsats", "tyveHverdage", []),
    ],
)
def test_a_follow_up_leads_on_and_never_ends_the_help_by_itself(outcome, kind, stands, sent):
    walk = followed_up(outcome, kind)

    assert (walk.open(), messages(walk)) == ([stands], sent)


def test_a_supporting_measure_ends_with_its_follow_up():
    assert followed_up("ophoer", "indsats").step.is_completed


def test_step_down_leaves_follow_up_and_supervision_running():
    walk = placed().tell("nedtrapningBesluttet")

    assert {"planRaadgiver", "planSted", "tyveHverdage", "tiHverdage"} <= set(walk.open())


def test_a_wish_for_return_begins_with_the_statement_of_the_place():
    assert {"udtalelse", "tyveHverdage", "tiHverdage"} <= set(placed().tell("hjemgivelseOensket").open())


def stepped_down(goal):
    """One stage, and then the child is where it was going."""
    walk = placed().tell("nedtrapningBesluttet").do("planSted")
    walk.do("planRaadgiver", nedtrapningMaal=goal, trin=stages(MONTH), planlagtOphoer="2027-02-28")
    return evaluated(walk.do("bekraeft", planBekraeftet=True, trin=stages(MONTH, professionel="Aksel")), "videre")


@pytest.mark.parametrize(
    ("goal", "end"), [("andet_sted", "OvergaaetTilAndetSted"), ("ungestoette", "OvergaaetTilUngestoette")]
)
def test_when_the_child_has_moved_on_nothing_of_the_placement_is_left(goal, end):
    walk = stepped_down(goal)

    assert walk.open() == ["afslut"]
    assert walk.do("afslut", ophoerDato=DAY).do("pladsFri").ends == [end]
    assert walk.step.is_completed
    assert walk.facts["erAnbragt"] is False


def test_step_down_towards_home_is_decided_as_a_return():
    assert "udtalelse" in stepped_down("hjemgivelse").open()


def test_near_eighteen_the_step_down_begins_and_does_not_begin_again_for_the_same_birthday():
    walk = placed().tell("attenMinus6")

    assert {"planRaadgiver", "planSted"} <= set(walk.open())
    expression = walk.definition.element(MAIN, "attenMinus6").expression
    born = {"foedselsdato": date(2009, 8, 31)}
    assert feel.evaluate(expression, born) == date(2027, 2, 28)
    assert feel.evaluate(expression, {**born, "attenMeldt": True}) == date(2027, 8, 31)


def test_a_breakdown_begins_again_with_the_package_and_stops_what_ran():
    walk = placed().tell("afbrudt")
    assert walk.find("pladsBrudt").inputs == {"action": "leave", "reason": "sammenbrud", "package_id": "h1"}

    assert walk.do("pladsBrudt").open() == ["inviter"]


def test_a_decision_that_was_not_approved_ends_the_placement():
    walk = placed().tell("ophoertAnbringelse")

    assert walk.open() == ["afslut"]
    walk.do("afslut", ophoerDato=DAY).do("pladsFri")
    assert walk.ends == ["HjemgivetAfsluttet"]
    assert walk.facts["erAnbragt"] is False


def test_a_second_preliminary_decision_does_not_start_a_second_placement():
    walk = placed().tell("nyForeloebig")

    assert "behandlingsplan" in walk.open()
    assert walk.variables["foreloebig"] is True


def test_all_tracks_end_when_the_case_knows_that_the_child_is_not_placed():
    walk = Walk("sub_under_anbringelsen", variables={}, facts={"barnAlder": 12, "erAnbragt": True})

    assert walk.tell("ophoert").step.is_completed
