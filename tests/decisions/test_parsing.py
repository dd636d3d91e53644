"""Reading DMN files, also those that mean harm."""

import pytest

from casework.decisions import DecisionFileError, decide, parse
from casework.decisions.model import Aggregation, HitPolicy
from casework.diagrams import DiagramError

NAMESPACES = [
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
]


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_reads_every_version_from_1_1_to_1_5(dmn, namespace):
    decisions = parse(dmn.definitions(dmn.literal("1 + 1"), namespace=namespace))

    assert decide(decisions, "d", {}).value == 2


def test_reads_a_table_as_it_is_drawn(dmn):
    decisions = dmn.file(dmn.table("COLLECT of MAX", [("alder", "[0..18]")], [("x", "1,2", "2")], ("> 3", "1")))

    table = decisions.find("Vurdering").logic
    assert (table.hit_policy, table.aggregation) == (HitPolicy.COLLECT, Aggregation.MAX)
    assert (table.inputs[0].expression, table.inputs[0].values) == ("alder", "[0..18]")
    assert (table.outputs[0].name, table.outputs[0].values, table.outputs[0].default) == ("x", "1,2", "2")
    assert [(rule.id, rule.number) for rule in table.rules] == [("r1", 1)]


def test_names_are_ids_and_names(dmn):
    decisions = dmn.file(dmn.literal("1", id="a", name="Første"), dmn.literal("2", id="b", name="b"))

    assert decisions.names == ("a", "b", "Første")


def test_without_a_hit_policy_a_table_is_unique(dmn):
    xml = dmn.table("UNIQUE", ["a"], ["x"], ("-", "1")).replace('hitPolicy="UNIQUE"', "")

    assert parse(dmn.definitions(xml)).find("d").logic.hit_policy is HitPolicy.UNIQUE


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"<definitions",
        b'<!DOCTYPE d [<!ENTITY a "a">]><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">&a;</definitions>',
        b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><definitions/>',
    ],
)
def test_refuses_what_is_no_xml_or_has_entities(data):
    with pytest.raises(DiagramError):
        parse(data)


@pytest.mark.parametrize(
    "data", [b"<definitions/>", b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', b"<html/>"]
)
def test_refuses_xml_that_is_no_dmn(data):
    with pytest.raises(DecisionFileError, match="not DMN"):
        parse(data)
