"""The deadlines, as the domain reference (E.1, E.6) has them: class, length, calendar, start and what meets them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from casework import calendar, feel
from casework.calendar import CalendarKind
from tests.processes.project import definition, diagrams, processes
from tests.processes.walker import OPEN, Walk

#: A visit counts from the one before it, else from when the child was placed: both can be corrected, and it moves along.
VISIT = (
    "=(if sidsteTilsyn != null and (anbringelsesDato = null or sidsteTilsyn > anbringelsesDato)"
    ' then sidsteTilsyn else anbringelsesDato) + duration("P5M")'
)
CLOCKS = {
    ("intake_to_assessment", "vurdering24"): ("LOV", "PT24H", "elapsed", "=modtagetTid"),
    ("intake_to_assessment", "kvittering"): ("LOV", "P6D", "working-days", "=modtagetTid"),
    ("new_notification", "vurdering24"): ("LOV", "PT24H", "elapsed", "=modtagetTid"),
    ("new_notification", "kvittering"): ("LOV", "P6D", "working-days", "=modtagetTid"),
    ("intake_to_assessment", "bfu"): ("LOV", "P4M", "calendar", "=kendskabsDato"),
    ("intake_to_assessment", "kvittering_intern"): ("INTERN", "P3D", "working-days", "=modtagetTid"),
    ("intake_to_assessment", "afdaekning"): ("LOKAL", "P8W", "calendar", ""),
    ("intake_to_assessment", "partshoering"): ("LOKAL", "P15W", "calendar", "=kendskabsDato"),
    ("sub_registrering", "registrering"): ("LOKAL", "P0D", "calendar", "=modtagetTid"),
    ("sub_udrykning", "udrykning"): ("LOKAL", "PT2H", "elapsed", ""),
    ("sub_raad_vejledning", "raad"): ("LOKAL", "P12W", "calendar", ""),
    ("sub_boernefaglig_undersoegelse", "bfu_plan"): ("LOKAL", "P2W", "calendar", "=bfuStart"),
    ("sub_boernefaglig_undersoegelse", "bfu_boernesamtale"): ("LOKAL", "P4W", "calendar", "=bfuStart"),
    ("sub_boernefaglig_undersoegelse", "bfu_indsamling"): ("LOKAL", "P8W", "calendar", "=bfuStart"),
    ("sub_boernefaglig_undersoegelse", "bfu_udkast"): ("LOKAL", "P14W", "calendar", "=kendskabsDato"),
    ("sub_undersoegelse", "afgoer_bfu"): ("LOKAL", "P5D", "working-days", ""),
    ("sub_udtalelse", "udtalelse_skole"): ("LOKAL", "P10D", "working-days", ""),
    ("sub_foreloebig_afgoerelse", "formand_skriftlig"): ("LOV", "PT24H", "elapsed", "=udfoertTid"),
    ("sub_foreloebig_afgoerelse", "formand_gyldighed"): ("LOV", "P1M", "calendar", "=udfoertTid"),
    ("sub_formand_proevelse", "formand_godkendelse"): ("LOV", "P7D", "calendar-with-start", "=udfoertTid"),
    ("klage", "remonstration"): ("LOV", "P4W", "calendar", "=klageDato"),
    ("sub_kabu", "kabu_skole"): ("LOKAL", "P10D", "working-days", ""),
    ("tilbagemelding", "tilbagemelding"): ("LOKAL", "P5D", "working-days", ""),
    ("sub_opfoelgning", "opfoelgning_naeste"): ("LOKAL", "P0D", "calendar", "=opfoelgningDato"),
    ("sub_tilsyn", "tilsyn"): ("LOV", "P1M", "calendar", VISIT),
    ("sub_tilsyn", "tilsyn_maal"): ("LOKAL", "P0D", "calendar", VISIT),
    ("sub_hjemgivelsesperiode", "hjemgivelse_max"): ("LOV", "P6M", "calendar", "=hjemgivelsesperiodeStart"),
    ("sub_samvaer", "samvaer_suspension_max"): ("LOV", "P8W", "calendar", "=suspensionStart"),
    ("sub_nedtrapningstrin", "trin_vurder"): ("LOKAL", "P0D", "calendar", "=trinEvalueresSenest"),
    ("sub_forbered_hjemgivelse", "udtalelse_sted"): ("LOKAL", "P10D", "working-days", ""),
    ("efterevaluering", "efterevaluering_3"): ("LOKAL", "P10D", "working-days", ""),
}


def rules():
    """Every deadline by process and key."""
    found = {}
    for process_id in processes():
        whole = definition(process_id)
        found |= {(process_id, rule.key): rule for rule in whole.process(process_id).deadlines}
        for (owner, _), element in whole.elements.items():
            found |= {(owner, rule.key): rule for rule in element.deadlines}
    return found


@pytest.mark.parametrize("which", CLOCKS)
def test_a_deadline_is_as_the_domain_reference_has_it(which):
    rule = rules()[which]

    assert (rule.deadline_class, rule.duration, rule.calendar, rule.start) == CLOCKS[which]
    assert rule.law


@pytest.mark.parametrize("process_id", ["intake_to_assessment", "new_notification"])
def test_the_clocks_of_a_notification_stand_though_nobody_registers(process_id):
    whole = definition(process_id).process(process_id)

    assert {rule.key: (rule.met, rule.until) for rule in whole.deadlines} == {
        "vurdering24": ("vurder24", "almindelig"),
        "kvittering": ("sendKvittering", "ingenKvittering"),
        "kvittering_intern": ("sendKvittering", "ingenKvittering"),
    }
    assert [(r.e1, r.e2, r.e3) for r in whole.deadlines if r.key == "vurdering24"] == [("PT8H", "PT16H", "PT22H")]


def test_the_duty_ends_with_the_parts_that_end_it():
    for process_id in ("intake_to_assessment", "new_notification"):
        elements = {element for process, element in definition(process_id).elements if process == process_id}
        assert {"vurder24", "almindelig", "sendKvittering", "ingenKvittering"} <= elements


def test_every_task_of_the_24_hours_shows_the_clock_of_the_law():
    own = definition("sub_sikkerhedsvurdering").elements.values()

    assert {e.deadline_refs for e in own if e.type == "userTask"} == {("vurdering24",)}


def test_every_duration_can_be_counted():
    for rule in rules().values():
        duration = feel.evaluate(rule.duration, {}) if rule.duration.startswith("=") else rule.duration
        due = calendar.due(duration, CalendarKind(rule.calendar), OPEN).instant
        assert (due >= OPEN) != duration.startswith("-")


def test_a_second_screening_does_not_begin_in_the_past():
    start = rules()["intake_to_assessment", "screening"].start
    known = {"modtagetTid": OPEN, "now": datetime(2027, 2, 1, 9, tzinfo=UTC), "erUnderretning": True}

    assert feel.evaluate(start, known) == OPEN
    assert feel.evaluate(start, {**known, "raadResultat": "screening"}) == known["now"]


@pytest.mark.parametrize(
    ("sent", "by_post", "last_day"),
    [
        (date(2026, 11, 19), False, date(2026, 12, 17)),
        (date(2026, 11, 28), False, date(2026, 12, 28)),  # the 28th day is Second Christmas Day, a Saturday
        (date(2026, 11, 19), True, date(2026, 12, 28)),  # received on 27 November; 25 December is a holiday
    ],
)
def test_an_appeal_period_ends_on_a_working_day(sent, by_post, last_day):
    walk = Walk("klagefrist", variables={"sendtDato": sent, "fysiskBrev": by_post})
    for wait in ["modtaget", "fireUger"] if by_post else ["fireUger"]:
        stands = walk.find(wait)
        rule = walk.element(stands).timer
        due = calendar.due(stands.wait.value, CalendarKind(rule.calendar), stands.wait.start)
        walk.now = due.instant
        walk.tell(wait)

    assert calendar.day_of(due.instant) == last_day
    assert walk.open() == ["besked"]


def test_no_deadline_key_is_used_twice_in_a_process():
    for name in diagrams():
        process_id = name.removesuffix(".bpmn")
        keys = [
            r.key for e in definition(process_id).elements.values() if e.process_id == process_id for r in e.deadlines
        ]
        assert len(keys) == len(set(keys)), name
