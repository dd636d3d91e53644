"""KABU (S4): who describes the child's schooling, who finds the offer, and how short emergency schooling is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework import calendar
from casework.calendar import CalendarKind
from tests.processes.project import definition
from tests.processes.walker import OPEN, PERSONS, Walk


def begun(*, active, compulsory=True, **facts):
    walk = Walk("sub_kabu", variables={"kabuAnledning": "anbringelse"}, facts=facts)
    return walk.do("begynd", aktivPPRsag=active, undervisningspligtig=compulsory)


def described(**answers):
    return begun(active=False, **answers).do("skema").do("send")


def in_need():
    walk = described().do("skoletilbud", noedundervisning=True)
    slut = (OPEN.date() + timedelta(days=21)).isoformat()
    return walk.do("noed", start=OPEN.date().isoformat(), slut=slut)


def lane_of(walk, element_id):
    return walk.element(walk.find(element_id)).lane


def test_without_a_ppr_case_the_school_is_asked_at_once():
    walk = begun(active=False)

    assert walk.open() == ["skema"]
    assert lane_of(walk, "skema") == "skole"
    assert walk.do("skema").open() == ["send"]


def test_with_a_ppr_case_ppr_asks_the_school_and_adds_its_part():
    walk = begun(active=True)

    assert lane_of(walk, "spoerg") == "ppr"
    walk.do("spoerg").do("skema")
    assert lane_of(walk, "pprDel") == "ppr"
    assert walk.do("pprDel").open() == ["send"]


def test_each_custody_holder_gets_the_form():
    both = [*PERSONS[:2], {"id": "jesper", "rolle": "foraelder", "foraeldremyndighed": True}]
    walk = begun(active=False, personer=both).do("skema")

    assert sorted(s.inputs["recipient"] for s in walk.stands()) == ["camilla", "jesper"]
    assert begun(active=False, personer=None).do("skema").open() == ["skoletilbud"]


@pytest.mark.parametrize(("element", "lane"), [("skema", "skole"), ("pprDel", "ppr"), ("uddannelse", "kui")])
def test_other_departments_have_ten_working_days(element, lane):
    (rule,) = definition("sub_kabu").element("sub_kabu", element).deadlines

    assert definition("sub_kabu").element("sub_kabu", element).lane == lane
    assert (rule.deadline_class, rule.duration, rule.calendar) == ("LOKAL", "P10D", "working-days")


def test_the_school_is_reminded_after_five_working_days_and_may_still_answer():
    walk = begun(active=False)
    wait = walk.find("femDage").wait
    due = calendar.due(wait.value, CalendarKind(wait.calendar), OPEN)

    assert calendar.day_of(due.instant) - OPEN.date() == timedelta(days=7)
    assert walk.tell("femDage").find("ryk").inputs["to"] == "open_tasks"
    assert "send" in walk.do("ryk").do("skema").open()


def test_a_child_of_school_age_is_enrolled():
    walk = described().do("skoletilbud", noedundervisning=False)

    assert walk.step.is_completed
    assert (walk.variables["skoletilbudKlar"], walk.variables["noedundervisning"]) == (True, False)


def test_a_young_person_beyond_it_gets_an_offer_from_the_youth_guidance():
    walk = described(compulsory=False)

    assert lane_of(walk, "uddannelse") == "kui"
    walk.do("uddannelse")
    assert walk.step.is_completed
    assert (walk.variables["skoletilbudKlar"], walk.variables["noedundervisning"]) == (True, False)


def test_emergency_schooling_needs_the_leader_and_runs_by_itself():
    walk = in_need()

    assert lane_of(walk, "godkend") == "teamleder"
    walk.do("godkend", godkendt=True)
    assert walk.step.is_completed
    assert (walk.variables["skoletilbudKlar"], walk.variables["noedundervisning"]) == (False, True)
    assert [(s.name, s.payload["noedSlut"]) for s in walk.sent] == [
        ("NoedundervisningGodkendt", OPEN.date() + timedelta(days=21))
    ]


def test_a_leader_who_says_no_asks_for_a_school_offer():
    assert in_need().do("godkend", godkendt=False, bemaerkning="Prøv den anden skole.").open() == ["skoletilbud"]


def schooling(**variables):
    known = {"noedStart": OPEN.date(), "noedSlut": OPEN.date() + timedelta(days=21)}
    return Walk("noedundervisning", variables=known | variables)


def test_each_week_is_reviewed():
    walk = schooling()
    wait = walk.find("enUge").wait

    assert (wait.value, wait.calendar) == ("P7D", "calendar")
    walk.let_pass(days=7).tell("enUge").do("vurder", fortsaet="fortsaet")
    assert walk.open() == ["enUge"]
    assert walk.variables["noedundervisning"] is True


def test_it_ends_when_the_school_offer_is_ready():
    walk = schooling().let_pass(days=7).tell("enUge").do("vurder", fortsaet="ophoer")

    assert walk.step.is_completed
    assert (walk.variables["skoletilbudKlar"], walk.variables["noedundervisning"]) == (True, False)


def test_on_the_agreed_day_the_leader_sets_another_or_ends_it():
    walk = schooling().let_pass(days=21).tell("enUge").do("vurder", fortsaet="fortsaet")

    assert lane_of(walk, "forlaeng") == "teamleder"
    assert walk.do("forlaeng", godkendt=False).open() == ["vurder"]
    walk.do("vurder", fortsaet="fortsaet").do("forlaeng", godkendt=True)
    assert walk.open() == ["enUge"]
