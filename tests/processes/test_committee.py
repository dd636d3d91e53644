"""The committee (S6), the chair (S7) and the reconsideration date: who decides, who hears of it, and which clocks run."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from casework import calendar, feel, forms
from casework.calendar import CalendarKind
from tests.processes.project import definition, form
from tests.processes.walker import OPEN, Walk
from tests.services.clock import MONDAY

MEMBERS = ["formand", "medlem", "dommer", "sagkyndig_1", "sagkyndig_2"]
YES = {"beslutning": "godkendt", "deltog": MEMBERS, "stemmerFor": 4, "stemmerImod": 1, "fysiskBrev": False}
NO = YES | {"beslutning": "afvist", "stemmerFor": 3, "stemmerImod": 2}
POSTPONED = {"beslutning": "udsat", "deltog": MEMBERS}
#: Thursday before Easter, 14.20 in Copenhagen.
EXECUTED = datetime(2026, 4, 2, 12, 20, tzinfo=UTC)


def committee(about, **known):
    return Walk("sub_bu_udvalg", variables={"udvalgSag": about}, **known)


def called(walk, **answers):
    """Recommended, checked, heard where it must be, and called to a meeting."""
    walk.do("indstil", **answers).do("kontroller", godkendt=True).do("rettigheder")
    if "forbered" in walk.open():
        walk.do("forbered").do("send", "send").tell("fristGaaet").tell("fristGaaet").do("vurderSvar")
    return walk.do("indkald").do("indkaldelse", "indkaldelse")


def decided(walk, vote, **answers):
    """Until the letters are out."""
    return called(walk, **answers).do("moede", **vote).do("send", "send")


def asked_chair(**consent):
    asked = Walk("sub_foreloebig_afgoerelse", start="start_oensket", variables={"grund": "akut"})
    return asked.do("samtykke", **consent)


def placed():
    """The chair has decided, and the child has been placed."""
    return asked_chair(samtykkeGivet=False).do("afgoer", beslutning="truffet").do("udfoer", udfoertTid=iso(EXECUTED))


def iso(moment):
    return moment.isoformat()


def rule(process_id, element_id):
    (found,) = definition(process_id).element(process_id, element_id).deadlines
    return found


def last_day(found, **known):
    start = feel.evaluate(found.start, known)
    return calendar.day_of(calendar.due(found.duration, CalendarKind(found.calendar), start).instant)


def test_a_second_case_in_the_same_process_does_not_inherit_the_first_ones_date():
    walk = Walk("sub_bu_udvalg", variables={"udvalgSag": "flytning_98", "nyGenbehandlingsDato": date(2028, 1, 1)})

    assert [sent.name for sent in decided(walk, YES).sent] == ["AfgoerelseSendt"]


def test_a_placement_goes_through_every_step_and_each_party_gets_letters():
    walk = committee("anbringelse_47").do("indstil", planVedlagt=True).do("kontroller", godkendt=True)
    walk.do("rettigheder").do("forbered")

    assert sorted(s.inputs["recipient"] for s in walk.stands() if s.element_id == "send") == ["camilla", "emil"]
    walk.do("send", "send").tell("fristGaaet").tell("fristGaaet").do("vurderSvar")
    assert walk.element(walk.find("indkald")).lane == "bu_udvalg"
    walk.do("indkald").do("indkaldelse", "indkaldelse").do("moede", **YES, naesteGenbehandling="2027-11-24")
    assert {(s.inputs["template"], s.inputs["form"]) for s in walk.stands()} == {("udvalg_afgoerelse", "F17m")}
    walk.do("send", "send")
    assert walk.step.is_completed
    assert [sent.name for sent in walk.sent] == ["AfgoerelseSendt", "GenbehandlingsfristSat"]
    assert walk.variables["udvalgAfgoerelse"] == "godkendt"
    assert walk.variables["nyGenbehandlingsDato"] == date(2027, 11, 24)


def test_no_one_is_placed_without_a_plan_whoever_approves():
    walk = committee("anbringelse_47").do("indstil", planVedlagt=False).do("kontroller", godkendt=True)

    assert walk.open() == ["indstil"]


def test_an_assessment_needs_no_plan_and_no_reconsideration_date():
    walk = decided(committee("undersoegelse_23"), YES)

    assert walk.step.is_completed
    assert [sent.name for sent in walk.sent] == ["AfgoerelseSendt"]


def test_a_refusal_is_told_to_the_parties_too():
    walk = decided(committee("anbringelse_47"), NO, planVedlagt=True)

    assert walk.variables["udvalgAfgoerelse"] == "afvist"
    assert [sent.name for sent in walk.sent] == ["AfgoerelseSendt"]


def test_a_postponed_case_is_called_again_and_nobody_gets_a_decision():
    walk = called(committee("hjemgivelse_afslag")).do("moede", **POSTPONED)

    assert walk.open() == ["indkald"]
    assert walk.sent == []


def test_the_chairs_decision_does_not_wait_ten_working_days_for_a_hearing():
    walk = committee("godkend_foreloebig").do("indstil").do("kontroller", godkendt=True).do("rettigheder")

    assert walk.open() == ["indkald"]


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        (YES, set()),
        (YES | {"stemmerFor": 5, "stemmerImod": 0}, set()),
        (YES | {"stemmerFor": 3, "stemmerImod": 2}, {"stemmerFor"}),
        (YES | {"deltog": MEMBERS[:3], "stemmerFor": 4, "stemmerImod": 0}, {"stemmerFor", "stemmerImod"}),
        (YES | {"stemmerImod": 2}, {"stemmerImod"}),
        (NO, set()),
        (NO | {"stemmerFor": 4, "stemmerImod": 1}, {"stemmerFor"}),
    ],
)
def test_a_vote_that_does_not_carry_is_refused(answers, wrong):
    texts = {"dato": "2026-11-24", "talte": ["barn"], "afgoerelse": "Ja.", "begrundelse": "Derfor."}
    context = forms.Context(now=OPEN, variables={"udvalgSag": "undersoegelse_23"})

    assert set(forms.settle(form("F17m"), texts | answers, context).errors) == wrong


def test_the_next_date_is_suggested_from_the_recommended_time_and_becomes_a_fact(clock):
    known = {"udvalgSag": "genbehandling", "genbehandlingsFrist": "to_aar"}
    before = {"genbehandlingsDato": MONDAY.date() + timedelta(days=60)}
    suggested = forms.prefill(form("F17m"), before, known)["naesteGenbehandling"].value

    assert suggested == MONDAY.date().replace(year=MONDAY.year + 2).isoformat()
    assert "naesteGenbehandling" not in forms.prefill(form("F17m"), before, known | {"genbehandlingsFrist": "anden"})
    context = forms.Context(now=clock.now, facts=before, variables=known)
    variables, facts = forms.results(
        form("F17m"), forms.settle(form("F17m"), YES | {"naesteGenbehandling": suggested}, context).answers
    )
    assert facts == {"genbehandlingsDato": date.fromisoformat(suggested)}
    assert variables["forrigeGenbehandlingsDato"] == before["genbehandlingsDato"]


def test_consent_is_sought_first_and_with_it_the_chair_is_not_asked():
    walk = asked_chair(samtykkeGivet=True)

    assert walk.step.is_completed
    assert [(s.name, s.payload) for s in walk.sent] == [
        ("AnbringelseIndstillet", {"spor": "anbringelse_46", "akut": True})
    ]


def test_a_chair_who_says_no_leaves_nobody_unsafe():
    walk = asked_chair(samtykkeGivet=False).do("afgoer", beslutning="afvist")

    assert walk.open() == ["sikr"]
    assert walk.do("sikr", tryg=False).open() == ["samtykke"]
    walk.do("samtykke", samtykkeGivet=False).do("afgoer", beslutning="afvist").do("sikr", tryg=True)
    assert walk.step.is_completed


def test_after_the_execution_placement_notice_and_committee_go_on_side_by_side():
    walk = placed()

    assert walk.open() == ["indstil", "skriv"]
    (sent,) = walk.sent
    assert (sent.name, sent.payload["udfoertDato"]) == ("ForeloebigAfgoerelseTruffet", date(2026, 4, 2))
    walk.do("skriv")
    assert {(s.inputs["template"], s.inputs["form"]) for s in walk.stands() if s.element_id == "send"} == {
        ("formandsafgoerelse", "F17b")
    }


def test_at_night_the_duty_seeks_consent_and_executes():
    night = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
    walk = Walk("sub_foreloebig_afgoerelse", start="start_oensket", variables={"grund": "akut"}, now=night)

    assert walk.element(walk.find("samtykkeVagt")).lane == "doegnvagt"
    walk.do("samtykkeVagt", samtykkeGivet=False).do("afgoer", beslutning="truffet")
    assert walk.element(walk.find("udfoerVagt")).lane == "doegnvagt"
    assert walk.do("udfoerVagt", udfoertTid=iso(night)).open() == ["indstil", "skriv"]


def test_approval_leads_to_the_final_decision():
    walk = placed().do("skriv", fysiskBrev=False).do("send", "send")
    decided(walk, YES, planVedlagt=False)

    assert walk.open() == ["indstil"]
    decided(walk, YES, planVedlagt=True)
    assert walk.step.is_completed
    assert "slut" in walk.ends


@pytest.mark.parametrize("votes", [[NO], [YES, NO]])
def test_without_the_committees_yes_the_child_returns_at_once(votes):
    walk = placed().do("skriv", fysiskBrev=False).do("send", "send")
    for vote in votes:
        decided(walk, vote, planVedlagt=True)

    assert walk.open() == ["hjem"]
    walk.do("hjem")
    assert walk.sent[-1].name == "AnbringelseOphoert"
    assert walk.step.is_completed


@pytest.mark.parametrize(("handling", "then"), [("hjem", ["hjem"]), ("samtykke", []), ("endelig", [])])
def test_when_the_month_is_over_somebody_must_act_whatever_the_committee_was_doing(handling, then):
    walk = placed().do("skriv", fysiskBrev=False).do("send", "send").tell("udloebet")

    assert walk.open() == ["handl"]
    assert walk.element(walk.find("handl")).name == "Foreløbig afgørelse udløber – handling kræves"
    assert walk.do("handl", handling=handling).open() == then


def test_the_three_clocks_of_the_chair_count_from_the_execution():
    known = {"udfoertTid": EXECUTED}
    notice = rule("sub_foreloebig_afgoerelse", "besked")
    approval, validity = rule("sub_formand_proevelse", "godkend"), rule("sub_foreloebig_afgoerelse", "proevelse")

    assert [(r.key, r.deadline_class) for r in (notice, approval, validity)] == [
        ("formand_skriftlig", "LOV"),
        ("formand_godkendelse", "LOV"),
        ("formand_gyldighed", "LOV"),
    ]
    due = calendar.due(notice.duration, CalendarKind(notice.calendar), feel.evaluate(notice.start, known))
    assert due.instant == EXECUTED + timedelta(hours=24)
    assert last_day(approval, **known) == date(2026, 4, 8)
    assert last_day(validity, **known) == date(2026, 5, 2)


@pytest.mark.parametrize(("rung", "day"), [("e2", 3), ("e3", 5)])
def test_the_approval_is_escalated_on_the_third_and_the_fifth_day(rung, day):
    escalated = calendar.due(getattr(rule("sub_formand_proevelse", "godkend"), rung), CalendarKind.ELAPSED, EXECUTED)

    assert calendar.day_of(escalated.instant) == date(2026, 4, 2) + timedelta(days=day - 1)


def test_the_validity_is_escalated_on_the_twentieth_day():
    escalated = calendar.due(rule("sub_foreloebig_afgoerelse", "proevelse").e2, CalendarKind.ELAPSED, EXECUTED)

    assert calendar.day_of(escalated.instant) == date(2026, 4, 21)


def test_the_validity_ends_with_the_month():
    stands = placed().find("udloebet")
    due = calendar.due(stands.wait.value, CalendarKind(stands.wait.calendar), stands.wait.start)

    assert calendar.day_of(due.instant) == date(2026, 5, 2)


def test_the_committees_tasks_show_the_clock_of_whoever_asked():
    own = [e for e in definition("sub_bu_udvalg").elements.values() if e.process_id == "sub_bu_udvalg"]

    refs = {e.id: set(e.deadline_refs) for e in own if e.type == "userTask"}
    assert refs == {key: {"formand_godkendelse", "formand_gyldighed", "genbehandling"} for key in refs}
    assert len(refs) == 5


def reconsidering(**facts):
    return Walk("genbehandlingsfrist", variables={}, facts={"genbehandlingsDato": date(2027, 5, 31), **facts})


def test_a_reconsideration_is_prepared_three_months_before():
    walk = reconsidering()
    wait = walk.find("treMaanederFoer").wait
    due = calendar.due(wait.value, CalendarKind(wait.calendar), wait.start)

    assert calendar.day_of(due.instant) == date(2027, 2, 28)
    assert walk.tell("treMaanederFoer").open() == ["indstil"]
    assert walk.find("indstil").items["udvalgSag"] == "genbehandling"


def test_a_new_date_begins_the_wait_anew_and_an_ended_placement_ends_it():
    walk = reconsidering(erAnbragt=False).tell("nyDato")

    assert walk.open() == ["nyDato", "treMaanederFoer"]
    assert walk.tell("treMaanederFoer").step.is_completed


def test_a_refused_reconsideration_brings_the_child_home():
    walk = decided(reconsidering().tell("treMaanederFoer"), NO)

    assert walk.open() == ["hjem"]
    assert walk.do("hjem").sent[-1].name == "AnbringelseOphoert"


def test_the_new_date_does_not_move_the_deadline_that_it_was_set_under():
    clock = rule("genbehandlingsfrist", "udvalg")
    facts = {"genbehandlingsDato": date(2027, 5, 31)}
    walk = called(reconsidering().tell("treMaanederFoer")).do("moede", **YES, naesteGenbehandling="2028-05-01")
    after = {**walk.variables, "genbehandlingsDato": date(2028, 5, 1)}

    assert last_day(clock, **facts, forrigeGenbehandlingsDato=None) == date(2027, 5, 31)
    assert last_day(clock, **after) == date(2027, 5, 31)


def test_the_chair_is_asked_by_the_call_out_or_on_the_page_of_the_case():
    starts = {e.event_name for e in definition("sub_foreloebig_afgoerelse").start_events() if e.event}
    asked = Walk("sub_udrykning", variables={"haandtering": "udrykning"})
    asked.do("akutUdrykning", beslutning="formandsafgoerelse")

    assert {sent.name for sent in asked.sent} == starts
    assert Walk("sub_foreloebig_afgoerelse", start="start", variables={}).open() == ["samtykke"]
