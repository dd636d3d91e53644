"""Follow-up, supervision, evaluation after the return and contact: what the law's clocks say, and that nothing holds them up."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from casework import calendar
from casework.calendar import CalendarKind
from casework.calendar.local_time import day_of
from casework.operations.turns.deadlines import counted
from tests.processes.test_scenarios import MAIN
from tests.processes.walker import Walk

PLACED = {"erAnbragt": True, "anbringelsesDato": date(2026, 11, 24), "indsatsStart": None, "bfuFaerdigDato": None}
FIRST = {"opfoelgningForfald": date(2027, 2, 24), "erFoerste": True}
LATER = {"opfoelgningForfald": date(2027, 4, 26), "erFoerste": False}
HEARD = {"samtaleHoldt": True}


def follow_up(inputs, **facts):
    return Walk("sub_opfoelgning", variables=inputs, facts=PLACED | facts)


def due_of(walk, element_id, key):
    """The day on which a deadline of an element is due, by what the case knows now."""
    element = next(e for (_, name), e in walk.definition.elements.items() if name == element_id)
    rule = next(rule for rule in element.deadlines if rule.key == key)
    context = {**walk.facts, **walk.variables, "now": walk.now}
    return day_of(counted(rule, context, walk.now)["due_at"])


def fires_on(walk, element_id):
    """The day on which a timer comes due."""
    stands = walk.find(element_id)
    rule = walk.element(stands).timer
    if stands.wait.kind == "timeDate":
        return stands.wait.value
    return day_of(calendar.due(stands.wait.value, CalendarKind(rule.calendar), stands.wait.start).instant)


def prepared(walk):
    """The status report is there and the child has been heard."""
    walk.tell("tyveHverdage").do("statusSted")
    return walk.do("forbered").do("samtale", **HEARD).do("referat")


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        ({}, date(2027, 2, 24)),
        ({"anbringelsesDato": date(2026, 11, 30)}, date(2027, 2, 28)),
        ({"bfuFaerdigDato": date(2027, 1, 15)}, date(2027, 1, 15)),
        ({"bfuFaerdigDato": date(2027, 3, 1)}, date(2027, 2, 24)),
        ({"bfuFaerdigDato": date(2026, 11, 10)}, date(2027, 2, 24)),  # not beside it: it was finished before
        ({"erAnbragt": False, "indsatsStart": date(2026, 12, 1)}, date(2027, 3, 1)),
        ({"erAnbragt": False, "indsatsStart": date(2026, 12, 1), "bfuFaerdigDato": date(2027, 1, 4)}, date(2027, 1, 4)),
        ({"erAnbragt": False}, date(2027, 2, 24)),  # an old placement counts no more: what the caller says
        ({"indsatsStart": date(2026, 12, 1)}, date(2027, 3, 1)),  # a measure beside the placement
        ({"erAnbragt": None, "anbringelsesDato": None}, date(2027, 2, 24)),  # only what the caller says
    ],
)
def test_the_first_follow_up_is_due_with_the_assessment_or_three_months_after_the_start(facts, due):
    walk = follow_up(FIRST, **facts)

    assert due_of(walk, "foerste", "opfoelgning_foerste") == due
    assert fires_on(walk, "tyveHverdage") == calendar.add_working_days(due, -20)


def test_the_clock_of_the_law_is_seen_while_nothing_is_to_be_done_yet():
    first, later = follow_up(FIRST), follow_up(LATER)

    assert {e.element_id for e in first.step.opened if e.kind == "activity"} == {"foerste"}
    assert {e.element_id for e in later.step.opened if e.kind == "activity"} == {"naeste"}
    assert due_of(later, "naeste", "opfoelgning_naeste") == date(2027, 4, 26)


@pytest.mark.parametrize(
    ("is_placed", "element", "lane"),
    [
        (True, "statusSted", "anbringelsessted"),
        (False, "statusUdfoerer", "udfoerer"),
    ],
)
def test_who_helps_the_child_writes_the_status_report(is_placed, element, lane):
    walk = follow_up(FIRST, erAnbragt=is_placed, indsatsStart=None if is_placed else date(2026, 11, 24)).tell(
        "tyveHverdage"
    )

    assert walk.element(walk.find(element)).lane == lane
    assert due_of(walk, "status", "statusrapport") == calendar.add_working_days(date(2027, 2, 24), -10)


def test_the_child_is_heard_before_anything_is_decided():
    walk = follow_up(FIRST).tell("tyveHverdage").do("statusSted")

    assert walk.open() == ["forbered"]
    assert "opfoelg" in walk.do("forbered").do("samtale", **HEARD).do("referat").open()


def test_the_follow_up_does_not_wait_for_a_report_that_does_not_come():
    walk = follow_up(FIRST).tell("tyveHverdage").do("forbered").do("samtale", **HEARD).do("referat")

    assert walk.open() == ["statusSted"]
    assert fires_on(walk, "rapportMangler") == calendar.add_working_days(date(2027, 2, 24), -5)
    assert walk.tell("rapportMangler").open() == ["opfoelg"]


def test_the_decision_sets_the_next_date_and_each_party_gets_the_reason():
    walk = prepared(follow_up(FIRST))
    walk.now = datetime(2027, 2, 22, 9, tzinfo=UTC)
    walk.do("opfoelg", dato="2027-02-22", opfoelgningUdfald="juster", opfoelgningInterval="P2M")

    assert walk.variables["naesteOpfoelgning"] == date(2027, 4, 22)
    assert walk.variables["opfoelgningInterval"] == "P2M"
    letters = [s.inputs for s in walk.stands() if s.element_id == "besked"]
    assert sorted(letter["recipient"] for letter in letters) == ["camilla", "emil"]
    assert {(letter["template"], letter["form"]) for letter in letters} == {("opfoelgning", "F20")}
    assert walk.do("besked").do("besked").step.is_completed


def test_after_the_end_no_next_date_is_left_over_from_before():
    old = {"naesteOpfoelgning": date(2027, 4, 26), "opfoelgningInterval": "P2M"}
    walk = prepared(follow_up(LATER | old)).do("opfoelg", opfoelgningUdfald="ophoer", planlagtOphoer="2027-06-30")

    assert walk.variables["naesteOpfoelgning"] is None
    assert walk.variables["opfoelgningInterval"] is None
    assert walk.facts["planlagtOphoer"] == date(2027, 6, 30)


def supervised(worry):
    walk = Walk("sub_tilsyn", variables={}, facts=PLACED)
    walk.now = datetime(2027, 4, 20, 9, tzinfo=UTC)
    return walk.tell("tiHverdage").do("besoeg", dato="2027-04-20", tilsynBekymring=worry)


def test_supervision_is_aimed_at_five_months_and_bound_to_six():
    walk = Walk("sub_tilsyn", variables={}, facts=PLACED)

    assert due_of(walk, "tilsyn", "tilsyn_maal") == date(2027, 4, 24)
    assert due_of(walk, "tilsyn", "tilsyn") == date(2027, 5, 24)
    assert fires_on(walk, "tiHverdage") == date(2027, 4, 12)  # the 24th is a Saturday
    assert walk.tell("tiHverdage").element(walk.find("besoeg")).deadline_refs == ("tilsyn", "tilsyn_maal")


def test_a_visit_gives_its_date_for_the_next_one():
    assert supervised("ingen").step.is_completed
    assert supervised("ingen").variables["sidsteTilsyn"] == date(2027, 4, 20)


def test_a_worrying_place_is_notified_and_followed_up_beside_the_visits():
    at_once = supervised("stedet")
    notified = supervised("socialtilsyn")

    assert [sent.name for sent in at_once.sent] == ["BekymringVedTilsyn"]
    assert notified.find("underret").inputs["template"] == "underretning_socialtilsyn"
    assert notified.do("underret").ends == ["slut_bekymring"]
    worry = Walk("tilsyn_bekymring", variables=dict(notified.sent[-1].payload))
    assert worry.do("foelgOp", tilsynOpfoelgning="foelges").open() == ["foelgOp"]
    assert worry.do("foelgOp", tilsynOpfoelgning="loest").step.is_completed


def test_a_child_who_cannot_stay_is_proposed_for_a_move():
    worry = Walk("tilsyn_bekymring", variables={"tilsynBekymring": "stedet"})

    assert worry.do("foelgOp", tilsynOpfoelgning="flytning").sent[-1].name == "FlytningForeslaaet"


def test_three_and_six_months_after_the_return_it_is_seen_whether_it_lasts():
    walk = Walk("efterevaluering", variables={"hjemgivetDato": date(2027, 4, 30)}, facts={"hjemgivelsesDato": None})

    assert fires_on(walk, "treMaaneder") == date(2027, 7, 30)
    walk.tell("treMaaneder").do("evaluer3", effektFastholdt="ja", efterSkridt="intet")
    assert fires_on(walk, "seksMaaneder") == date(2027, 10, 30)
    walk.tell("seksMaaneder").do("evaluer6", effektFastholdt="delvis", efterSkridt="intet")
    assert walk.ends == ["slut"]
    assert walk.variables["effektFastholdt"] == "delvis"


def test_a_corrected_day_of_return_counts_for_the_evaluation():
    facts = {"hjemgivelsesDato": date(2027, 5, 31)}
    walk = Walk("efterevaluering", variables={"hjemgivetDato": date(2027, 4, 30)}, facts=facts)

    assert fires_on(walk, "treMaaneder") == date(2027, 8, 31)


def test_what_has_slipped_back_is_screened_as_a_new_need():
    walk = Walk("efterevaluering", variables={"hjemgivetDato": date(2027, 4, 30)})
    walk.now = datetime(2027, 8, 2, 9, tzinfo=UTC)
    walk.tell("treMaaneder").do("evaluer3", effektFastholdt="nej", efterSkridt="screening")

    again = Walk(MAIN, start="start_screening", variables=dict(walk.sent[-1].payload))
    assert again.variables["kendskabsDato"] == date(2027, 8, 2)
    assert again.open() == ["afklarHenvendelse"]
    assert walk.open() == ["seksMaaneder"]


def asked(need, **facts):
    walk = Walk("sub_samvaer", variables={}, facts=facts).do("forbered").do("samtale", **HEARD).do("referat")
    return walk.do("vurder", samvaerBeslutning=need)


def decided(need, **answers):
    """Heard, decided and approved; nobody is to be written to."""
    walk = asked(need, personer=None).do("forbered").do("vurderSvar")
    return walk.do("afgoer", **answers).do("godkend", godkendt=True)


def test_an_agreement_on_contact_needs_no_decision():
    assert asked("plan").ends == ["slut"]


def test_a_parent_without_custody_is_heard_when_contact_is_decided():
    walk = asked("omfang").do("forbered")

    assert sorted(s.inputs["recipient"] for s in walk.stands() if s.element_id == "send") == [
        "camilla",
        "emil",
        "jesper",
    ]


def test_a_break_of_contact_is_the_committees():
    assert {s.items["udvalgSag"] for s in asked("afbrydelse").stands() if s.items} == {"samvaer_105"}


def test_the_leader_approves_a_decision_on_contact():
    walk = asked("omfang", personer=None).do("forbered").do("vurderSvar").do("afgoer")

    assert walk.element(walk.find("godkend")).lane == "teamleder"
    assert walk.do("godkend", godkendt=False).open() == ["afgoer"]
    assert walk.do("afgoer").do("godkend", godkendt=True).ends == ["slut"]


def test_a_pause_lasts_eight_weeks_and_is_judged_again_two_weeks_before():
    walk = decided("suspension", suspensionStart="2026-12-01")

    assert due_of(walk, "pause", "samvaer_suspension_max") == date(2027, 1, 26)
    assert fires_on(walk, "seksUger") == date(2027, 1, 12)
    assert fires_on(walk, "otteUger") == date(2027, 1, 26)
    walk.tell("seksUger")
    assert walk.element(walk.find("vurderIgen")).deadline_refs == ("samvaer_suspension_max",)
    assert walk.do("vurderIgen", samvaerVurdering="genoptag").ends == ["slut"]


def test_a_pause_that_nobody_judged_ends_by_itself_and_a_person_must_act():
    walk = decided("suspension", suspensionStart="2026-12-01").tell("seksUger").tell("otteUger")

    assert walk.open() == ["udloebet"]
    walk.do("udloebet", samvaerVurdering="afbrydelse")
    assert {s.items["udvalgSag"] for s in walk.stands() if s.items} == {"samvaer_105"}
