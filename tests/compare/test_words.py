"""Each kind of change in a diagram: the sentence, and whether it affects what happens."""

from __future__ import annotations

import pytest

from casework.compare import Files, Kind, compare
from tests.diagrams import HEAD

DIAGRAM = f"""{HEAD}
<bpmn:message id="m1" name="Svar"/><bpmn:message id="m2" name="Afslag"/>
<bpmn:process id="p" name="Screening" isExecutable="true">
  <bpmn:extensionElements>
    <sag:deadline key="screening" class="LOKAL" duration="P10D" calendar="working-days" law="bl136" met="vurder"/>
    <sag:variable name="spor" type="string" da="Spor" en="Track"/>
  </bpmn:extensionElements>
  <bpmn:laneSet id="lanes">
    <bpmn:lane id="modtagelse" name="Modtagelsen"><bpmn:flowNodeRef>vurder</bpmn:flowNodeRef></bpmn:lane>
    <bpmn:lane id="raadgiver" name="Rådgiver"><bpmn:flowNodeRef>regn</bpmn:flowNodeRef></bpmn:lane>
  </bpmn:laneSet>
  <bpmn:startEvent id="start" name="Begynd"/>
  <bpmn:userTask id="vurder" name="Vurdér" sag:nameEn="Assess" camunda:formKey="F05">
    <bpmn:documentation>Se på det hele.</bpmn:documentation>
    <bpmn:extensionElements>
      <sag:law key="bl136"/><sag:input name="a" value="=1"/><sag:assignment to="responsible"/>
    </bpmn:extensionElements>
  </bpmn:userTask>
  <bpmn:boundaryEvent id="ventet" name="Ventet" attachedToRef="vurder" cancelActivity="false">
    <bpmn:timerEventDefinition id="t"><bpmn:timeDuration>PT24H</bpmn:timeDuration></bpmn:timerEventDefinition>
  </bpmn:boundaryEvent>
  <bpmn:scriptTask id="regn" name="Regn">
    <bpmn:extensionElements>
      <sag:assign variable="x" value="=1"/><sag:assign variable="y" value="=x + 1"/>
    </bpmn:extensionElements>
  </bpmn:scriptTask>
  <bpmn:exclusiveGateway id="g" name="Hvad nu?" default="f_nej"/>
  <bpmn:intermediateCatchEvent id="svar" name="Svaret" sag:byHand="true">
    <bpmn:messageEventDefinition messageRef="m1"/>
  </bpmn:intermediateCatchEvent>
  <bpmn:callActivity id="kald" name="Kald" calledElement="del"/>
  <bpmn:endEvent id="slut" name="Slut"/>
  <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="vurder"/>
  <bpmn:sequenceFlow id="f_ja" sourceRef="g" targetRef="svar">
    <bpmn:conditionExpression>=x = 1</bpmn:conditionExpression>
  </bpmn:sequenceFlow><bpmn:sequenceFlow id="f_nej" sourceRef="g" targetRef="slut"/>
</bpmn:process></bpmn:definitions>"""

ASSIGNS = '<sag:assign variable="x" value="=1"/><sag:assign variable="y" value="=x + 1"/>'
FLOW_JA = DIAGRAM[DIAGRAM.index('<bpmn:sequenceFlow id="f_ja"') : DIAGRAM.index('<bpmn:sequenceFlow id="f_nej"')]
FLOW_NEJ = '<bpmn:sequenceFlow id="f_nej" sourceRef="g" targetRef="slut"/>'

#: What stood there, what stands there now, the sentence, and whether it affects what happens.
CHANGES = [
    ('"P10D"', '"P5D"', "Frist »screening«: 10 hverdage → 5 hverdage", True),
    (
        'calendar="working-days"',
        'calendar="calendar"',
        "Frist »screening«, dage tælles som: hverdage → kalenderdage",
        True,
    ),
    ('class="LOKAL"', 'class="LOV"', "Frist »screening«, klasse: LOKAL → LOV", True),
    ('met="vurder"', 'met="slut"', "Frist »screening«, opfyldes af: Vurdér → Slut", True),
    ('law="bl136"', 'law="bl137"', "Frist »screening«, hjemmel: bl136 → bl137", False),
    ('name="Vurdér"', 'name="Se på"', "Opgave »Se på«, navn: Vurdér → Se på", False),
    ("Se på det hele.", "x" * 90, "Opgave »Vurdér«, vejledning: ændret", False),
    ('"F05"', '"F06"', "Opgave »Vurdér«, formular: F05 → F06", True),
    ('<sag:law key="bl136"/>', "", "Opgave »Vurdér«, hjemmel: bl136 → intet", False),
    ('name="a" value="=1"', 'name="a" value="=2"', "Opgave »Vurdér«, input »a«: =1 → =2", True),
    (
        '<sag:assignment to="responsible"/>',
        '<sag:assignment to="starter"/>',
        "Opgave »Vurdér«, hvem får opgaven: den ansvarlige sagsbehandler → den, der startede forløbet",
        True,
    ),
    ("<bpmn:flowNodeRef>regn<", "<bpmn:flowNodeRef>vurder</bpmn:flowNodeRef><bpmn:flowNodeRef>regn<", "", True),
    (
        'cancelActivity="false"',
        'cancelActivity="true"',
        "Hændelse på kanten »Ventet«, afbryder trinnet: nej → ja",
        True,
    ),
    ("PT24H", "PT12H", "Hændelse på kanten »Ventet«, ventetid: 24 timer → 12 timer", True),
    ("PT24H", "PT86400S", "Hændelse på kanten »Ventet«, ventetid: PT24H → PT86400S", True),
    (
        ASSIGNS,
        '<sag:assign variable="y" value="=x + 1"/><sag:assign variable="x" value="=1"/>',
        "Beregning »Regn«, værdiernes rækkefølge: x, y → y, x",
        True,
    ),
    (
        'default="f_nej"',
        'default="f_ja"',
        "Port »Hvad nu?«, vej, når intet andet passer: Hvad nu? → Slut → Hvad nu? → Svaret",
        True,
    ),
    ("=x = 1", "=x = 2", "Vej »Hvad nu? → Svaret«, betingelse: =x = 1 → =x = 2", True),
    ('targetRef="vurder"', 'targetRef="regn"', "Vej »Begynd → Regn«, fører til: Vurdér → Regn", True),
    (FLOW_NEJ, "", "Vej »Hvad nu? → Slut«: fjernet", True),
    (
        FLOW_JA + FLOW_NEJ,
        FLOW_NEJ + FLOW_JA,
        "Vej »Hvad nu? → Slut«: flyttet, stod efter Vej »Hvad nu? → Svaret«, står først",
        True,
    ),
    ('messageRef="m1"', 'messageRef="m2"', "Hændelse »Svaret«, besked: Svar → Afslag", True),
    ('name="Afslag"', 'name="Nej"', "Besked »Nej«, navn: Afslag → Nej", True),
    ('sag:byHand="true"', "", "Hændelse »Svaret«, et menneske kan melde, at det er sket: ja → intet", True),
    ('calledElement="del"', 'calledElement="andet"', "Kald »Kald«, forløb, der kaldes: del → andet", True),
    ('type="string"', 'type="list"', "Variabel »Spor«, type: string → list", True),
    ('process id="p"', 'process id="q"', "Forløb »Screening«, id: p → q", True),
    ("<bpmn:userTask ", "<bpmn:manualTask ", "", True),
    (
        '<bpmn:endEvent id="slut" name="Slut"/>',
        '<bpmn:endEvent id="slut" name="Slut"><bpmn:terminateEventDefinition/></bpmn:endEvent>',
        "Slut »Slut«, afslutter alt: intet → er der",
        True,
    ),
    (
        '<sag:assign variable="x"',
        '<sag:ukendt a="b"/><sag:assign variable="x"',
        "Beregning »Regn«, »sag:ukendt@a«: intet → b",
        True,
    ),
]


@pytest.mark.parametrize(("before", "after", "sentence", "affects"), CHANGES)
def test_says_what_has_changed(before, after, sentence, affects):
    assert before in DIAGRAM
    changed = DIAGRAM.replace(before, after, 1)
    if before == "<bpmn:userTask ":
        changed = changed.replace("</bpmn:userTask>", "</bpmn:manualTask>")
        sentence = "Opgave uden for systemet »Vurdér«, slags trin: Opgave → Opgave uden for systemet"

    found = list(compared(changed).changes)

    if sentence:
        assert [change.sentence.text("da") for change in found] == [sentence]
    assert [change.affects_execution for change in found] == [affects] * max(1, len(found))


def test_says_it_in_english_too():
    (change,) = compared(DIAGRAM.replace('"P10D"', '"P5D"')).changes

    assert change.sentence.text("en") == "Deadline »screening«: 10 working days → 5 working days"


def test_a_new_task_is_one_change_with_all_that_it_holds():
    inner = '<bpmn:extensionElements><sag:deadline key="k"/></bpmn:extensionElements>'
    task = f'<bpmn:userTask id="ring" name="Ring">{inner}</bpmn:userTask>'

    told = compared(DIAGRAM.replace("<bpmn:scriptTask", task + "<bpmn:scriptTask"))
    back = compare(Files(diagrams={"p": told_bytes(task)}), Files(diagrams={"p": DIAGRAM.encode()}))

    assert [change.sentence.text("da") for change in told.changes] == ["Opgave »Ring«: tilføjet"]
    assert [change.sentence.text("da") for change in back.changes] == ["Opgave »Ring«: fjernet"]
    assert (told.marks("p")[Kind.ADDED], back.marks("p")[Kind.REMOVED]) == (["ring"], ["ring"])


def test_what_editors_add_and_drop_at_will_is_no_change():
    spoken = DIAGRAM.replace('name="Slut"/>', 'name="Slut"><bpmn:incoming>f_nej</bpmn:incoming></bpmn:endEvent>')
    prefixed = spoken.replace("<bpmn:", "<b:").replace("</bpmn:", "</b:").replace("xmlns:bpmn", "xmlns:b")

    told = compared(prefixed)

    assert (told.changes, told.layout) == ((), 0)


def test_files_come_and_go():
    told = compare(
        Files(diagrams={"p": DIAGRAM.encode()}), Files(diagrams={"p": DIAGRAM.encode(), "q": DIAGRAM.encode()})
    )

    assert [change.sentence.text("da") for change in told.changes] == ["Diagram »Screening«: tilføjet"]


def told_bytes(task):
    return DIAGRAM.replace("<bpmn:scriptTask", task + "<bpmn:scriptTask").encode()


def compared(changed):
    return compare(Files(diagrams={"p": DIAGRAM.encode()}), Files(diagrams={"p": changed.encode()}))
