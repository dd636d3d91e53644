"""BPMN without a picture, from a few words: what the layout tests draw."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="Definitions_1" '
    'targetNamespace="urn:sagsgang">'
)
TAIL = "</bpmn:definitions>"


def process(ref, content, lanes=None):
    """A process; `lanes` maps a lane id to the ids of its nodes, or to lanes inside of it."""
    return f'<bpmn:process id="{ref}" isExecutable="true">{_lane_set(lanes, ref)}{content}</bpmn:process>'


def document(*parts, pools=()):
    """A file; each of `pools` is a pool id and a process id."""
    bands = "".join(f'<bpmn:participant id="{p}" name="{p}" processRef="{ref}"/>' for p, ref in pools)
    collaboration = f'<bpmn:collaboration id="Collaboration_1">{bands}</bpmn:collaboration>' if pools else ""
    return (HEAD + collaboration + "".join(parts) + TAIL).encode()


def nodes(text):
    """Nodes written as `kind id Name of it`, one a line; `boundary id host Name` is a boundary event."""
    return "".join(_node(*line.split(maxsplit=2)) for line in text.strip().splitlines())


def flows(text):
    """Flows written as `from to name`, one a line; their ids are `from_to`."""
    parts = [line.split(maxsplit=2) for line in text.strip().splitlines()]
    return "".join(
        f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}"{_name(*name)}/>'
        for source, target, *name in parts
    )


def subprocess(ref, name, content):
    """An embedded subprocess."""
    return f'<bpmn:subProcess id="{ref}"{_name(name)}>{content}</bpmn:subProcess>'


def note(ref, about, text):
    """A text annotation and its association."""
    return (
        f'<bpmn:textAnnotation id="{ref}"><bpmn:text>{text}</bpmn:text></bpmn:textAnnotation>'
        f'<bpmn:association id="{ref}_{about}" sourceRef="{about}" targetRef="{ref}"/>'
    )


def _node(kind, ref, rest=""):
    if kind == "boundary":
        host, _, name = rest.partition(" ")
        timer = f'<bpmn:timerEventDefinition id="{ref}_timer"/>'
        return f'<bpmn:boundaryEvent id="{ref}"{_name(name)} attachedToRef="{host}">{timer}</bpmn:boundaryEvent>'
    return f'<bpmn:{kind} id="{ref}"{_name(rest)}/>'


def _name(text=""):
    return f" name={quoteattr(text)}" if text else ""


def _lane_set(lanes, ref):
    if not lanes:
        return ""
    return f'<bpmn:laneSet id="{ref}_lanes">{"".join(_lane(*lane) for lane in lanes.items())}</bpmn:laneSet>'


def _lane(ref, content):
    if isinstance(content, dict):
        inner = "".join(_lane(*lane) for lane in content.items())
        inner = f'<bpmn:childLaneSet id="{ref}_inner">{inner}</bpmn:childLaneSet>'
    else:
        inner = "".join(f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>" for node in content)
    return f'<bpmn:lane id="{ref}" name="{ref}">{inner}</bpmn:lane>'
