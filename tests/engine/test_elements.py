"""What a definition says of its elements, and that it may be shared."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from casework.engine import Complete, DefinitionError, advance, compile_definition, start
from tests import diagrams as d
from tests.engine.bad_diagrams import line

ZEEBE = 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
LANES = (
    '<bpmn:laneSet><bpmn:lane id="modtagelse" name="Modtagelsen"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane>'
    '<bpmn:lane id="raadgiver" name="Rådgiver"><bpmn:flowNodeRef>sub</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>'
)


def element(*nodes, name="a", **more):
    return compile_definition("p", [line(*nodes, **more)]).element("p", name)


def test_knows_what_a_user_task_needs():
    ext = (
        '<sag:deadline key="vurdering24" class="LOV" duration="PT24H" calendar="elapsed" law="bl136" e1="PT8H"/>'
        '<sag:assignment to="responsible" separation="true"/><sag:law key="bl136"/><sag:deadlineRef key="andet"/>'
    )
    task = d.user("a", "<bpmn:documentation>Se på barnet.</bpmn:documentation>", ext, sag_nameEn="Assess")

    found = element(task, inner=LANES)

    assert (found.name, found.name_en, found.form_key, found.lane) == ("A", "Assess", "F01", "modtagelse")
    assert found.documentation == "Se på barnet."
    (deadline,) = found.deadlines
    assert (deadline.key, deadline.deadline_class, deadline.duration, deadline.e1) == (
        "vurdering24",
        "LOV",
        "PT24H",
        "PT8H",
    )
    assert (found.assignment.to, found.assignment.separation) == ("responsible", True)
    assert (found.laws, found.deadline_refs) == (("bl136",), ("andet",))


def test_a_group_of_candidates_goes_before_the_lane():
    assert element(d.user("a", camunda_candidateGroups="teamleder"), inner=LANES).lane == "teamleder"


def test_what_stands_in_a_subprocess_is_in_its_lane():
    inside = d.with_flows((d.start("s2"), d.user("a2"), d.end("e2")), "s2 a2, a2 e2")
    found = element(d.node("subProcess", "sub", inside), name="a2", inner=LANES)

    assert (found.lane, found.scope) == ("raadgiver", "sub")


def test_knows_title_variables_and_deadlines_of_the_process():
    ext = '<sag:variable name="akut" type="boolean" da="Akut" en="Urgent"/>'
    ext += '<sag:deadline key="k" class="LOV" duration="P1D" met="a"/>'
    definition = compile_definition(
        "p", [line(d.user("a"), inner=f"<bpmn:extensionElements>{ext}</bpmn:extensionElements>")]
    )

    process = definition.process("p")

    assert (process.name, definition.name) == ("Proces p", "Proces p")
    assert [(v.name, v.type, v.da, v.en) for v in process.variables] == [("akut", "boolean", "Akut", "Urgent")]
    assert [rule.met for rule in process.deadlines] == ["a"]


def test_reads_the_words_of_camunda_8():
    ext = f'<zeebe:formDefinition {ZEEBE} formId="F02"/>'
    job = f'<zeebe:taskDefinition {ZEEBE} type="letter"/>'

    assert element(d.user("a", ext=ext, camunda_formKey="")).form_key == "F02"
    assert element(d.node("serviceTask", "a", ext=job)).topic == "letter"


@pytest.mark.parametrize("process", ["væk", "p"])
def test_refuses_what_makes_no_process(process):
    files = [d.process(d.start(), d.node("complexGateway", "a"), d.end(), flows="start a, a end")]

    with pytest.raises(DefinitionError):
        compile_definition(process, files)


def test_threads_share_a_definition():
    definition = compile_definition(
        "p", [line(d.user("a", '<bpmn:standardLoopCharacteristics loopMaximum="3"/>'), d.user("b"))]
    )
    known = {"variables": {}, "facts": {}, "now": None}

    def run(_):
        step, steps = start(definition, **known), 0
        while not step.is_completed:
            (open_,) = step.opened
            step, steps = advance(definition, step.state, Complete(open_.task_id), **known), steps + 1
        return steps

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(run, range(100))) == [4] * 100
