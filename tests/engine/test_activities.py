"""Subprocesses, calls and loops, on FEEL."""

from __future__ import annotations

from casework.engine import progress
from tests import diagrams as d

DEADLINE = '<sag:deadline key="k" class="LOKAL" duration="P10D"/>'


def each(collection="=boern", item="barn", more="", sequential="false"):
    attributes = f'camunda:collection="{collection}" camunda:elementVariable="{item}" isSequential="{sequential}"'
    return f"<bpmn:multiInstanceLoopCharacteristics {attributes}>{more}</bpmn:multiInstanceLoopCharacteristics>"


def called(*nodes, flows):
    return d.process(d.start(), *nodes, d.end(), flows=flows, name="kaldt")


def test_inputs_of_a_call_are_local_and_read_only(begin):
    ext = '<sag:input name="hvem" value="=navn"/><sag:output variable="efter" value="=hvem"/>'
    call = d.node("callActivity", "kald", ext=ext, calledElement="kaldt")
    inside = called(d.script("s", set="=hvem"), d.user("a"), flows="start s, s a, a end")
    case = begin(d.process(d.start(), call, d.end(), flows="start kald, kald end"), inside, variables={"navn": "Emil"})

    standing = case.step.opened[0]
    step = case.complete("a")

    assert (standing.process_id, standing.path, dict(standing.items)) == ("kaldt", ("kald",), {"hvem": "Emil"})
    assert step.variables == {"navn": "Emil", "set": "Emil", "efter": "Emil"}
    assert step.is_completed


def test_two_files_may_use_the_same_element_ids(begin):
    call = d.node("callActivity", "a", calledElement="kaldt")
    case = begin(
        d.process(d.start(), call, d.end(), flows="start a, a end"), called(d.user("a"), flows="start a, a end")
    )

    assert progress(case.definition, case.step.state) == [("p", "a", ()), ("kaldt", "a", ("a",))]
    assert case.complete("a").is_completed


def test_a_called_process_begins_at_its_plain_start_event(begin):
    call = d.node("callActivity", "kald", calledElement="kaldt")
    nodes = [d.start("besked", d.message("m")), d.start("start"), d.user("a"), d.user("b"), d.end()]
    inside = d.process(*nodes, flows="besked b, start a, a end, b end", name="kaldt", shared=d.MESSAGE)

    case = begin(d.process(d.start(), call, d.end(), flows="start kald, kald end"), inside)

    assert case.open() == ["a"]


def test_each_instance_sees_its_own_item_only(begin):
    files = d.process(
        d.start(), d.user("hør", each()), d.user("efter"), d.end(), flows="start hør, hør efter, efter end"
    )
    case = begin(files, variables={"boern": ["Emil", "Ida"]})

    items = [dict(s.items) for s in case.stands("hør")]
    case.complete("hør")
    case.complete("hør")

    assert items == [{"barn": "Emil"}, {"barn": "Ida"}]
    assert dict(case.stands("efter")[0].items) == {}
    assert case.history[1:] == [("hør", "completed")] * 3


def test_a_completion_condition_cancels_the_other_instances(begin):
    stop = "<bpmn:completionCondition>=nok</bpmn:completionCondition>"
    files = d.process(d.start(), d.user("hør", each(more=stop)), d.end(), flows="start hør, hør end")
    case = begin(files, variables={"boern": [1, 2, 3]})

    step = case.complete("hør", nok=True)

    assert sorted(c.how for c in step.closed) == ["cancelled", "cancelled", "completed"]
    assert step.is_completed


def test_a_sequential_instance_follows_the_other_with_dates_as_items(begin):
    files = d.process(
        d.start(), d.user("mød", each("=datoer", "dag", sequential="true")), d.end(), flows="start mød, mød end"
    )
    case = begin(files, variables={"datoer": ["2026-11-03", "2026-11-04"]})

    first = dict(case.stands("mød")[0].items)
    case.complete("mød")

    assert (first, dict(case.stands("mød")[0].items)) == ({"dag": "2026-11-03"}, {"dag": "2026-11-04"})


def test_nothing_to_repeat_is_passed_at_once(begin):
    files = d.process(d.start(), d.user("hør", each()), d.end(), flows="start hør, hør end")

    assert begin(files, variables={"boern": []}).step.is_completed


def test_an_activity_with_a_deadline_stands_while_it_runs(begin):
    inside = d.with_flows((d.start("s2"), d.user("a"), d.end("e2")), "s2 a, a e2")
    sub = d.node("subProcess", "sub", inside, DEADLINE)
    case = begin(d.process(d.start(), sub, d.end(), flows="start sub, sub end"))

    opened = [(s.kind, s.element_id) for s in case.step.opened]
    step = case.complete("a")

    assert sorted(opened) == [("activity", "sub"), ("user_task", "a")]
    assert ("sub", "activity", "completed") in {(c.element_id, c.kind, c.how) for c in step.closed}


def test_of_a_looping_subprocess_the_loop_stands_as_a_whole(begin):
    inside = d.with_flows((d.start("s2"), d.user("a"), d.end("e2")), "s2 a, a e2")
    sub = d.node("subProcess", "sub", each() + inside, DEADLINE)
    case = begin(d.process(d.start(), sub, d.end(), flows="start sub, sub end"), variables={"boern": [1, 2]})

    assert case.open() == ["a", "a", "sub"]
    case.complete("a")
    assert case.open() == ["a", "sub"]


def test_a_looping_task_has_its_deadline_in_each_instance(begin):
    files = d.process(d.start(), d.user("hør", each(), DEADLINE), d.end(), flows="start hør, hør end")
    case = begin(files, variables={"boern": [1, 2]})

    assert [s.kind for s in case.stands()] == ["user_task", "user_task"]


def test_an_error_from_outside_is_caught_at_the_job_itself(begin):
    nodes = [d.start(), d.job("brev"), d.boundary("fejl", "brev", d.error()), d.user("ret"), d.end()]
    case = begin(d.process(*nodes, flows="start brev, brev end, fejl ret, ret end", shared=d.ERROR))

    step = case.throw("brev", "E1")

    assert [(c.element_id, c.how) for c in step.closed] == [("brev", "cancelled")]
    assert case.open() == ["ret"]
    assert ("brev", "cancelled") in case.history


def test_an_error_from_outside_is_caught_around_the_call(begin):
    call = d.node("callActivity", "kald", calledElement="kaldt")
    nodes = [d.start(), call, d.boundary("fejl", "kald", d.error()), d.user("ret"), d.end()]
    outside = d.process(*nodes, flows="start kald, kald end, fejl ret, ret end", shared=d.ERROR)
    case = begin(outside, called(d.job("brev"), flows="start brev, brev end"))

    case.throw("brev", "E1")

    assert case.open() == ["ret"]
