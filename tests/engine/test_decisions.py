"""Business rule tasks ask decision tables."""

from __future__ import annotations

import pytest

from casework.engine import Stuck
from tests import diagrams as d

# ruff: noqa: E501  a table reads as rows

TABLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="fil" name="Akut" namespace="urn:test">
  <decision id="akut" name="Akut">
    <decisionTable id="t" hitPolicy="UNIQUE">
      <input id="i"><inputExpression id="ie"><text>alder</text></inputExpression></input>
      <output id="o" name="akut" typeRef="boolean"/>
      <rule id="smaa"><inputEntry id="a1"><text>&lt; 3</text></inputEntry><outputEntry id="b1"><text>true</text></outputEntry></rule>
      <rule id="store"><inputEntry id="a2"><text>[3..17]</text></inputEntry><outputEntry id="b2"><text>false</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>"""
RULE = d.node("businessRuleTask", "vurder", camunda_decisionRef="akut", camunda_resultVariable="akut")
FILE = d.process(d.start(), RULE, d.user("a"), d.end(), flows="start vurder, vurder a, a end")


def test_the_outcome_becomes_the_result_variable(begin):
    case = begin(FILE, decisions=[TABLE], variables={"alder": 2})

    assert case.variables["akut"] is True
    assert [(o.decision, o.value, o.rules) for o in case.step.decided] == [("akut", True, ("smaa",))]


def test_a_table_without_a_fitting_rule_stops_the_step_and_names_its_inputs(begin):
    with pytest.raises(Stuck) as stuck:
        begin(FILE, decisions=[TABLE], variables={"alder": 40, "andet": 1})

    assert (stuck.value.element_id, stuck.value.values) == ("vurder", {"alder": 40})
