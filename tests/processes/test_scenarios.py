"""Stories: what must never go wrong for a child, told by the names of the steps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from casework.config import TIME_ZONE
from tests.processes.walker import RECEIVED, Walk

MAIN = "intake_to_assessment"
#: Saturday evening.
CLOSED = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)
VOTES = {"deltog": ["formand", "medlem", "dommer", "sagkyndig_1", "sagkyndig_2"], "stemmerImod": 0, "fysiskBrev": False}
CALM = {"haandtering": "ingen_akut", "overgreb": False, "aeresrelateret": False, "akutBehov": False}
FROM_SCHOOL = {"erUnderretning": True, "underretterType": "skole", "erFagperson": True, "tegn": ["ingen"]}


def notified(**answers):
    """A notification from Emil's school, registered by Mette."""
    return Walk(MAIN, start="start_underretning").do("registrer", **(FROM_SCHOOL | answers))


def clarified():
    """Assessed as not acute, and clarified with the family."""
    walk = notified().do("vurder", **CALM)
    walk.do("forbered").do("samtale", samtaleHoldt=True).do("referat")
    walk.do("afklar", naeste="screening").do("netvaerk").do("vaelg", fagpersoner=["ingen"])
    return walk


def under_assessment():
    """Screened, handed over to Lars, decided with consent, letters sent."""
    walk = clarified().do("screen", spor="D", indsatsNu=False)
    walk.do("beskriv").do("tilbyd").tell("svar", state="accepted")
    walk.do("afgoerBFU", samtykke=True).do("godkendBFU", godkendt=True)
    return walk.do("send").do("send")


def assessed(conclusion):
    """Lars has drawn his conclusion, the parties have been heard."""
    walk = under_assessment().do("plan").do("forbered").do("samtale", samtaleHoldt=True).do("referat")
    walk.do("foraeldre").do("netvaerk").do("vaelg", fagpersoner=["ingen"]).do("analyse", konklusion=conclusion)
    walk.do("forbered").do("send").do("send").do("svar").tell("fristGaaet").do("vurderSvar")
    return walk.do("skriv", udfald=conclusion, fysiskBrev=False).do("godkend", godkendt=True).do("send").do("send")


def before_the_committee(walk):
    """Recommended, checked, heard in writing, called to the meeting."""
    walk.do("indstil").do("kontroller", godkendt=True).do("rettigheder").do("forbered").do("send", "send")
    walk.tell("fristGaaet").tell("fristGaaet").do("vurderSvar").do("indkald")
    return walk.do("indkaldelse", "indkaldelse")


def messages(walk):
    return [sent.name for sent in walk.sent]


def test_a_notification_goes_all_the_way_to_a_placement():
    walk = assessed("anbringelse_46")

    assert walk.open() == ["godkendKvittering"]
    assert walk.ends == ["OvergaaetTilAnbringelse"]
    assert messages(walk) == ["AfgoerelseSendt", "AfgoerelseSendt", "UdfaldKlar", "AnbringelseIndstillet"]
    assert walk.sent[-1].payload == {"spor": "anbringelse_46"}
    assert walk.do("godkendKvittering").do("sendKvittering").step.is_completed


def test_the_child_does_not_wait_for_the_receipt_nor_the_receipt_for_the_child():
    walk = notified()

    assert walk.open() == ["godkendKvittering", "vurder"]


def test_no_support_closes_and_a_measure_is_passed_on():
    assert assessed("ingen_stoette").ends == ["Afsluttet"]
    assert assessed("stoette_32").ends == ["OvergaaetTilIndsats"]


def test_an_anonymous_notifier_gets_no_receipt():
    walk = notified(underretterType="anonym")

    assert walk.open() == ["vurder"]
    assert walk.ends == ["ingenKvittering"]


def test_outside_office_hours_the_duty_registers_and_assesses():
    walk = Walk(MAIN, start="start_underretning", now=CLOSED, facts={"udenforKontortid": None})

    assert walk.open() == ["registrerVagt"]
    assert walk.element(walk.find("registrerVagt")).lane == "doegnvagt"
    assert walk.do("registrerVagt", **FROM_SCHOOL).open() == ["godkendKvittering", "vurderVagt"]


@pytest.mark.parametrize(
    ("month", "hour", "minute", "standing"),
    [
        (11, 7, 59, "registrerVagt"),
        (11, 8, 1, "registrer"),
        (11, 15, 29, "registrer"),
        (11, 15, 31, "registrerVagt"),
        (6, 7, 59, "registrerVagt"),
        (6, 8, 1, "registrer"),
        (6, 15, 31, "registrerVagt"),
    ],
)
def test_the_hours_are_those_of_the_clock_on_the_wall_summer_and_winter(month, hour, minute, standing):
    now = datetime(2026, month, 24, hour, minute, tzinfo=TIME_ZONE)

    assert Walk(MAIN, start="start_underretning", now=now, facts={"udenforKontortid": None}).open() == [standing]


def test_the_calendar_of_the_municipality_rules_over_the_usual_hours():
    holiday = Walk(MAIN, start="start_underretning", facts={"udenforKontortid": True})

    assert holiday.open() == ["registrerVagt"]


def test_the_suggestion_is_known_before_the_assessment_and_does_not_bind_it():
    walk = notified(tegn=["vold"])

    assert walk.variables["akutvurdering"] == {"spor": "udrykning", "akut": True}
    assert "afklar" in walk.do("vurder", **CALM).open()


def test_parents_are_not_met_before_police_and_childrens_house():
    walk = notified().do("vurder", **(CALM | {"overgreb": True}))

    assert walk.open() == ["godkendKvittering", "politi_boernehus"]
    walk.do("politi_boernehus", politianmeldelse=True, boernehus=True).do("anmeld").do("henvis")
    assert "afklar" in walk.open()


def test_a_child_may_need_all_of_it_at_once():
    walk = notified().do("vurder", haandtering="udrykning", overgreb=True, aeresrelateret=True)

    assert walk.open() == ["aeresRisiko", "akutUdrykning", "godkendKvittering", "politi_boernehus"]


def test_the_chair_is_asked_when_the_child_cannot_stay():
    walk = notified().do("vurder", **(CALM | {"haandtering": "udrykning"}))
    walk.do("akutUdrykning", beslutning="formandsafgoerelse")

    assert messages(walk) == ["FormandsafgoerelseOensket"]


def test_what_the_law_demands_cannot_be_screened_away():
    walk = clarified().do("screen", spor="A", kompleksitet="hoej")

    assert walk.open() == ["godkendKvittering", "screen"]
    assert walk.variables["screeningSpor"] == {"spor": "D", "foreneligt": False}


def test_support_can_be_asked_for_at_once_beside_any_track():
    walk = clarified().do("screen", spor="C", kompleksitet="lav", undersoegelsesgrund="nej", indsatsNu=True)

    assert messages(walk) == ["StoetteNuOensket"]
    assert walk.open() == ["afdaekning", "godkendKvittering"]


def test_advice_that_does_not_help_leads_back_to_screening():
    walk = clarified().do("screen", spor="B", kompleksitet="lav", undersoegelsesgrund="nej", indsatsNu=False)
    walk.do("planlaeg", frivilligtTilbud=False).do("gennemfoer", raadResultat="screening")

    assert "screen" in walk.open()


def test_the_review_half_way_does_not_end_the_advice():
    walk = clarified().do("screen", spor="B", kompleksitet="lav", undersoegelsesgrund="nej", indsatsNu=False)
    walk.do("planlaeg", frivilligtTilbud=False).tell("seksUger")

    assert {"gennemfoer", "midtvejs"} <= set(walk.open())


def test_a_declined_handoff_lies_with_the_leader_until_somebody_takes_it():
    walk = clarified().do("screen", spor="D", indsatsNu=False).do("beskriv").do("tilbyd")

    walk.tell("tre").do("besked3").tell("fem").do("besked5").tell("svar", state="declined")
    assert walk.element(walk.find("vaelg")).lane == "teamleder"
    walk.do("vaelg", modtager="specialgruppen")
    assert walk.find("tilbyd").inputs["toLane"] == "specialgruppen"
    walk.do("tilbyd").tell("svar", state="accepted")
    assert "afgoerBFU" in walk.open()


def test_a_handoff_says_what_it_asks_for():
    walk = clarified().do("screen", spor="D", indsatsNu=False)
    walk.do("beskriv", dataklasser=["skole", "netvaerk"], hjemmel="samme_myndighed")

    assert walk.find("tilbyd").inputs == {
        "action": "offer",
        "toLane": "raadgiver",
        "form": "F28",
        "occasion": "OverleveringUndersoegelse",
        "dataClasses": ["skole", "netvaerk"],
        "legalBasis": "samme_myndighed",
        "movesResponsibility": True,
        "dueDuration": "P3D",
        "dueCalendar": "working-days",
    }


def test_a_withdrawn_consent_stops_the_sharing_at_once():
    walk = clarified().do("screen", spor="D", indsatsNu=False).do("beskriv").do("tilbyd")

    walk.tell("samtykkeTrukket")
    assert walk.find("traek").inputs["action"] == "withdraw"
    assert "vaelg" in walk.do("traek").open()


def test_after_four_months_a_preliminary_assessment_is_due_and_the_assessment_goes_on():
    walk = under_assessment().tell("fireMaaneder")

    assert {"foreloebigVurdering", "plan"} <= set(walk.open())
    assert "plan" in walk.do("foreloebigVurdering").open()


def test_the_four_months_run_while_the_handoff_waits():
    walk = clarified().do("screen", spor="D", indsatsNu=False).do("beskriv").do("tilbyd").tell("fireMaaneder")

    assert "foreloebigVurdering" in walk.open()


def test_without_consent_the_committee_decides_and_its_no_is_final():
    walk = clarified().do("screen", spor="D", indsatsNu=False).do("beskriv").do("tilbyd").tell("svar", state="accepted")
    before_the_committee(walk.do("afgoerBFU", samtykke=False)).do("moede", **VOTES, beslutning="afvist", stemmerFor=2)

    assert walk.do("send", "send").open() == ["afslut", "godkendKvittering"]


def test_the_committees_yes_is_told_once_and_the_assessment_begins():
    walk = clarified().do("screen", spor="D", indsatsNu=False).do("beskriv").do("tilbyd").tell("svar", state="accepted")
    before_the_committee(walk.do("afgoerBFU", samtykke=False)).do("moede", **VOTES, beslutning="godkendt", stemmerFor=5)

    assert {s.inputs["template"] for s in walk.stands() if s.element_id == "send"} == {"udvalg_afgoerelse"}
    assert "plan" in walk.do("send", "send").open()
    assert messages(walk) == ["AfgoerelseSendt"]


def test_closing_the_case_ends_an_assessment_with_reasons():
    walk = under_assessment().tell("sagLukket")

    assert walk.open() == ["afslut", "godkendKvittering"]
    walk.do("afslut", modtagere=["custody", "child"]).do("sendAfslutning").do("sendAfslutning")
    assert walk.ends == ["Afsluttet"]


def test_each_party_gets_a_hearing_letter_of_its_own_and_a_child_under_ten_none():
    twelve, nine = under_assessment(), under_assessment()
    for walk in (twelve, nine):
        walk.do("plan").do("forbered").do("samtale", samtaleHoldt=True).do("referat").do("foraeldre").do("netvaerk")
        walk.facts = walk.facts | {"barnAlder": 12 if walk is twelve else 9}
        walk.do("vaelg", fagpersoner=["ingen"]).do("analyse").do("forbered")

    assert sorted(s.inputs["recipient"] for s in twelve.stands() if s.element_id == "send") == ["camilla", "emil"]
    assert [s.inputs["recipient"] for s in nine.stands() if s.element_id == "send"] == ["camilla"]


def test_a_talk_with_the_child_is_left_out_only_when_the_leader_agrees():
    walk = notified().do("vurder", **CALM).do("forbered").do("samtale", samtaleHoldt=False)

    assert walk.element(walk.find("undladelse")).lane == "teamleder"
    assert "forbered" in walk.do("undladelse", godkendt=False).open()


def test_other_departments_answer_in_their_own_lanes():
    walk = notified().do("vurder", **CALM)
    walk.do("vaelg", fagpersoner=["skole", "ppr", "sundhedspleje"], hjemmel="uden_samtykke")

    lanes = {s.element_id: walk.element(s).lane for s in walk.stands() if s.element_id.endswith("_svar")}
    assert lanes == {"skole_svar": "skole", "ppr_svar": "ppr", "sundhed_svar": "sundhedspleje"}
    assert walk.tell("femDage").find("ryk").inputs["to"] == "open_tasks"


def test_without_consent_nobody_is_asked():
    walk = notified().do("vurder", **CALM).do("vaelg", fagpersoner=["skole"], hjemmel="samtykke")

    walk.do("indhent", givet=False)
    assert [s for s in walk.open() if s.endswith("_svar")] == []


def test_a_new_notification_has_its_own_clocks_and_is_looked_at_with_fresh_eyes():
    walk = Walk("new_notification").do("registrer", **FROM_SCHOOL).do("vurder", **CALM)

    assert walk.element(walk.find("genvurdering")).assignment.separation
    walk.do("genvurdering", enig="uenig", haandtering="udrykning")
    assert "akutUdrykning" in walk.open()


def test_a_new_notification_can_start_a_new_screening():
    walk = Walk("new_notification").do("registrer", **FROM_SCHOOL).do("vurder", **CALM).do("genvurdering", enig="enig")
    walk.do("indarbejd", betydning="screening")
    start = walk.sent[-1]

    again = Walk(MAIN, start="start_screening", variables=dict(start.payload))
    assert start.name == "ScreeningOensket"
    assert start.payload["kendskabsDato"] == walk.variables["kendskabsDato"]
    assert {"almindelig", "ingenKvittering"} <= set(again.passed)
    assert again.open() == ["afklarHenvendelse"]


def test_a_professional_hears_the_outcome_and_a_neighbour_does_not():
    known = {"henvendelseId": "17", "erUnderretning": True}

    assert Walk("tilbagemelding", variables={**known, "erFagperson": True}).open() == ["tilbagemeld"]
    assert Walk("tilbagemelding", variables={**known, "erFagperson": False}).step.is_completed


def test_the_feedback_is_held_back_for_special_reasons():
    walk = Walk("tilbagemelding", variables={"erUnderretning": True, "erFagperson": True})

    assert walk.do("tilbagemeld", undladt=True).step.is_completed


def test_a_family_that_asks_for_help_needs_no_receipt_and_no_24_hours():
    walk = Walk(MAIN, start="start_henvendelse", variables=RECEIVED).do("registrer", erUnderretning=False)

    assert {"almindelig", "ingenKvittering"} <= set(walk.passed)
    assert walk.open() == ["afklarHenvendelse"]
    assert walk.do("afklarHenvendelse", naeste="afslut").step.is_completed


def test_no_case_stands_still_without_persons():
    walk = Walk(
        "sub_partshoering_afgoerelse",
        variables={"trin": "brev", "skabelon": "afgoerelse", "lederGodkender": False},
        facts={"personer": None},
    )

    assert walk.step.is_completed
