"""A diagram of sixty elements: choices, branches at once, deadlines, reminders at boundaries, formulas on every choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROCESS, ELEMENTS = "sixty", 60
_HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:sag="urn:sagsgang:bpmn:1" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="urn:sagsgang">'
)
#: Four elements and six, ten each time; in the end two times four.
_PAIRS, _PLAIN = 5, 2


def sixty() -> bytes:
    """BPMN without a picture; every form and law that it names is there."""
    parts = ["<bpmn:startEvent id='start' name='Begynd'/>", "<bpmn:endEvent id='end' name='Færdig'/>"]
    last = "start"
    for number in range(_PAIRS):
        parts += [*_choice(f"c{number}", last), *_reminder(f"c{number}"), *_at_once(f"p{number}", f"c{number}_join")]
        last = f"p{number}_join"
    for number in range(_PAIRS, _PAIRS + _PLAIN):
        parts += _choice(f"c{number}", last)
        last = f"c{number}_join"
    body = "".join([*parts, _flow(last, "end")])
    process = f"<bpmn:process id='{PROCESS}' name='Tres' isExecutable='true'>{body}</bpmn:process>"
    return f"{_HEAD}{process}</bpmn:definitions>".encode()


def _choice(name: str, before: str) -> Iterator[str]:
    yield f"<bpmn:exclusiveGateway id='{name}' name='Haster det?' default='{name}_b_in'/>"
    yield from (_task(f"{name}_a"), _task(f"{name}_b"), f"<bpmn:exclusiveGateway id='{name}_join'/>")
    yield _flow(before, name)
    yield _flow(name, f"{name}_a", "=if barnetsAlder &lt; 15 then antal > 2 else erAkut = true")
    yield f"<bpmn:sequenceFlow id='{name}_b_in' sourceRef='{name}' targetRef='{name}_b'/>"
    yield from (_flow(f"{name}_{way}", f"{name}_join") for way in "ab")


def _at_once(name: str, before: str) -> Iterator[str]:
    yield from (f"<bpmn:parallelGateway id='{name}'/>", f"<bpmn:parallelGateway id='{name}_join'/>")
    yield _flow(before, name)
    for way in "ab":
        yield from (_task(f"{name}_{way}"), _flow(name, f"{name}_{way}"), _flow(f"{name}_{way}", f"{name}_join"))


def _reminder(name: str) -> Iterator[str]:
    """At one of the tasks of the choice; the task goes on."""
    timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>P3D</bpmn:timeDuration></bpmn:timerEventDefinition>"
    at = f"attachedToRef='{name}_a' cancelActivity='false'"
    yield f"<bpmn:boundaryEvent id='{name}_late' name='3 dage' {at}>{timer}</bpmn:boundaryEvent>"
    yield f"<bpmn:endEvent id='{name}_told' name='Mindet'/>"
    yield _flow(f"{name}_late", f"{name}_told")


def _task(name: str) -> str:
    deadline = f"<sag:deadline key='{name}' class='LOKAL' duration='P10D' calendar='working-days'/>"
    return (
        f"<bpmn:userTask id='{name}' name='Opgave {name}' camunda:formKey='F02' camunda:candidateGroups='modtagelse'>"
        f"<bpmn:extensionElements>{deadline}</bpmn:extensionElements></bpmn:userTask>"
    )


def _flow(source: str, target: str, condition: str = "") -> str:
    inside = f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>" if condition else ""
    return f"<bpmn:sequenceFlow id='{source}_{target}' sourceRef='{source}' targetRef='{target}'>{inside}</bpmn:sequenceFlow>"
