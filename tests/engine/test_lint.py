"""Lint: each rule on a bad diagram, and silence on good ones."""

from __future__ import annotations

import time

import pytest

from casework.engine import Known, compile_definition, lint
from casework.i18n import translated
from tests import diagrams as d
from tests.engine.bad_diagrams import BAD, DOUBTFUL, line, starting
from tests.proof.driver import sound_model
from tests.proof.xml import to_xml

KNOWN = Known(
    forms=frozenset({"F01"}),
    decisions=frozenset({"tabel"}),
    processes=frozenset({"andet"}),
    lanes=frozenset({"modtagelse"}),
    handlers=frozenset({"letter"}),
    laws=frozenset({"bl136"}),
    templates=frozenset({"kvittering"}),
)
DECLARED = b'<bpmn:extensionElements><sag:variable name="frist"/></bpmn:extensionElements>'
UNREADABLE = {
    "not-xml",
    "too-large",
    "too-many-elements",
    "too-deep",
    "xml-entities",
    "not-bpmn",
    "duplicate-id",
    "bad-id",
}
#: Rules whose breach cannot be drawn without breaking another one too.
TOGETHER = {
    "unknown-default": {"may-find-no-way", "flow-without-condition"},
    "dangling-flow": {"unreachable", "no-way-out"},
    "flow-crosses-border": {"no-way-out", "unreachable"},
    "loop-behind-gateway": set(),
    "no-end-event": {"no-way-out"},
    "no-start-event": {"no-start-event"},
    "unsupported-element": set(),
    "event-subprocess": {"unreachable", "no-way-out"},
    "compensation": {"unreachable", "no-way-out"},
    "boundary-without-host": {"unreachable"},
    "subprocess-start": set(),
}


@pytest.mark.parametrize("rule", BAD)
def test_refuses(rule):
    data, element = BAD[rule]

    findings = lint({"bad.bpmn": data}, KNOWN)

    errors = {(f.rule, f.element) for f in findings if f.severity == "error"}
    assert (rule, element) in errors
    assert {name for name, _ in errors} - {rule} <= TOGETHER.get(rule, set())


@pytest.mark.parametrize("rule", DOUBTFUL)
def test_warns_of(rule):
    data, element = DOUBTFUL[rule]

    findings = lint({"doubtful.bpmn": data}, KNOWN)

    assert (rule, element, "warning") in {(f.rule, f.element, f.severity) for f in findings}
    assert [f.rule for f in findings if f.severity == "error"] == []


@pytest.mark.parametrize("rule", BAD | DOUBTFUL)
def test_says_it_in_danish_and_how_to_mend_it(rule):
    data, _ = (BAD | DOUBTFUL)[rule]

    finding = next(f for f in lint({"bad.bpmn": data}, KNOWN) if f.rule == rule)

    for sentence in (finding.message, finding.mend):
        assert translated(sentence.id, "da") != sentence.id
        assert "{what}" not in sentence.text("da")
    assert finding.to_json("da")["severity"] == finding.severity


BORN = '=foedselsdato + duration("P16Y") - duration("P3M")'


@pytest.mark.parametrize(
    ("diagram", "rule"),
    [
        (starting(BORN, ext='<sag:timer late="P2Y" single="true"/>'), None),
        (starting("2027-01-01"), "start-moment"),
        (starting('=date("2027-01-01")'), "start-moment"),
        (starting("R/P1Y", "timeCycle"), "start-moment"),
        (starting("=max(foedselsdato, today())"), "start-reads"),
        (starting("=frist").replace(b"<bpmn:startEvent", DECLARED + b"<bpmn:startEvent"), "start-reads"),
        (starting(BORN, ext='<sag:timer late="to år"/>'), "timer-unreadable"),
        (starting(BORN, ext='<sag:timer calendar="working-days"/>'), "misplaced-word"),
        (line(d.catch("a", d.timer("P1D"), '<sag:timer late="P1D"/>')), "misplaced-word"),
    ],
)
def test_a_process_starts_by_the_clock_at_a_moment_that_facts_make(diagram, rule):
    errors = [f.rule for f in lint({"start.bpmn": diagram}, KNOWN) if f.severity == "error"]

    assert errors == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("clock", "pauses", "rule"),
    [("LOKAL", "b svar", None), ("LOV", "svar", "deadline-unreadable"), ("LOKAL", "end", "deadline-pauses")],
)
def test_only_the_municipality_s_clock_pauses_and_only_for_what_waits(clock, pauses, rule):
    ext = f'<sag:deadline key="k" class="{clock}" duration="P5D" pauses="{pauses}"/>'
    drawn = line(d.user("a", ext=ext), d.user("b"), d.node("receiveTask", "svar", messageRef="m"), shared=d.MESSAGE)

    errors = [f.rule for f in lint({"pause.bpmn": drawn}, KNOWN) if f.severity == "error"]

    assert errors == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("pauses", "errors"), [("q/vent", []), ("q/end", ["deadline-pauses"]), ("r/vent", ["deadline-pauses"])]
)
def test_a_clock_may_pause_for_what_waits_in_a_called_process(pauses, errors):
    ext = f'<sag:deadline key="k" class="LOKAL" duration="P5D" pauses="{pauses}"/>'
    caller = line(d.node("callActivity", "kald", ext=ext, calledElement="q"))
    called = d.process(d.start(), d.user("vent"), d.end(), flows="start vent, vent end", name="q")

    found = [f for f in lint({"p.bpmn": caller, "q.bpmn": called}, KNOWN) if f.severity == "error"]

    assert [(f.file, f.rule, f.element) for f in found] == [("p.bpmn", rule, "kald") for rule in errors]


@pytest.mark.parametrize(
    ("inner", "errors"),
    [(d.catch("a", d.message()), []), (d.catch("a", d.timer("P1D")), ["misplaced-word"])],
    ids=["a message", "a timer"],
)
def test_a_person_can_only_tell_of_a_message(inner, errors):
    drawn = line(inner.replace(" id=", ' sag:byHand="true" id=', 1), shared=d.MESSAGE)

    assert [f.rule for f in lint({"p.bpmn": drawn}, KNOWN) if f.severity == "error"] == errors


@pytest.mark.parametrize(
    ("inner", "errors"),
    [(d.node("intermediateThrowEvent", "a", d.message()), []), (d.catch("a", d.message()), ["misplaced-word"])],
    ids=["is sent", "is awaited"],
)
def test_only_a_message_that_is_sent_is_for_somebody_outside(inner, errors):
    drawn = line(inner.replace(" id=", ' sag:outward="true" id=', 1), shared=d.MESSAGE)

    assert [f.rule for f in lint({"p.bpmn": drawn}, KNOWN) if f.severity == "error"] == errors


@pytest.mark.parametrize("block", range(10))
def test_has_no_error_for_sound_models(block):
    for seed in range(1 + block * 30, 31 + block * 30):
        errors = [(f.rule, f.element) for f in lint({"m": to_xml(sound_model(seed))}, Known()) if f.severity == "error"]

        assert (seed, errors) == (seed, [])


def test_what_cannot_be_compiled_has_an_error():
    for rule, (data, _) in (BAD | DOUBTFUL).items():
        if rule in UNREADABLE or any(f.severity == "error" for f in lint({"x": data}, Known())):
            continue
        assert compile_definition("p", [data]).process_id == "p", rule


def test_an_error_is_caught_by_a_caller_in_another_file():
    inside = d.process(
        d.start(), d.user("a"), d.end("end", d.error()), flows="start a, a end", shared=d.ERROR, name="kaldt"
    )
    call = d.node("callActivity", "kald", calledElement="kaldt")
    nodes = [d.start(), call, d.boundary("b", "kald", d.error()), d.end()]
    outside = d.process(*nodes, flows="start kald, kald end, b end", shared=d.ERROR)

    together = lint({"inside": inside, "outside": outside}, Known())
    beside = lint({"inside": inside}, Known(), {"outside": outside})

    assert [f.rule for f in together + beside if f.severity == "error"] == []


def test_calls_that_go_round_over_two_files_are_found():
    files = {
        name: line(d.node("callActivity", "kald", calledElement=other)).replace(b'id="p"', f'id="{name}"'.encode())
        for name, other in (("a", "b"), ("b", "a"))
    }

    assert {(f.file, f.rule) for f in lint(files, Known())} >= {("a", "call-recursion"), ("b", "call-recursion")}


def test_a_hundred_thousand_elements_are_refused_at_once():
    begun = time.process_time()

    lint({"large": BAD["too-many-elements"][0]}, Known())

    assert time.process_time() - begun < 1


def test_sixty_elements_take_a_tenth_of_a_second():
    names = [f"t{i}" for i in range(60)]
    data = line(*(d.script(name, x=f"=alder + {i}") for i, name in enumerate(names)))
    lint({"warm": data}, KNOWN)
    begun = time.process_time()

    lint({"sixty": data}, KNOWN)

    assert time.process_time() - begun < 0.3  # 0.1 on an idle machine
