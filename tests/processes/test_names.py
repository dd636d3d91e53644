"""No expression reads a name that nobody writes: it is a fact, in a payload, an answer, a decision, an input or an output."""

from __future__ import annotations

from functools import cache

import pytest

from casework import feel
from casework.engine.asked import asked_by, expressions_of
from casework.forms.component import ComponentType
from tests.processes.project import (
    BPMN,
    CAMUNDA,
    FACTS,
    NS,
    decision,
    definition,
    diagrams,
    form,
    form_files,
    tables,
    tree,
)

#: What the message that starts a process brings, beside what a payload in a diagram names.
PAYLOADS = {
    "intake_to_assessment": {"henvendelseId", "modtagetTid", "kendskabsDato", "registreret"},
    "new_notification": {"henvendelseId", "modtagetTid", "kendskabsDato"},
    "sub_visitation": {"visitationAnledning"},
    "sub_opfoelgning": {"opfoelgningForfald", "erFoerste"},
    "sub_hjemgivelsesperiode": {"hjemgivelsesperiodeStart", "kontaktInterval"},
}
#: What a form may read beside: earlier answers, and the persons of the case.
ANSWERED = {"now", "besvarelser", "alleBesvarelser", "sagensBesvarelser", "persons"}
#: Names inside of a filter, which are fields of the rows that it looks at.
OF_ROWS = {"rolle", "foraeldremyndighed", "samtykke", "type"}
LANGUAGE = {"now", "sag", "result", "item", "partial"}
TOP = [
    "intake_to_assessment",
    "new_notification",
    "tilbagemelding",
    "klagefrist",
    "flytning",
    "sub_visitation",
    "sub_foreloebig_afgoerelse",
    "genbehandlingsfrist",
    "klage",
    "noedundervisning",
    "sub_kabu",
    "sub_opfoelgning",
    "sub_tilsyn",
    "tilsyn_bekymring",
    "sub_nedtrapning",
    "sub_hjemgivelse",
    "sub_hjemgivelsesperiode",
    "efterevaluering",
    "sub_samvaer",
    "placement_with_step_down",
    "sammenbrud",
    "samtykke_trukket",
    "flytning_under_anbringelse",
    "stoettende_indsats",
    "youth_to_adult",
    "ung_fortryder",
    "ssp18plus",
    "trivselsforum_1625",
    "foedselsdage",
]


@cache
def written(process_id):
    """Every name that the process, its parts, their forms and decisions, and its start message give."""
    names = set(PAYLOADS.get(process_id, set()))
    started_by = {e.event_name for e in definition(process_id).start_events()}
    for name in diagrams():
        for node in tree(name).iterfind(".//bpmn:endEvent", BPMN):
            names |= _payload(name, node, started_by)
        for node in tree(name).iterfind(".//bpmn:intermediateThrowEvent", BPMN):
            names |= _payload(name, node, started_by)
    for element in definition(process_id).elements.values():
        names |= {name for name, _ in (*element.outputs, *element.assigns)} | {element.result_variable}
        names |= {name for name, _ in element.inputs} if element.type == "callActivity" else set()
        names |= {element.loop.item} if element.loop else set()
        names |= {c.variable for _, c in form(element.form_key).walk()} if element.form_key else set()
    return names


def _payload(name, node, messages):
    event = node.find("bpmn:messageEventDefinition", BPMN)
    reference = event.get("messageRef") if event is not None else None
    sent = {m.get("name") for m in tree(name).iterfind("bpmn:message", BPMN) if m.get("id") == reference}
    return {i.get("name") for i in node.iterfind(".//sag:input", NS)} if sent & messages else set()


def own_tables(process_id):
    """The names of decisions that the process uses; the rest of `expressions_of` is of other processes' tables."""
    return {element.decision for element in definition(process_id).elements.values() if element.decision}


@cache
def asked_by_tables():
    return {text for name in tables() for text in asked_by(decision(name.removesuffix(".dmn")))}


@cache
def conditions():
    nodes = (node for name in diagrams() for node in tree(name).iterfind(".//bpmn:conditionExpression", BPMN))
    return [node.text or "" for node in nodes]


@cache
def options_of_choices():
    choices = (c for key in form_files() for _, c in form(key).walk() if c.type is ComponentType.RADIO)
    return {(c.variable, option.value) for c in choices for option in c.options}


@pytest.mark.parametrize("process_id", TOP)
def test_every_name_that_is_read_is_written_by_somebody(process_id):
    files = [decision(name) for name in own_tables(process_id)]
    mine = [text for text in expressions_of(definition(process_id)) if text not in asked_by_tables()]
    mine += [text for file in files for text in asked_by(file)]
    required = {name for file in files for name in file.names}
    read = {name for text in mine for name in feel.names(text)}

    assert read - written(process_id) - FACTS - LANGUAGE - required - OF_ROWS == set()


@pytest.mark.parametrize("key", form_files())
def test_a_form_reads_its_own_answers_what_the_case_knows_and_what_the_process_has(key):
    own = {c.key for _, c in form(key).walk()}
    texts = [c.hide for _, c in form(key).walk() if c.hide]
    texts += [
        c.properties[name] for _, c in form(key).walk() for name in ("prefill", "maxDate") if name in c.properties
    ]
    read = {name for text in texts for name in feel.names(text.removeprefix("="))}
    given = set().union(*map(written, TOP))

    assert read - own - FACTS - given - ANSWERED - OF_ROWS == set()


@pytest.mark.parametrize("key", form_files())
def test_every_value_that_a_diagram_asks_for_can_be_chosen(key):
    """A condition on a value that no option has would be a path that no one can take."""
    chosen = {c.variable: {o.value for o in c.options} for _, c in form(key).walk() if c.variable and c.options}
    compared = {
        (variable, literal) for variable in chosen for text in conditions() for literal in _literals(text, variable)
    }
    assert {pair for pair in compared if pair[1] not in chosen[pair[0]]} - options_of_choices() == set()


def _literals(text, variable):
    parts = text.split(f'{variable} = "')[1:]
    return {part.split('"')[0] for part in parts}


def test_called_processes_are_given_what_they_need():
    """`trin`, `genvurderes` and the like: an input that a part reads is given by every call of it."""
    for name in diagrams():
        for call in tree(name).iterfind(".//bpmn:callActivity", NS):
            given = {i.get("name") for i in call.iterfind(".//sag:input", NS)}
            assert NEEDED.get(call.get("calledElement"), set()) <= given, f"{name}: {call.get('id')}"
            assert call.get(f"{CAMUNDA}calledElementBinding") is None


NEEDED = {
    "sub_sikkerhedsvurdering": {"genvurderes"},
    "sub_partshoering_afgoerelse": {"trin", "skabelon", "lederGodkender"},
    "sub_handover": {"modtagerLane", "anledning", "flytterAnsvar", "svarFrist"},
    "sub_boernefaglig_undersoegelse": {"bfuStart"},
    "sub_opfoelgning": {"opfoelgningForfald", "erFoerste"},
    "sub_nedtrapningstrin": {"trinNummer", "trinSlut"},
    "sub_bu_udvalg": {"udvalgSag"},
    "sub_kabu": {"kabuAnledning"},
    "sub_ungeplan": {"ungeplanAnledning"},
    "sub_ungestoette_afgoerelse": {"erAnbragtSpor"},
}
