"""An instance that cannot go on says where, why, and with which values; nothing has happened."""

from __future__ import annotations

import pytest

from casework.engine import Stuck
from tests import diagrams as d

SPLIT = [d.start(), d.user("a"), d.choice("g"), d.user("b"), d.end()]


def test_a_gateway_that_finds_no_way_names_expressions_and_values(begin):
    case = begin(d.process(*SPLIT, flows="start a, a g, g b if =alder > 18, g end if =akut, b end"))

    with pytest.raises(Stuck) as stuck:
        case.complete("a", alder=9)

    assert (stuck.value.process_id, stuck.value.element_id) == ("p", "g")
    assert stuck.value.expression == "=alder > 18\n=akut"
    assert stuck.value.values == {"alder": 9, "akut": None}
    assert "otherwise" in stuck.value.reason.text("en")
    assert case.open() == ["a"]


def test_the_first_true_flow_of_the_document_is_taken(begin):
    case = begin(d.process(*SPLIT, flows="start a, a g, g b if =true, g end if =true, b end"))

    case.complete("a")

    assert case.open() == ["b"]


def test_a_gateway_with_nothing_true_takes_its_default(begin):
    case = begin(d.process(*SPLIT, flows="start a, a g, g b else, g end if =akut, b end"))

    case.complete("a")

    assert case.open() == ["b"]


def test_an_expression_that_does_not_parse_stops_the_step(begin):
    case = begin(d.process(*SPLIT, flows="start a, a g, g b if =alder >, g end else, b end"))

    with pytest.raises(Stuck) as stuck:
        case.complete("a", alder=9)

    assert stuck.value.element_id == "g"


def test_an_expression_that_does_not_end_stops_the_step(begin):
    endless = "=count(for x in 1..100000000 return x) > 1"
    case = begin(d.process(*SPLIT, flows=f"start a, a g, g b if {endless}, g end else, b end"))

    with pytest.raises(Stuck) as stuck:
        case.complete("a")

    assert stuck.value.element_id == "g"


def test_a_collection_that_is_none_stops_the_step(begin):
    loop = '<bpmn:multiInstanceLoopCharacteristics camunda:collection="=boern"/>'

    with pytest.raises(Stuck) as stuck:
        begin(d.process(d.start(), d.user("a", loop), d.end(), flows="start a, a end"), variables={"boern": "Emil"})

    assert (stuck.value.element_id, stuck.value.values) == ("a", {"boern": "Emil"})


def test_an_error_that_nothing_catches_stops_the_step(begin):
    case = begin(d.process(d.start(), d.job("brev"), d.end(), flows="start brev, brev end"))

    with pytest.raises(Stuck) as stuck:
        case.throw("brev", "E1")

    assert stuck.value.element_id == "brev"


def test_a_circle_in_which_nothing_waits_stops_the_step(begin):
    nodes = [d.start(), d.script("s", x="=1"), d.choice("g"), d.end()]

    with pytest.raises(Stuck) as stuck:
        begin(d.process(*nodes, flows="start s, s g, g s if =true, g end else"))

    assert "circle" in stuck.value.reason.text("en")


def test_a_standstill_is_found_when_it_arises(begin):
    nodes = [d.start(), d.user("a"), d.choice("g"), d.user("b"), d.user("c"), d.node("parallelGateway", "j"), d.end()]
    case = begin(d.process(*nodes, flows="start a, a g, g b if =x, g c else, b j, c j, j end"))
    case.complete("a")

    with pytest.raises(Stuck) as stuck:
        case.complete("c")

    assert stuck.value.element_id == "j"


def test_a_missing_decision_stops_the_step(begin):
    rule = d.node("businessRuleTask", "r", camunda_decisionRef="væk", camunda_resultVariable="x")

    with pytest.raises(Stuck) as stuck:
        begin(d.process(d.start(), rule, d.end(), flows="start r, r end"))

    assert stuck.value.element_id == "r"
