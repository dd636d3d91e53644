"""What every diagram of the municipality must be: free of findings, drawn to be read, and said in two languages."""

from __future__ import annotations

import pytest

from casework import engine, law
from casework.layout import measure, not_drawn
from tests.processes.project import (
    BPMN,
    CAMUNDA,
    LANES,
    NS,
    SAG,
    TOPICS,
    decision,
    definition,
    diagrams,
    form_files,
    processes,
    tables,
    tree,
)

#: A part of a process that several units use lies in no lane: the unit that is responsible for the case does it.
ALLOWED = {"user-task-without-lane"}
WIDEST = 3000
#: Domain reference E.1: every element, by the process that has it, or what is drawn in its place.
ELEMENTS = {
    "intake_to_assessment": "registrer g_type godkendKvittering sendKvittering vurder24 g_akut akut afklaring screening "
    "g_spor afslut raadVejledning afdaekning g_efterAfd undersoegelse fireMaaneder foreloebigVurdering partshoer "
    "g_konklusion udfaldKlar Afsluttet OvergaaetTilIndsats OvergaaetTilAnbringelse",
    "sub_registrering": "registrer registrerVagt",
    "sub_sikkerhedsvurdering": "dmn_akutvurdering vurder vurderVagt g_aktivSag genvurdering",
    "sub_akut": "udrykning politi_boernehus anmeld henvis aeresRisiko",
    "sub_udrykning": "akutUdrykning udrykningVagt formand",
    "sub_afklaring": "boernesamtale afklar netvaerk udtalelser",
    "sub_screening": "screen laes",
    "sub_undersoegelse": "overlever afgoerBFU bfu orienter udvalg23",
    "sub_boernefaglig_undersoegelse": "plan indsamling barn foraeldre netvaerk fagpersoner analyse",
    "tilbagemelding": "tilbagemeld sendTilbagemelding",
    "sub_visitation": "pakke pakkeGodkendt venteliste overlever igang",
    "sub_indsatspakke": "inviter bidrag droeft planlaeg g_budget godkendLeder godkendChef",
    "placement_with_step_down": "start_indstillet start_barn start_akut forbered afgoer indflytning under vent "
    "nedtrapningBesluttet attenMinus6 hjemgivelseOensket nedtrapning hjemgivelse indsatsHjemme hjemgivelsesperiode afbrudt "
    "HjemgivetAfsluttet OvergaaetTilAndetSted OvergaaetTilUngestoette",
    "sub_forbered_anbringelse": "tvaerVisitation kabu netvaerksplacering stoetteperson boernesamtale",
    "sub_afgoer_anbringelse": "indstil dmn_afgoerelseskompetence afgoerelse46 bu barnetsPlan47 foraeldreplan47 formand",
    "sub_indflytning": "valgAfSted orienter orienterKommune g_skole kabu overlever indflytning",
    "sub_under_anbringelsen": "barnetsPlan ungeplan behandlingsplan opfoelgning tilsyn foraeldre ophoert",
    "sub_behandlingsplan": "behandlingsplan kvalitet g_god",
    "sub_tilsynsforloeb": "tilsyn november sikrTilsyn",
    "sub_foraeldrespor": "foraeldreplan foraeldreBehandling foraeldreOpfoelg",
    "sammenbrud": "haandter formand boernesamtale Afbrudt",
    "samtykke_trukket": "vurder bu formand Hjem",
    "flytning_under_anbringelse": "udtalelseSted boernesamtale forslag bu indflytning behandlingsplan",
    "stoettende_indsats": "sammensaet afgoer plan barnetsPlan opfoelgning afslut",
    "sub_bu_udvalg": "indstil kontroller rettigheder hoer indkald moede breve genbehandling",
    "sub_foreloebig_afgoerelse": "samtykke afgoer udfoer truffet besked proevelse udloebet handl hjem",
    "sub_formand_proevelse": "godkend endelig",
    "genbehandlingsfrist": "treMaanederFoer nyDato udvalg",
    "klage": "registrer revurder nyAfgoerelse skriv oversend svar digitaltSvar gennemfoer",
    "sub_kabu": "g_ppr spoerg skema pprDel send g_pligt skoletilbud uddannelse g_noed noed godkend SkoletilbudKlar",
    "noedundervisning": "enUge vurder forlaeng",
    "youth_to_adult": "start_16 start_fyldt16 start_over16 udpegTovholder dmn_overgangsspor velkomst ungeplan afdelinger "
    "handicapSpor ungestoette voksenovergang efter18 sagLukket",
    "sub_ungespor": "overleverKui uddannelse overleverJob forsoergelse overleverSocial voksenstoette kabu moeder",
    "sub_handicapspor": "afklar overlever forbered gennemgaa",
    "sub_ungehus": "moede17 moede175",
    "sub_ungestoette_afgoerelse": "syv reviderUngeplan samtale afgoer godkend orienter",
    "sub_voksenovergang": "overgangsmoede voksenHandicap voksenSocial atten retsevne samtykke overdrag",
    "sub_efter18": "opfoelg udloeber afslut effekt3 effekt12",
    "ung_fortryder": "afgoer",
    "ssp18plus": "moede",
    "trivselsforum_1625": "moede",
}
MESSAGES = (
    "Underretning Henvendelse FravaersHenvendelse AndenKommuneUnderretning TrivselsforumHenvendelse NyUnderretning "
    "Flytning SagLukket UdfaldKlar AfgoerelseSendt AnbringelseIndstillet OverleveringKvittering SamtykkeTrukket "
    "IndsatspakkeGodkendt FormandsafgoerelseOensket ForeloebigAfgoerelseTruffet GenbehandlingsfristSat KlageModtaget "
    "AnkestyrelsenSvar BarnAnmoderOmAnbringelse NedtrapningBesluttet IndsatsBesluttet StoetteNuOensket Sammenbrud "
    "FlytningForeslaaet SamtykkeAnbringelseTrukket AnbringelseAfbrudt HjemgivelseOensket"
)


def nodes(name):
    """The flow nodes of a file."""
    endings = ("Event", "Gateway", "Task", "subProcess", "callActivity")
    return [n for n in tree(name).iterfind(".//bpmn:process//*[@id]", BPMN) if n.tag.endswith(endings)]


def test_lint_finds_nothing():
    known = engine.Known(
        forms=frozenset(form_files()),
        decisions=frozenset(name for file in tables() for name in decision(file.removesuffix(".dmn")).names),
        lanes=LANES,
        handlers=TOPICS,
        laws=frozenset(law.laws()),
    )

    findings = engine.lint(diagrams(), known)

    assert [f"{f.file} {f.element}: {f.message.text('en')}" for f in findings if f.rule not in ALLOWED] == []


@pytest.mark.parametrize("name", diagrams())
def test_is_drawn_narrow_enough_to_be_read(name):
    measures = measure(diagrams()[name])

    assert not_drawn(diagrams()[name]) == []
    assert measures.faults == ()
    assert measures.width < WIDEST


@pytest.mark.parametrize("name", diagrams())
def test_says_everything_in_danish_and_english(name):
    process = tree(name).find("bpmn:process", BPMN)
    named = [n for n in nodes(name) if n.get("name")]
    unnamed = {n.tag.rpartition("}")[2] for n in nodes(name) if not n.get("name")}

    assert process.get("name")
    assert process.get(f"{SAG}titleEn")
    assert process.findtext("bpmn:documentation", "", BPMN)
    assert [n.get("id") for n in named if not n.get(f"{SAG}nameEn")] == []
    assert unnamed <= {"parallelGateway", "inclusiveGateway", "exclusiveGateway", "startEvent", "endEvent"}


@pytest.mark.parametrize("name", diagrams())
def test_every_user_task_has_a_form_and_guidance(name):
    tasks = tree(name).findall(".//bpmn:userTask", BPMN)

    assert [t.get("id") for t in tasks if t.get(f"{CAMUNDA}formKey") not in form_files()] == []
    assert [t.get("id") for t in tasks if not t.findtext("bpmn:documentation", "", BPMN)] == []


@pytest.mark.parametrize("name", diagrams())
def test_every_split_of_alternatives_has_a_default_and_says_which_way_is_which(name):
    for gateway in [n for n in nodes(name) if n.tag.endswith(("exclusiveGateway", "inclusiveGateway"))]:
        flows = tree(name).findall(f".//bpmn:sequenceFlow[@sourceRef='{gateway.get('id')}']", BPMN)
        if len(flows) > 1:
            assert gateway.get("default"), gateway.get("id")
            assert gateway.get("name"), gateway.get("id")
            assert all(flow.get("name") and flow.get(f"{SAG}nameEn") for flow in flows), gateway.get("id")


#: A duty never ends because its time is over; a decision that holds for a month does, and then somebody must act at once.
ENDS_BY_LAW = {"sub_foreloebig_afgoerelse.bpmn": {"bl143_gyldig"}, "sub_samvaer.bpmn": {"bl104_5"}}


@pytest.mark.parametrize("name", diagrams())
def test_a_timer_of_the_law_never_interrupts(name):
    timers = tree(name).findall(".//bpmn:boundaryEvent[bpmn:timerEventDefinition]", BPMN)
    interrupting = [t for t in timers if t.get("cancelActivity") != "false"]
    laws = [key.get("key") for t in interrupting for key in t.iterfind(".//sag:law", NS)]

    binding = {key for key in laws if law.law(key).confidence != law.Confidence.PRACTICE}
    assert binding == ENDS_BY_LAW.get(name, set())


def test_every_form_is_used():
    used = {t.get(f"{CAMUNDA}formKey") for name in diagrams() for t in tree(name).iterfind(".//bpmn:userTask", BPMN)}

    assert set(form_files()) - used == set()


@pytest.mark.parametrize("process_id", ELEMENTS)
def test_has_the_elements_of_the_domain_reference(process_id):
    elements = {element for process, element in definition(process_id).elements if process == process_id}

    assert set(ELEMENTS[process_id].split()) - elements == set()


def test_knows_the_messages_of_the_domain_reference():
    named = {m.get("name") for name in diagrams() for m in tree(name).iterfind("bpmn:message", BPMN)}

    assert set(MESSAGES.split()) - named == set()


def test_a_message_is_awaited_by_a_process_or_goes_outside():
    """Otherwise it would wait on the case for ever, among those that somebody must look at."""
    events = [e for name in processes() for e in definition(name).elements.values() if e.event == "message"]
    sending = {"intermediateThrowEvent", "endEvent", "sendTask"}
    awaited = {e.event_name for e in events if e.type not in sending}
    sent = {e.event_name: e.outward for e in events if e.type in sending}

    assert {name for name, outward in sent.items() if outward == (name in awaited)} == set()
