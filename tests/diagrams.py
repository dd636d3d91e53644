"""Draws small processes for tests: `process(task("a"), ...)` is a file whose elements follow each other, from start to end."""

from __future__ import annotations

import re
from xml.sax.saxutils import quoteattr

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:sag="urn:sagsgang:bpmn:1" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="urn:test">'
)


def process(*nodes: str, flows: str = "", shared: str = "", name: str = "p", inner: str = "") -> bytes:
    """`flows` names them: "start a, a end, g b if =x, g c else"; `shared` stands beside the process."""
    attributes = f'id="{name}" name="Proces {name}" isExecutable="true"'
    body = f"<bpmn:process {attributes}>{inner}{with_flows(nodes, flows)}</bpmn:process>"
    return f"{HEAD}{shared}{body}</bpmn:definitions>".encode()


def with_flows(nodes: tuple[str, ...], flows: str) -> str:
    """The nodes and their flows; a gateway's default is set on the way."""
    text = "".join(nodes)
    drawn = []
    for number, flow in enumerate(f for f in re.split(r",\s+", flows.strip()) if f):
        source, target, *rest = flow.split(" ", 3)
        flow_id, inside = f"f_{source}_{number}", ""
        if rest == ["else"]:
            text = text.replace(f'id="{source}"', f'id="{source}" default="{flow_id}"', 1)
        elif rest:
            inside = f"<bpmn:conditionExpression>{rest[1].replace('<', '&lt;')}</bpmn:conditionExpression>"
        drawn.append(
            f'<bpmn:sequenceFlow id="{flow_id}" sourceRef="{source}" targetRef="{target}">{inside}</bpmn:sequenceFlow>'
        )
    return text + "".join(drawn)


def node(tag: str, name: str, inner: str = "", ext: str = "", **attributes: str) -> str:
    """One element; attribute `camunda_topic` is written `camunda:topic`, `ext` goes into extensionElements."""
    written = "".join(f" {key.replace('_', ':')}={quoteattr(value)}" for key, value in attributes.items())
    extensions = f"<bpmn:extensionElements>{ext}</bpmn:extensionElements>" if ext else ""
    return f'<bpmn:{tag} id="{name}" name="{name.capitalize()}"{written}>{extensions}{inner}</bpmn:{tag}>'


def start(name: str = "start", inner: str = "") -> str:
    return node("startEvent", name, inner)


def end(name: str = "end", inner: str = "", ext: str = "") -> str:
    return node("endEvent", name, inner, ext)


def user(name: str, inner: str = "", ext: str = "", **attributes: str) -> str:
    return node("userTask", name, inner, ext, **{"camunda_formKey": "F01", **attributes})


def job(name: str, ext: str = "", topic: str = "letter", inner: str = "") -> str:
    return node("serviceTask", name, inner, ext, camunda_type="external", camunda_topic=topic)


def script(name: str, **assigns: str) -> str:
    return node(
        "scriptTask",
        name,
        ext="".join(f'<sag:assign variable="{v}" value={quoteattr(x)}/>' for v, x in assigns.items()),
    )


def choice(name: str) -> str:
    return node("exclusiveGateway", name)


def catch(name: str, event: str, ext: str = "") -> str:
    return node("intermediateCatchEvent", name, event, ext)


def boundary(name: str, host: str, event: str, *, interrupting: bool = True, ext: str = "") -> str:
    cancel = str(interrupting).lower()
    return node("boundaryEvent", name, event, ext, attachedToRef=host, cancelActivity=cancel)


def timer(text: str, kind: str = "timeDuration") -> str:
    return f"<bpmn:timerEventDefinition><bpmn:{kind}>{text}</bpmn:{kind}></bpmn:timerEventDefinition>"


def message(reference: str = "m") -> str:
    return f'<bpmn:messageEventDefinition messageRef="{reference}"/>'


def condition(text: str) -> str:
    return f"<bpmn:conditionalEventDefinition><bpmn:condition>{text}</bpmn:condition></bpmn:conditionalEventDefinition>"


def error(code: str = "e") -> str:
    return f'<bpmn:errorEventDefinition errorRef="{code}"/>'


MESSAGE = '<bpmn:message id="m" name="Svar"/>'
ERROR = '<bpmn:error id="e" name="Fejl" errorCode="E1"/>'
