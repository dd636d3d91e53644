"""From young person to adult, told by the names of the steps; and that nothing of it waits for somebody who is slow."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from casework import engine
from casework.operations.tell_for_job import BIRTHDAYS
from casework.queries.guidance import guidance
from tests.processes.project import definition, letters
from tests.processes.walker import Walk

MAIN = "youth_to_adult"
#: Amalie was born on 31 August 2009; it begins when she is 15 years and 9 months.
BORN = date(2009, 8, 31)
BEGINS = datetime(2025, 5, 31, 6, 0, tzinfo=UTC)
AMALIE = {"id": "amalie", "rolle": "barn", "foraeldremyndighed": False}
MOTHER = {"id": "rikke", "rolle": "foraelder", "foraeldremyndighed": True}
FACTS = {"foedselsdato": BORN, "barnAlder": 15, "personer": [AMALIE, MOTHER], "handicapSpor": False}
PLACED = {**FACTS, "erAnbragt": True, "anbringelsesGrundlag": "46"}
YES = {"accept": True, "stoette": ["kontaktperson"], "slut": "2029-08-31", "opfoelgning": "2027-11-30"}


def begun(facts=None, start="start_16"):
    return Walk(MAIN, start=start, variables={}, facts={**FACTS, **(facts or {})}, now=BEGINS)


def on(walk, day):
    """The day has come, with whatever age it brings."""
    walk.now = datetime(day.year, day.month, day.day, 7, 0, tzinfo=UTC)
    walk.facts = walk.facts | {"barnAlder": day.year - BORN.year - ((day.month, day.day) < (BORN.month, BORN.day))}
    return walk


def handed_over(walk, *, lane):
    """The hand-off that waits to be described is offered to `lane` and accepted."""
    walk.do("beskriv", hjemmel="samme_myndighed")
    assert walk.find("tilbyd").inputs["toLane"] == lane
    return walk.do("tilbyd").tell("svar", state="accepted")


def messages(walk):
    return [sent.name for sent in walk.sent]


def decided(**answers):
    """Youth support for a placed young person: plan revised, talk held, decided."""
    walk = Walk("sub_ungestoette", variables={}, facts=PLACED, now=BEGINS).tell("ni").tell("syv")
    walk.do("revider").do("forbered").do("samtale", samtaleHoldt=True).do("referat")
    return walk.do("afgoer", **answers)


def at_18(facts=None, variables=None):
    walk = Walk("sub_voksenovergang", variables=variables or {}, facts={**FACTS, **(facts or {})}, now=BEGINS)
    walk.tell("tre")
    return on(walk, date(2027, 8, 31)).tell("atten").do("retsevne").do("brev18").do("indhent")


def after_18(born=BORN, **variables):
    known = {"ungAccept": True, "ungestoetteValg": ["kontaktperson"], "ungestoetteSlut": date(2029, 8, 31), **variables}
    return Walk("sub_efter18", variables=known, facts={**FACTS, "foedselsdato": born, "barnAlder": 19}, now=BEGINS)


@pytest.mark.parametrize("start", ["start_16", "start_fyldt16", "start_over16"])
def test_everything_begins_at_once_and_nothing_waits_for_the_coordinator(start):
    walk = begun(PLACED, start)

    assert {"udpegTovholder", "ungeplan", "sagLukket", "ni", "fire", "tre", "atten"} <= set(walk.open())
    assert walk.variables["overgangsspor"] == ["A"]


def test_the_young_person_is_told_who_the_coordinator_is_and_then_asked():
    walk = begun(PLACED).do("udpegTovholder", navn="lars", ungInformeret=True)

    assert walk.find("sendTovholder").inputs == {"template": "tovholder", "recipient": "child", "form": "F25"}
    assert messages(walk.do("sendTovholder")) == ["TovholderUdpeget"]
    assert "forbered" in walk.open()


@pytest.mark.parametrize(("facts", "task"), [({"erAnbragt": True}, "ungeplan"), ({"aktivIndsats": True}, "overvej")])
def test_a_plan_is_a_duty_in_placements_and_considered_with_support(facts, task):
    assert task in begun(facts).open()


def test_with_guidance_only_there_is_no_plan_and_youth_guidance_is_asked_at_once():
    walk = begun()

    assert walk.variables["overgangsspor"] == ["D"]
    assert {"ungeplan", "overvej"}.isdisjoint(walk.open())
    assert "uddannelse" in handed_over(walk, lane="kui").open()


def test_a_no_to_a_plan_is_reasoned_and_a_holistic_plan_replaces_it():
    for choice in ("nej", "helhedsplan"):
        walk = begun({"aktivIndsats": True}).do("overvej", valg=choice)
        assert "ungeplan" not in walk.open()
        assert messages(walk) == []
    assert "ungeplan" in begun({"aktivIndsats": True}).do("overvej", valg="ja").open()


def test_before_the_committee_the_plan_comes_without_a_date():
    walk = Walk("sub_ungeplan", variables={"ungeplanAnledning": "foer_47"}, facts=PLACED)

    assert walk.open() == ["planFoer47"]
    assert walk.element(walk.find("planFoer47")).deadlines == ()
    assert walk.do("planFoer47").sent[-1].payload == {"anledning": "foer_47"}


def test_each_department_does_its_own_part_in_its_own_lane():
    walk = Walk("sub_ungespor", variables={"overgangsspor": ["A"], "ungStart": BEGINS.date()}, facts=PLACED)
    handed_over(walk, lane="kui")
    on(walk, date(2026, 8, 31)).tell("fyldt17")
    handed_over(walk, lane="socialcenter_ung")
    on(walk, date(2026, 11, 30)).tell("fyldt17_3")
    handed_over(walk, lane="jobcenter_ung")

    tasks = {"uddannelse": "kui", "voksenstoette": "socialcenter_ung", "forsoergelse": "jobcenter_ung"}
    assert {name: walk.element(walk.find(name)).lane for name in tasks} == tasks


def test_hand_offs_that_wait_side_by_side_do_not_mix():
    walk = Walk("sub_ungespor", variables={"overgangsspor": ["A"], "ungStart": BEGINS.date()}, facts=PLACED)
    walk.do("beskriv", dataklasser=["skole"], hjemmel="samme_myndighed").do("tilbyd", id="til_kui")
    walk.tell("fyldt17").do("beskriv", dataklasser=["oekonomi"], hjemmel="samme_myndighed").do(
        "tilbyd", id="til_social"
    )
    there = {"overleverKui": "til_kui", "overleverSocial": "til_social"}
    for name in there:
        fire(walk, within(walk, "tre", name))

    answers = {name: within(walk, "svar", name).wait.correlation for name in there}
    reminders = {name: within(walk, "besked3", name).inputs["handoff_id"] for name in there}
    assert (answers, reminders) == (there, there)
    fire(walk, within(walk, "svar", "overleverKui"), state="declined").do("vaelg", modtager="specialgruppen")
    again = walk.find("tilbyd").inputs
    assert (again["occasion"], again["dataClasses"]) == ("KuiVejledning", ["skole"])


def within(walk, element_id, call):
    """What stands at `element_id` inside of the call activity."""
    return next(s for s in walk.stands() if s.element_id == element_id and s.path[-1] == call)


def fire(walk, stands, **payload):
    return walk.apply(engine.Fire(stands.task_id, stands.element_id, payload, last=True))


def test_the_youth_house_meets_at_17_and_17_and_a_half_and_skips_what_is_past():
    early = Walk("sub_ungehus", variables={"ungStart": BEGINS.date()}, facts=FACTS)
    late = Walk("sub_ungehus", variables={"ungStart": date(2026, 10, 1)}, facts=FACTS)
    too_late = Walk("sub_ungehus", variables={"ungStart": date(2027, 3, 1)}, facts=FACTS)

    assert early.tell("foer17").do("moede17").tell("foer175").do("moede175").step.is_completed
    assert late.open() == ["foer175"]
    assert too_late.step.is_completed


def test_the_coordinator_holds_the_meetings():
    meetings = [element for element in definition(MAIN).elements.values() if element.form_key == "F29m"]

    assert len(meetings) == 3
    assert {element.assignment.to for element in meetings} == {"coordinator"}


def test_the_disability_track_begins_when_the_need_shows():
    walk = Walk("sub_handicapspor", variables={}, facts={**FACTS, "handicapSpor": None})
    walk.do("afklar", handicap=False)

    assert walk.open() == ["atten", "viserSig"]
    walk.facts = walk.facts | {"handicapSpor": True}
    walk.tell("viserSig").tell("fyldt16")
    handed_over(walk, lane="handicap_voksen")
    assert walk.element(walk.find("forbered")).lane == "handicap_voksen"
    assert walk.do("forbered").tell("foer17").do("gennemgaa").do("afslut").step.is_completed


def test_a_known_disability_is_not_asked_for_again():
    assert Walk("sub_handicapspor", variables={}, facts={**FACTS, "handicapSpor": True}).open() == ["fyldt16"]


def test_youth_support_needs_the_plan_the_talk_and_the_leader():
    walk = decided(**YES)

    assert walk.element(walk.find("godkend")).lane == "teamleder"
    assert "afgoer" in walk.do("godkend", godkendt=False).open()
    walk.do("afgoer", **YES).do("godkend", godkendt=True)
    assert {s.inputs["template"] for s in walk.stands()} == {"ungestoette"}
    walk.do("send").do("send")
    assert walk.step.is_completed
    assert walk.sent[-1].name == "UngestoetteAfgjort"
    assert walk.sent[-1].payload == {"ungestoetteGivet": True, "ungestoetteSlut": date(2029, 8, 31)}


def test_without_the_young_persons_yes_there_is_no_youth_support_and_the_letter_says_how_to_regret():
    walk = decided(accept=False).do("godkend", godkendt=True)

    assert {s.inputs["template"] for s in walk.stands()} == {"ungestoette_nej"}
    assert walk.do("send").do("send").sent[-1].payload == {"ungestoetteGivet": False, "ungestoetteSlut": None}


@pytest.mark.parametrize("template", ["ungestoette", "ungestoette_nej"])
def test_both_letters_say_how_to_appeal_and_until_when_one_may_regret(template):
    text = letters()[template].read_text(encoding="utf-8")

    assert "klage til Ankestyrelsen inden 4 uger" in text
    assert "til man fylder 23 år" in text


def test_a_yes_that_became_a_no_counts_as_a_no():
    walk = decided(**YES).do("godkend", godkendt=False).do("afgoer", accept=False).do("godkend", godkendt=True)

    assert {s.inputs["template"] for s in walk.stands()} == {"ungestoette_nej"}


def test_who_is_placed_late_is_decided_on_late_but_decided_on():
    walk = Walk("sub_ungestoette", variables={}, facts={**FACTS, "aktivIndsats": False}).tell("ni")

    assert walk.open() == ["atten", "faarStoette"]
    walk.facts = walk.facts | {"erAnbragt": True}
    assert walk.tell("faarStoette").open() == ["syv"]
    assert "anbragt" in {s.element_id for s in walk.opened.values()}


def test_who_has_support_without_a_placement_gets_a_decision_with_our_own_date():
    walk = Walk("sub_ungestoette", variables={}, facts={**FACTS, "aktivIndsats": True}).tell("ni").tell("syv")
    walk.do("revider").do("forbered").do("samtale", samtaleHoldt=True).do("referat")

    assert [rule.deadline_class for rule in walk.element(walk.find("afgoerStoettet")).deadlines] == ["LOKAL"]


def test_the_18th_birthday_waits_for_nobody():
    walk = Walk("sub_voksenovergang", variables={}, facts={**PLACED, "handicapSpor": True}).tell("fire").tell("tre")
    walk.tell("atten")

    assert {"overgangsmoede", "voksenHandicap", "voksenSocial", "retsevne"} == set(walk.open())


@pytest.mark.parametrize(
    ("facts", "tasks"),
    [
        ({"handicapSpor": True}, {"voksenHandicap": "handicap_voksen"}),
        ({"erAnbragt": True}, {"voksenSocial": "socialcenter_ung"}),
        ({}, {}),
    ],
)
def test_adult_decisions_are_made_where_they_belong(facts, tasks):
    walk = Walk("sub_voksenovergang", variables={}, facts={**FACTS, **facts}).tell("tre")

    lanes = {s.element_id: walk.element(s).lane for s in walk.stands() if s.element_id.startswith("voksen")}
    assert lanes == tasks


def test_a_system_outside_answers_for_its_own_department_only():
    walk = Walk("sub_voksenovergang", variables={}, facts={**PLACED, "handicapSpor": True}).tell("tre")
    waits = {s.element_id: s.wait.correlation for s in walk.stands() if s.wait and s.wait.name == "VoksenTilbudKlar"}

    assert waits == {"handicapKlar": "handicap_voksen", "socialKlar": "socialcenter_ung"}
    assert walk.tell("handicapKlar").open() == ["atten", "fire", "voksenSocial"]


def test_at_18_the_young_person_alone_is_asked_for_consent_and_written_to():
    walk = Walk("sub_voksenovergang", variables={}, facts=PLACED).tell("atten").do("retsevne")

    assert walk.find("brev18").inputs["recipient"] == "child"
    assert "indhent" in walk.do("brev18").open()


@pytest.mark.parametrize(
    ("variables", "moves"),
    [
        ({"ungAccept": True, "ungestoetteValg": ["opretholdt"]}, False),
        ({"ungAccept": True, "ungestoetteValg": ["ingen"]}, True),
        ({"ungAccept": False}, True),
        ({}, True),
    ],
)
def test_the_case_stays_while_there_is_youth_support_and_moves_else(variables, moves):
    walk = at_18({"erAnbragt": True}, variables).do("beskriv", hjemmel="samme_myndighed")

    offer = walk.find("tilbyd").inputs
    assert (offer["toLane"], offer["occasion"], offer["movesResponsibility"]) == (
        "socialcenter_ung", "Overdragelse18", moves,
    )  # fmt: skip
    assert messages(walk.do("tilbyd").tell("svar", state="accepted")) == ["Overdragelse18"]


def test_who_had_guidance_only_is_handed_over_to_nobody():
    assert at_18().open() == ["fire"]


def test_youth_support_is_followed_up_until_it_ends_and_never_ends_by_itself():
    walk = after_18().tell("udloeber")

    assert walk.open() == ["afslut"]
    walk.do("afslut", udfald="forlaenget", slut="2026-11-30")
    assert "udloeber" in {s.element_id for s in walk.stands()}
    walk.tell("udloeber").do("afslut", udfald="slut")
    walk.tell("treMdr").do("effekt3").tell("tolvMdr").do("effekt12")
    assert walk.step.is_completed


def test_at_23_it_ends_even_if_it_was_extended_before():
    walk = after_18(born=date(2003, 1, 1), ungestoetteUdfald="forlaenget")
    walk.facts = walk.facts | {"barnAlder": 23}
    walk.now = datetime(2026, 1, 2, 8, 0, tzinfo=UTC)
    walk.tell("udloeber").do("afslut")

    assert walk.open() == ["treMdr"]


def test_without_youth_support_we_still_ask_how_it_went():
    assert after_18(ungAccept=False).open() == ["treMdr"]


@pytest.mark.parametrize(("born", "task"), [(date(2003, 6, 1), "afgoer"), (date(2002, 5, 31), "besked")])
def test_a_young_person_can_regret_until_23(born, task):
    assert Walk("ung_fortryder", variables={}, facts={**FACTS, "foedselsdato": born}, now=BEGINS).open() == [task]


def test_who_regrets_is_followed_up_like_the_others():
    adult = {**FACTS, "foedselsdato": date(2005, 6, 1), "barnAlder": 19}
    walk = Walk("ung_fortryder", variables={}, facts=adult, now=BEGINS)
    walk.do("afgoer", accept=True, stoette=["kontaktperson"], slut="2026-06-01", opfoelgning="2025-09-01")
    walk.do("godkend", godkendt=True)

    assert [s.inputs["recipient"] for s in walk.stands() if s.element_id == "send"] == ["amalie"]
    walk.do("send")
    assert "udloeber" in {s.element_id for s in walk.stands()}


def test_closing_the_case_ends_the_whole_transition():
    walk = begun(PLACED).tell("sagLukket")

    assert walk.step.is_completed
    assert walk.ends == ["lukket"]


def test_ssp_18_plus_needs_a_yes():
    assert Walk("ssp18plus", variables={}, facts=FACTS).do("indhent", givet=False).step.is_completed
    yes = handed_over(Walk("ssp18plus", variables={}, facts=FACTS).do("indhent", givet=True), lane="kui")
    assert yes.element(yes.find("moede")).lane == "kui"


@pytest.mark.parametrize(("age", "open_tasks"), [(15, []), (16, ["moede"]), (25, ["moede"]), (26, [])])
def test_the_wellbeing_forum_is_for_16_to_25(age, open_tasks):
    assert Walk("trivselsforum_1625", variables={}, facts={**FACTS, "barnAlder": age}).open() == open_tasks


@pytest.mark.parametrize(
    ("start", "facts", "first"),
    [
        ("fyldt10", {}, "part10"),
        ("fyldt12", {}, "besked12"),
        ("fyldt12", {"erAnbragt": True}, "flytning12"),
        ("fyldt15", {}, "samtykke15"),
        ("fyldt16", {}, "besked16"),
        ("fyldt17_5", {}, "besked17_5"),
        ("fyldt18", {}, "samtykkerOphoerer"),
        ("fyldt23", {}, "besked23"),
    ],
)
def test_each_birthday_has_its_own_beginning(start, facts, first):
    assert Walk("foedselsdage", start=start, variables={}, facts={**FACTS, **facts}).open() == [first]


def test_every_birthday_that_is_told_of_has_words():
    told = {
        dict(element.inputs)["about"]
        for element in definition("foedselsdage").elements.values()
        if element.topic == "notify"
    }

    assert told == BIRTHDAYS


def test_at_18_old_consents_lapse_before_anybody_is_told():
    walk = Walk("foedselsdage", start="fyldt18", variables={}, facts=FACTS)

    assert walk.find("samtykkerOphoerer").inputs == {"action": "lapse", "reason": "fyldt_18"}
    assert walk.do("samtykkerOphoerer").open() == ["besked18"]


def test_a_young_person_reads_no_paragraph_in_what_the_workers_are_told():
    tasks = [element for element in definition(MAIN).elements.values() if element.type == "userTask"]

    assert [element.id for element in tasks if "§" in guidance(element.documentation)] == []
