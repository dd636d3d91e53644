"""The small process that tests try out: a task with a deadline of the law, then a long way that waits, or a short one."""

from __future__ import annotations

from tests import diagrams as d
from tests.operations.processes import a_form, field

BEGINNING = {"navn": "Alma", "nu": "2026-11-24 10:00", "barn": {"navn": "Alma", "født": "2014-12-01"}, "start": "p"}
WHERE = {"camunda_candidateGroups": "modtagelse"}
CHOICE = {
    "type": "radio",
    "key": "vej",
    "id": "c_vej",
    "label": "Hvilken vej?",
    "values": [{"value": "lang", "label": "Lang"}, {"value": "kort", "label": "Kort"}],
    "properties": {"variable": "vej", "labelEn": "Which way?"},
    "validate": {"required": True},
}
FORMS = {"X01": a_form("X01", CHOICE), "X02": a_form("X02", field("cpr", masked="cpr"), field("note"))}


def drawn(days="P6D", *, wait="P4M", more=""):
    """With these lengths of the deadline and of the wait, and `more` flows."""
    rule = f'<sag:deadline key="lov" class="LOV" duration="{days}" law="bl136"/>'
    return d.process(
        d.start(),
        d.user("a", ext=rule, **{**WHERE, "camunda_formKey": "X01"}),
        d.choice("g"),
        d.catch("vent", d.timer(wait)),
        d.user("b", **{**WHERE, "camunda_formKey": "X02"}),
        d.end("lang"),
        d.end("kort"),
        flows='start a, a g, g vent if =vej="lang", g kort else, vent b, b lang' + more,
    )


def for_several():
    """A task for each of three."""
    each = '<bpmn:multiInstanceLoopCharacteristics camunda:collection="=[1, 2, 3]" camunda:elementVariable="nr"/>'
    task = d.user("m", each, **{**WHERE, "camunda_formKey": "X02"})
    return d.process(d.start(), task, d.end(), flows="start m, m end")
