"""For each rule of lint a diagram, drawn by hand, that breaks it, and the element that the finding names."""

# ruff: noqa: E501  one diagram a line reads as a table

from __future__ import annotations

from itertools import pairwise

from tests import diagrams as d

SUBSCRIBED = (
    '<bpmn:multiInstanceLoopCharacteristics camunda:collection="=boern"{}</bpmn:multiInstanceLoopCharacteristics>'
)
INSIDE = d.with_flows((d.start("s2"), d.user("i"), d.end("e2")), "s2 i, i e2")
RULE = {"camunda_decisionRef": "tabel", "camunda_resultVariable": "x"}


def line(*nodes: str, shared: str = "", inner: str = "") -> bytes:
    """Start, the nodes, end; one after the other."""
    ids = [n.split('id="', 1)[1].split('"', 1)[0] for n in nodes]
    names = ["start", *ids, "end"]
    flows = ", ".join(f"{a} {b}" for a, b in pairwise(names))
    return d.process(d.start(), *nodes, d.end(), flows=flows, shared=shared, inner=inner)


def starting(text: str, kind: str = "timeDate", ext: str = "") -> bytes:
    """A process that starts by the clock."""
    return d.process(d.node("startEvent", "s", d.timer(text, kind), ext), d.user("a"), d.end(), flows="s a, a end")


def around(host: str, event: str, *, interrupting: bool = True, after: str = "b end", shared: str = "") -> bytes:
    nodes = [d.start(), host, d.boundary("b", "a", event, interrupting=interrupting), d.end()]
    return d.process(*nodes, flows=f"start a, a end, {after}", shared=shared)


def parallel(flows: str, *more: str, tag: str = "parallelGateway") -> bytes:
    gates = [d.node(tag, "split"), d.node(tag, "join")]
    return d.process(d.start(), *gates, d.user("a"), d.user("b"), *more, d.end(), flows=flows)


GATE = d.node("eventBasedGateway", "g")
WAITS = [d.catch("m1", d.message()), d.catch("t1", d.timer("P1D"))]
BEHIND = "start g, g m1, g t1, m1 end, t1 end"
CHOICE = [d.start(), d.choice("g"), d.user("a"), d.user("b"), d.end()]
SPLIT = "start split, split a, split b, a join, b join, join end"
RINGED = [d.node("inclusiveGateway", name) for name in ("split", "j1", "j2")]

#: rule: (diagram, element named)
BAD: dict[str, tuple[bytes, str]] = {
    "not-xml": (b"hello", ""),
    "not-utf-8": (b"<?xml version='1.0' encoding='ISO-8859-1'?>" + line(d.user("a")).partition(b"?>")[2], ""),
    "too-large": (b"<a>" + b" " * 5_000_001 + b"</a>", ""),
    "too-many-elements": (d.HEAD.encode() + b"<bpmn:x/>" * 100_000 + b"</bpmn:definitions>", ""),
    "too-deep": (b"<a>" * 300 + b"</a>" * 300, ""),
    "xml-entities": (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', ""),
    "not-bpmn": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', ""),
    "no-executable-process": (line(d.user("a")).replace(b'isExecutable="true"', b'isExecutable="false"'), ""),
    "no-start-event": (d.process(d.user("a"), d.end(), flows="a end"), "p"),
    "duplicate-id": (line(d.user("a"), d.user("b")).replace(b'id="b"', b'id="a"'), "a"),
    "bad-id": (line(d.user("a")).replace(b'id="a"', b'id="a b"'), "a b"),
    "unknown-element": (line(d.user("a"), inner="<bpmn:choreographyTask id='c'/>"), "c"),
    "unsupported-element": (line(d.node("transaction", "a", INSIDE)), "a"),
    "event-subprocess": (line(d.user("x"), inner=d.node("subProcess", "a", INSIDE, triggeredByEvent="true")), "a"),
    "compensation": (line(d.user("x"), inner=d.user("a", isForCompensation="true")), "a"),
    "dangling-flow": (line(d.user("a")).replace(b'targetRef="a"', b'targetRef="away"'), "f_start_0"),
    "flow-crosses-border": (line(d.node("subProcess", "a", INSIDE)).replace(b'targetRef="end"', b'targetRef="i"'), "f_a_1"),
    "unreachable": (d.process(d.start(), d.user("a"), d.user("b"), d.end(), flows="start a, a end, b end"), "b"),
    "no-way-out": (d.process(d.start(), d.user("a"), flows="start a"), "a"),
    "flow-out-of-end": (d.process(d.start(), d.user("a"), d.end(), d.end("e"), flows="start a, a end, end e"), "end"),
    "flow-into-start": (d.process(d.start(), d.user("a"), d.choice("g"), d.end(), flows="start a, a g, g end else, g start if =x"), "start"),
    "several-ways-out": (d.process(d.start(), d.user("a"), d.end(), d.end("e"), flows="start a, a end, a e"), "a"),
    "condition-ignored": (d.process(d.start(), d.user("a"), d.end(), flows="start a, a end if =x"), "f_a_1"),
    "unknown-default": (d.process(*CHOICE, flows="start g, g a if =x, g b else, a end, b end").replace(b'default="f_g_2"', b'default="f_a_3"'), "g"),
    "flow-without-condition": (d.process(*CHOICE, flows="start g, g a, g b else, a end, b end"), "f_g_1"),
    "may-find-no-way": (d.process(*CHOICE, flows="start g, g a if =x, g b if =y, a end, b end"), "g"),
    "subprocess-start": (line(d.node("subProcess", "a", d.with_flows((d.start("s1"), d.start("s2"), d.end("e2")), "s1 e2, s2 e2"))), "a"),
    "no-end-event": (line(d.node("subProcess", "a", d.with_flows((d.start("s2"), d.user("i")), "s2 i"))), "a"),
    "several-events": (line(d.catch("a", d.timer("P1D") + d.message()), shared=d.MESSAGE), "a"),
    "event-kind": (line(d.node("intermediateThrowEvent", "a", "<bpmn:linkEventDefinition/>")), "a"),
    "boundary-without-host": (around(d.user("a"), d.timer("P1D")).replace(b'attachedToRef="a"', b'attachedToRef="end"'), "b"),
    "error-not-interrupting": (around(d.user("a"), d.error(), interrupting=False, shared=d.ERROR), "b"),
    "gateway-target": (d.process(d.start(), GATE, d.user("m1"), WAITS[1], d.end(), flows=BEHIND), "m1"),
    "gateway-target-entered": (d.process(d.start(), d.choice("x"), GATE, *WAITS, d.end(), flows=BEHIND.replace("start g", "start x, x g else, x m1 if =y"), shared=d.MESSAGE), "m1"),
    "boundary-behind-gateway": (
        d.process(d.start(), GATE, d.node("receiveTask", "m1", messageRef="m"), WAITS[1], d.boundary("b", "m1", d.timer("P1D")), d.end(), flows=BEHIND + ", b end", shared=d.MESSAGE),
        "m1",
    ),
    "loop-behind-gateway": (
        d.process(d.start(), GATE, d.node("receiveTask", "m1", SUBSCRIBED.format(">"), messageRef="m"), WAITS[1], d.end(), flows=BEHIND, shared=d.MESSAGE),
        "m1",
    ),
    "loop-without-amount": (line(d.user("a", "<bpmn:multiInstanceLoopCharacteristics/>")), "a"),
    "loop-with-two-amounts": (line(d.user("a", SUBSCRIBED.format("><bpmn:loopCardinality>3</bpmn:loopCardinality>"))), "a"),
    "output-collection": (line(d.user("a", SUBSCRIBED.format("><bpmn:loopDataOutputRef>ud</bpmn:loopDataOutputRef>"))), "a"),
    "not-feel": (d.process(*CHOICE, flows="start g, g a if ${x}, g b else, a end, b end"), "f_g_1"),
    "feel-syntax": (line(d.script("a", x="=1 +")), "a"),
    "variable-name": (line(d.node("scriptTask", "a", ext='<sag:assign variable="to ord" value="=1"/>')), "a"),
    "timer-unreadable": (line(d.catch("a", d.timer("PT"))), "a"),
    "start-moment": (starting("P1D", "timeDuration"), "s"),
    "start-reads": (starting("=barnAlder + now", "timeDate"), "s"),
    "deadline-unreadable": (line(d.user("a", ext='<sag:deadline key="k" class="LOV" duration="10 dage"/>')), "a"),
    "deadline-pauses": (line(d.user("a", ext='<sag:deadline key="k" class="LOKAL" duration="P1D" pauses="væk"/>')), "a"),
    "deadline-place": (line(d.catch("a", d.timer("P1D"), '<sag:deadline key="k" class="LOV" duration="P1D"/>')), "a"),
    "deadline-end": (
        line(d.user("a"), inner='<bpmn:extensionElements><sag:deadline key="k" class="LOV" duration="P1D" met="x"/></bpmn:extensionElements>'),
        "p",
    ),
    "unknown-form": (line(d.user("a", camunda_formKey="F99")), "a"),
    "unknown-lane": (line(d.user("a", camunda_candidateGroups="ukendt")), "a"),
    "no-decision": (line(d.node("businessRuleTask", "a")), "a"),
    "unknown-decision": (line(d.node("businessRuleTask", "a", **{**RULE, "camunda_decisionRef": "anden"})), "a"),
    "no-called-process": (line(d.node("callActivity", "a")), "a"),
    "unknown-process": (line(d.node("callActivity", "a", calledElement="væk")), "a"),
    "job-without-topic": (line(d.node("serviceTask", "a")), "a"),
    "unknown-handler": (line(d.job("a", topic="ukendt")), "a"),
    "no-template": (line(d.job("a")), "a"),
    "unknown-template": (line(d.job("a", ext='<sag:input name="template" value="kærlighed"/>')), "a"),
    "message-without-name": (line(d.node("receiveTask", "a")), "a"),
    "unknown-law": (line(d.user("a", ext='<sag:law key="bl999"/>')), "a"),
    "call-recursion": (line(d.node("callActivity", "a", calledElement="p")), "a"),
    "several-plain-starts": (d.process(d.start(), d.start("s2"), d.user("a"), d.end(), flows="start a, s2 a, a end"), "s2"),
    "uncaught-error": (d.process(d.start(), d.user("a"), d.end("end", d.error()), flows="start a, a end", shared=d.ERROR), "end"),
    "unknown-word": (line(d.user("a", ext='<sag:dedline key="k"/>')), "a"),
    "misplaced-word": (line(d.user("a", ext='<sag:assign variable="x" value="=1"/>')), "a"),
    "unknown-assignment": (line(d.user("a", ext='<sag:assignment to="chefen"/>')), "a"),
    "script-in-code": (line(d.node("scriptTask", "a", "<bpmn:script>x = 1</bpmn:script>", scriptFormat="python")), "a"),
    "join-of-alternatives": (
        d.process(*CHOICE, d.node("parallelGateway", "join"), flows="start g, g a if =x, g b else, a join, b join, join end"),
        "join",
    ),
    "join-may-wait": (parallel(SPLIT + ", late away", d.boundary("late", "a", d.timer("P1D")), d.end("away")), "join"),
    "inclusive-joins-in-ring": (
        d.process(
            d.start(), *RINGED, d.choice("x1"), d.choice("x2"), d.user("a"), d.user("b"), d.end(),
            flows="start split, split j1 if =p, split j2 else, j1 a, a x1, x1 j2 if =q, x1 end else, j2 b, b x2, x2 j1 if =r, x2 end else",
        ),
        "j1",
    ),
    "join-after-non-interrupting": (
        parallel(SPLIT.replace("start split", "start x, x end, note split"), d.user("x"), d.boundary("note", "x", d.message(), interrupting=False)).replace(
            b"<bpmn:process", d.MESSAGE.encode() + b"<bpmn:process"
        ),
        "join",
    ),
}  # fmt: skip

PICTURE = (
    b'<di:BPMNDiagram xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI"><di:BPMNPlane bpmnElement="p">'
    b'<di:BPMNShape bpmnElement="start"/><di:BPMNShape bpmnElement="end"/></di:BPMNPlane></di:BPMNDiagram></bpmn:definitions>'
)
#: Warnings: what lint cannot judge, or what does nothing.
DOUBTFUL: dict[str, tuple[bytes, str]] = {
    "nothing-to-do": (line(), "start"),
    "data-is-drawn-only": (line(d.user("a"), inner='<bpmn:dataObjectReference id="x"/>'), "x"),
    "endless": (d.process(d.start(), d.user("a"), d.user("b"), flows="start a, a b, b a"), "start"),
    "default-with-condition": (d.process(*CHOICE, flows="start g, g a if =x, g b if =y, a end, b end").replace(b'id="g"', b'id="g" default="f_g_2"'), "f_g_2"),
    "one-event-only": (d.process(d.start(), GATE, WAITS[1], d.end(), flows="start g, g t1, t1 end"), "g"),
    "user-task-without-form": (line(d.user("a", camunda_formKey="")), "a"),
    "user-task-without-lane": (line(d.user("a")), "a"),
    "deadline-elsewhere": (line(d.user("a", ext='<sag:deadlineRef key="k"/>')), "a"),
    "uncaught-escalation": (line(d.node("intermediateThrowEvent", "a", "<bpmn:escalationEventDefinition/>")), "a"),
    "ignored-word": (line(d.user("a", camunda_assignee="Mette")), "a"),
    "outside-of-processes": (line().replace(b"<bpmn:process", b'<bpmn:globalUserTask id="x"/><bpmn:process', 1), "x"),
    "not-drawn": (line(d.user("a", camunda_formKey="F01")).replace(b"</bpmn:definitions>", PICTURE), ""),
    "script-without-effect": (line(d.node("scriptTask", "a")), "a"),
    "runs-twice": (parallel("start split, split a, split b, a x, b x, x c, c end", d.choice("x"), d.user("c")).replace(b'<bpmn:parallelGateway id="join" name="Join"></bpmn:parallelGateway>', b""), "x"),
}  # fmt: skip
