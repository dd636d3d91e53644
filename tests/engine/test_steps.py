"""Starting and advancing: what opens, what closes, what becomes a variable."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.engine import (
    Complete,
    NotStandingError,
    StateFormatError,
    advance,
    compile_definition,
    progress,
    standing,
    start,
)
from casework.errors import InvalidError
from tests import diagrams as d
from tests.engine.conftest import NOW


def test_a_completed_task_opens_what_follows(begin):
    case = begin(d.process(d.start(), d.user("a"), d.user("b"), d.end(), flows="start a, a b, b end"))

    step = case.complete("a", akut=True)

    assert [(c.element_id, c.how) for c in step.closed] == [("a", "completed")]
    assert [(o.kind, o.element_id) for o in step.opened] == [("user_task", "b")]
    assert step.variables == {"akut": True}
    assert case.history == [("start", "completed"), ("a", "completed")]


def test_says_where_it_ended(begin):
    case = begin(d.process(d.start(), d.user("a"), d.end("godt"), flows="start a, a godt"))

    step = case.complete("a")

    assert step.is_completed
    assert step.ended_at == ("godt",)
    assert case.stands() == []
    assert progress(case.definition, step.state) == []


def test_element_ids_may_be_those_of_the_engines_own_parts(begin):
    case = begin(d.process(d.start("Start"), d.user("Root"), d.end("End"), flows="Start Root, Root End"))

    assert case.complete("Root").is_completed


def test_a_job_gives_only_what_it_declares(begin):
    ext = (
        '<sag:input name="template" value="kvittering"/><sag:input name="antal" value="=1 + 1"/>'
        '<sag:output variable="brevId" value="=result.id"/>'
    )
    case = begin(d.process(d.start(), d.job("brev", ext), d.end(), flows="start brev, brev end"))

    opened = case.step.opened[0]
    step = case.done("brev", id="b-1", secret="x")

    assert (opened.kind, dict(opened.inputs)) == ("job", {"template": "kvittering", "antal": 2})
    assert step.variables == {"brevId": "b-1"}


def test_a_message_leaves_with_its_declared_payload(begin):
    ext = '<sag:input name="svar" value="=akut"/>'
    end = d.end("end", d.message(), ext)
    case = begin(d.process(d.start(), d.user("a"), end, flows="start a, a end", shared=d.MESSAGE))

    step = case.complete("a", akut=True, hemmeligt=1)

    assert [(s.name, s.payload) for s in step.sent] == [("Svar", {"svar": True})]


def test_a_received_message_gives_what_is_declared(begin):
    ext = '<sag:output variable="svar" value="=result.tekst"/><sag:correlation value="=nummer"/>'
    wait = d.catch("svaret", d.message(), ext)
    files = d.process(d.start(), wait, d.end(), flows="start svaret, svaret end", shared=d.MESSAGE)
    case = begin(files, variables={"nummer": 7})

    opened = case.step.opened[0].wait
    step = case.fire("svaret", tekst="ja")

    assert (opened.kind, opened.name, opened.correlation) == ("message", "Svar", 7)
    assert step.variables == {"nummer": 7, "svar": "ja"}


def test_script_assignments_see_those_before_them(begin):
    case = begin(
        d.process(
            d.start(), d.script("s", x="=1 + 1", y="=x * 3", z="ord"), d.user("a"), d.end(), flows="start s, s a, a end"
        )
    )

    assert case.variables == {"x": 2, "y": 6, "z": "ord"}


def test_a_timer_that_opens_says_its_value_and_start(begin):
    ext = '<sag:timer calendar="working-days" start="=now"/>'
    wait = d.catch("vent", d.timer('=duration("P" + string(dage) + "D")'), ext)
    case = begin(d.process(d.start(), wait, d.end(), flows="start vent, vent end"), variables={"dage": 4})

    wait = case.step.opened[0].wait

    assert (wait.kind, wait.value, wait.start, wait.calendar) == (
        "timeDuration",
        timedelta(days=4),
        NOW,
        "working-days",
    )


def test_facts_stand_under_variables(begin):
    files = d.process(
        d.start(), d.script("s", x="=alder", y="=navn"), d.user("a"), d.end(), flows="start s, s a, a end"
    )
    case = begin(files, variables={"alder": 9}, facts={"alder": 8, "navn": "Emil"})

    assert (case.variables["x"], case.variables["y"]) == (9, "Emil")


def test_begins_at_the_named_start_event(begin):
    starts = [d.start("skole", d.message("m")), d.start("familie", d.message("m"))]
    files = d.process(
        *starts, d.user("a"), d.user("b"), d.end(), flows="skole a, familie b, a end, b end", shared=d.MESSAGE
    )

    assert begin(files, start_element="familie").open() == ["b"]
    assert begin(files, start_element="skole").open() == ["a"]
    with pytest.raises(InvalidError):
        begin(files)


def test_refuses_what_no_longer_stands(begin):
    case = begin(d.process(d.start(), d.user("a"), d.user("b"), d.end(), flows="start a, a b, b end"))
    task_id = case.stands("a")[0].task_id
    case.complete("a")

    for gone in (task_id, "no id", "0" * 32):
        with pytest.raises(NotStandingError):
            case.apply(Complete(gone))


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[1]", b'{"format":99}', b'{"format":1,"process":"andet"}'])
def test_refuses_foreign_bytes(data):
    definition = compile_definition("p", [d.process(d.start(), d.user("a"), d.end(), flows="start a, a end")])

    with pytest.raises(StateFormatError):
        standing(definition, data)


def test_refuses_the_state_of_an_element_that_is_gone():
    old = d.process(d.start(), d.user("a"), d.end(), flows="start a, a end")
    new = d.process(d.start(), d.user("b"), d.end(), flows="start b, b end")
    known = {"variables": {}, "facts": {}, "now": NOW}
    state = start(compile_definition("p", [old]), **known).state

    with pytest.raises(StateFormatError):
        advance(compile_definition("p", [new]), state, Complete("0" * 32), **known)
