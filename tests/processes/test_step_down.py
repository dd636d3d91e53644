"""Step-down and return home: planned by both, in stages that can go forward, wait and go back, and followed home."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from casework import forms
from casework.operations.turns.deadlines import counted
from tests.processes.project import form
from tests.processes.walker import OPEN, Walk

#: Two stages: weekends, then a month at home with visits.
WEEKENDS = {"start": "2027-01-04", "slut": "2027-01-31"}
MONTH = {"start": "2027-02-01", "slut": "2027-02-28"}
WORDS = dict.fromkeys(("indhold", "hyppighed", "modtager", "kriterium"), "Noget at skrive")
PERIOD = {"hjemgivelsesperiodeStart": "2027-03-01", "hjemgivelsesperiodeSlut": "2027-04-30", "kontaktInterval": "P7D"}


def stages(*dates, **more):
    return [{**WORDS, **stage, **more} for stage in dates]


def planned(goal="hjemgivelse", facts=None):
    """Caseworker and placement have made a plan of two stages."""
    walk = Walk("sub_nedtrapning", variables={}, facts=facts)
    walk.do("planRaadgiver", nedtrapningMaal=goal, trin=stages(WEEKENDS, MONTH), planlagtOphoer="2027-02-28")
    walk.do("planSted")
    return walk.do("bekraeft", planBekraeftet=True, trin=stages(WEEKENDS, MONTH, professionel="Aksel"))


def evaluated(walk, outcome, new_end=None):
    """One stage comes to its end: the placement, the child and the caseworker say how it went."""
    walk.tell("femHverdage").do("evalSted").do("evalBarn", spurgt=True)
    more = {"trinNySlut": new_end} if new_end else {}
    return walk.do("vurder", trinUdfald=outcome, **more)


def dates(walk):
    return [(stage["nr"], stage["start"], stage["slut"]) for stage in walk.variables["trin"]]


def test_the_plan_is_ready_when_both_have_done_their_part_and_the_placement_vouches_for_it():
    walk = Walk("sub_nedtrapning", variables={})

    assert walk.open() == ["planRaadgiver", "planSted"]
    assert walk.do("planRaadgiver", trin=stages(WEEKENDS)).open() == ["planSted"]
    assert walk.do("planSted").open() == ["bekraeft"]
    lanes = {name: walk.definition.element("sub_nedtrapningsplan", name).lane for name in ("planSted", "bekraeft")}
    assert lanes == {"planSted": "anbringelsessted", "bekraeft": "anbringelsessted"}


def test_a_plan_that_the_placement_cannot_vouch_for_goes_back():
    walk = Walk("sub_nedtrapning", variables={}).do("planSted").do("planRaadgiver", trin=stages(WEEKENDS))

    assert walk.do("bekraeft", planBekraeftet=False).open() == ["retPlan"]
    assert walk.do("retPlan", trin=stages(MONTH)).open() == ["bekraeft"]


@pytest.mark.parametrize("missing", ["professionel", "kriterium", "indhold"])
def test_every_stage_names_its_professional_its_content_and_its_criterion(missing):
    stage = {**WORDS, **WEEKENDS, "professionel": "Aksel"} | {missing: None}
    settled = forms.settle(form("F23b"), {"planBekraeftet": True, "trin": [stage]}, forms.Context(now=OPEN))

    assert list(settled.errors) == [f"trin.0.{missing}"]


def test_a_plan_without_stages_or_with_a_stage_that_ends_before_it_begins_is_refused():
    backward = {**WORDS, "start": "2027-02-01", "slut": "2027-01-01", "professionel": "Aksel"}
    for rows, wrong in (([], "trin"), ([backward], "trin.0.slut")):
        settled = forms.settle(form("F23b"), {"planBekraeftet": True, "trin": rows}, forms.Context(now=OPEN))
        assert list(settled.errors) == [wrong]


def test_the_placement_confirms_the_stages_that_the_caseworker_wrote():
    answers = {"F23": {"trin": stages(WEEKENDS)}}
    known = forms.prefill(form("F23b"), {}, {"besvarelser": answers})

    assert known["trin"].value == stages(WEEKENDS)


def test_the_flow_knows_dates_of_stages_and_no_words():
    walk = planned()

    assert walk.variables["trin"] == [
        {"nr": 1, "start": date(2027, 1, 4), "slut": date(2027, 1, 31)},
        {"nr": 2, "start": date(2027, 2, 1), "slut": date(2027, 2, 28)},
    ]


def test_stages_that_were_written_in_another_order_are_lived_by_date():
    walk = Walk("sub_nedtrapning", variables={}).do("planSted").do("planRaadgiver", trin=stages(MONTH, WEEKENDS))
    walk.do("bekraeft", planBekraeftet=True, trin=stages(MONTH, WEEKENDS, professionel="Aksel"))

    assert [slut for _, _, slut in dates(walk)] == [date(2027, 1, 31), date(2027, 2, 28)]


@pytest.mark.parametrize("goal", ["hjemgivelse", "andet_sted", "ungestoette"])
def test_from_stage_to_stage_to_where_the_child_is_going(goal):
    walk = planned(goal)

    assert walk.find("femHverdage").wait.start == date(2027, 1, 31)
    assert evaluated(walk, "videre").find("femHverdage").wait.start == date(2027, 2, 28)
    assert evaluated(walk, "videre").step.is_completed
    assert walk.variables["nedtrapningUdfald"] == goal
    assert [(sent.name, sent.payload["trinNummer"]) for sent in walk.sent] == [
        ("NedtrapningstrinEvalueret", 1),
        ("NedtrapningstrinEvalueret", 2),
    ]


def test_the_child_the_placement_and_the_caseworker_evaluate_each_stage():
    walk = planned().tell("femHverdage")

    assert walk.open() == ["evalBarn", "evalSted"]
    assert walk.do("evalSted").open() == ["evalBarn"]
    assert walk.do("evalBarn", spurgt=True).open() == ["vurder"]


def test_an_extended_stage_is_lived_on_and_what_follows_moves_along():
    walk = evaluated(planned(), "forlaeng", "2027-02-10")

    assert walk.variables["trinNr"] == 1
    assert dates(walk) == [
        (1, date(2027, 1, 4), date(2027, 2, 10)),
        (2, date(2027, 2, 11), date(2027, 3, 10)),
    ]
    assert walk.facts["planlagtOphoer"] == date(2027, 3, 10)


def test_stepping_back_really_goes_to_the_stage_before():
    walk = evaluated(planned(), "videre")
    walk.now = datetime(2027, 2, 24, 9, tzinfo=UTC)
    evaluated(walk, "tilbage", "2027-03-31")

    stands = walk.find("femHverdage")
    assert (stands.items["trinNummer"], stands.wait.start) == (1, date(2027, 3, 31))
    assert dates(walk) == [
        (1, date(2027, 2, 24), date(2027, 3, 31)),
        (2, date(2027, 4, 1), date(2027, 4, 28)),
    ]
    assert walk.facts["planlagtOphoer"] == date(2027, 4, 28)
    evaluated(walk, "videre")
    assert walk.find("femHverdage").items["trinNummer"] == 2
    assert evaluated(walk, "videre").variables["nedtrapningUdfald"] == "hjemgivelse"


def test_back_from_the_first_stage_begins_it_anew():
    walk = evaluated(planned(), "tilbage", "2027-03-01")

    assert walk.variables["trinNr"] == 1
    assert dates(walk)[0] == (1, OPEN.date(), date(2027, 3, 1))


def test_a_step_down_that_stops_leaves_the_child_where_it_is():
    walk = evaluated(planned(), "stop")

    assert walk.ends == ["slut_forbliver"]
    assert walk.variables["nedtrapningUdfald"] == "forbliver"


def test_signs_of_relapse_are_judged_within_three_days_not_at_the_end_of_the_stage():
    walk = planned().tell("tilbagefald")

    assert walk.open() == ["evalBarn", "evalSted"]
    assert walk.variables["trinEvalueresSenest"] == date(2026, 11, 27)


def test_the_placement_goes_with_the_child_all_along_and_can_ask_for_an_evaluation_before_its_time():
    walk = planned()

    assert walk.open() == ["foelg"]
    assert walk.element(walk.find("foelg")).lane == "anbringelsessted"
    assert walk.do("foelg", melding="tilbagefald").open() == ["evalBarn", "evalSted"]
    assert walk.variables["trinEvalueresSenest"] == date(2026, 11, 27)


def test_fifty_rounds_back_and_forth_leave_the_state_small():
    walk = planned()
    sizes = set()
    for _ in range(25):
        evaluated(walk, "videre")
        evaluated(walk, "tilbage", "2027-12-31")
        sizes.add(len(walk.step.state))

    assert max(sizes) - min(sizes) < 200


@pytest.mark.parametrize(
    ("end", "due"),
    [(date(2027, 2, 28), date(2027, 1, 3)), (date(2027, 6, 30), date(2027, 5, 5)), (None, date(2026, 12, 22))],
)
def test_the_plan_is_due_eight_weeks_before_the_planned_end(end, due):
    element = Walk("sub_nedtrapning", variables={}).definition.element("sub_nedtrapning", "planlaeg")
    (rule,) = element.deadlines

    assert counted(rule, {"planlagtOphoer": end}, OPEN)["due_at"].astimezone().date() == due


def going_home(grundlag="46"):
    """Statement, talk with the child, revised plan and hearing: what must be there before anybody decides."""
    walk = Walk("sub_hjemgivelse", variables={}, facts={"anbringelsesGrundlag": grundlag, "personer": None})
    walk.do("udtalelse").do(
        "forbered",
    ).do("samtale", samtaleHoldt=True).do("referat").do("reviderPlan")
    return walk.do("forbered").do("vurderSvar")


def test_nobody_decides_before_the_placement_and_the_child_are_heard_and_the_plan_is_revised():
    walk = Walk("sub_hjemgivelse", variables={}, facts={"anbringelsesGrundlag": "46"})

    assert walk.open() == ["forbered", "reviderPlan", "udtalelse"]
    assert walk.element(walk.find("udtalelse")).lane == "anbringelsessted"
    walk.do("reviderPlan").do("forbered").do("samtale", samtaleHoldt=True).do("referat")
    assert walk.open() == ["udtalelse"]


def test_the_leader_approves_and_the_period_becomes_a_fact():
    walk = going_home().do("afgoer", hjemgivelseBeslutning="hjemgives", **PERIOD)

    assert walk.element(walk.find("godkend")).lane == "teamleder"
    assert walk.do("godkend", godkendt=False).open() == ["afgoer"]
    walk.do("afgoer", hjemgivelseBeslutning="hjemgives", **PERIOD).do("godkend", godkendt=True)
    assert walk.ends == ["slut"]
    assert walk.variables["hjemgivelseAfgjort"] is True
    assert walk.facts["hjemgivelsesperiodeSlut"] == date(2027, 4, 30)
    assert walk.sent[-1].name == "HjemgivelseAfgjort"


@pytest.mark.parametrize(
    ("start", "end", "is_refused"),
    [
        ("2027-03-01", "2027-09-01", False),  # six months to the day
        ("2027-03-01", "2027-09-02", True),
        ("2026-08-31", "2027-02-28", False),  # a missing day is the last of the month
        ("2027-03-01", "2027-02-28", True),
        ("2027-03-01", "2027-03-01", False),  # no period, which only special reasons allow
    ],
)
def test_a_return_home_period_lasts_six_months_at_most(start, end, is_refused):
    answers = {"hjemgivelseBeslutning": "hjemgives", "hjemgivelsesperiodeStart": start, "hjemgivelsesperiodeSlut": end}
    errors = forms.settle(form("F24"), answers, forms.Context(now=OPEN)).errors

    assert ("hjemgivelsesperiodeSlut" in errors) == is_refused


def test_the_committee_is_told_at_once_when_a_child_placed_without_consent_goes_home():
    told = going_home("47").do("afgoer", hjemgivelseBeslutning="hjemgives", **PERIOD).do("godkend", godkendt=True)

    assert told.find("orienter").inputs["template"] == "orientering_udvalg"
    assert told.do("orienter").ends == ["slut"]


def test_a_refusal_is_the_committees_when_the_child_was_placed_without_consent():
    consent = going_home().do("afgoer", hjemgivelseBeslutning="hjemgives_ikke").do("godkend", godkendt=True)
    without = going_home("47").do("afgoer", hjemgivelseBeslutning="hjemgives_ikke").do("godkend", godkendt=True)

    assert consent.ends == ["slut_bliver"]
    assert consent.variables["hjemgivelseAfgjort"] is False
    assert {s.items["udvalgSag"] for s in without.stands()} == {"hjemgivelse_afslag"}


def on_the_way_home():
    known = {"hjemgivelsesperiodeStart": date(2027, 3, 1), "kontaktInterval": "P7D"}
    return Walk("sub_hjemgivelsesperiode", variables=known, facts={"hjemgivelsesperiodeSlut": date(2027, 4, 30)})


def test_the_professional_of_the_placement_keeps_in_touch_every_week():
    walk = on_the_way_home()

    assert walk.find("naesteKontakt").wait.value == "P7D"
    walk.tell("naesteKontakt")
    assert walk.element(walk.find("kontakt")).lane == "anbringelsessted"
    assert walk.do("kontakt", tegnPaaTilbagefald=False).open() == ["naesteKontakt"]


def test_signs_of_relapse_are_judged_and_may_prolong_or_stop_the_return():
    walk = on_the_way_home().tell("naesteKontakt").do("kontakt", tegnPaaTilbagefald=True)
    walk.do("tagStilling", periodeBeslutning="forlaeng", hjemgivelsesperiodeSlut="2027-06-30")

    assert walk.facts["hjemgivelsesperiodeSlut"] == date(2027, 6, 30)
    walk.tell("naesteKontakt").do("kontakt", tegnPaaTilbagefald=True).do("tagStilling", periodeBeslutning="stop")
    assert walk.ends == ["slut_stoppet"]
    assert walk.variables["hjemgivelsesperiodeUdfald"] == "stoppet"


def test_the_period_cannot_be_prolonged_beyond_six_months():
    known = {"hjemgivelsesperiodeStart": date(2027, 3, 1)}
    answers = {"periodeBeslutning": "forlaeng", "hjemgivelsesperiodeSlut": "2027-09-02", "begrundelse": "Fordi"}
    settled = forms.settle(form("F24pv"), answers, forms.Context(now=OPEN, variables=known))

    assert list(settled.errors) == ["hjemgivelsesperiodeSlut"]


def test_when_the_period_ends_the_child_is_home_and_the_evaluation_is_set_going():
    walk = on_the_way_home()
    walk.now = datetime(2027, 4, 30, 9, tzinfo=UTC)

    assert walk.find("periodenSlut").wait.value == date(2027, 4, 30)
    assert walk.tell("periodenSlut").open() == ["hjemkomst"]
    walk.do("hjemkomst", hjemgivelsesDato="2027-04-29")
    assert walk.variables["hjemgivelsesperiodeUdfald"] == "hjemme"
    assert (walk.sent[-1].name, walk.sent[-1].payload) == ("HjemgivelseAfsluttet", {"hjemgivetDato": date(2027, 4, 29)})
