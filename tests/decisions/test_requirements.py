"""Decisions that stand on other decisions, expressions and functions."""

import pytest

from casework.decisions import DecisionError, decide


def test_an_expression_is_a_decision_too(dmn):
    assert decide(dmn.file(dmn.literal("alder * 2")), "Vurdering", {"alder": 4}).value == 8


def test_what_is_required_is_decided_first_and_once(dmn):
    decisions = dmn.file(
        dmn.literal("bund + midte", id="top", requires=["midte", "bund"]),
        dmn.table("UNIQUE", ["bund"], ["x"], ("< 10", "100"), (">= 10", "200"), id="midte", requires=["bund"]),
        dmn.literal("alder * 2", id="bund"),
    )

    outcome = decide(decisions, "top", {"alder": 6})

    assert outcome.value == 212
    assert outcome.evaluated == {"bund": 12, "midte": 200, "top": 212}


def test_the_result_of_a_table_with_several_outputs_is_read_by_name(dmn):
    decisions = dmn.file(
        dmn.literal('if grund.akut then grund.spor else "intet"', id="top", requires=["grund"]),
        dmn.table(
            "FIRST", ["alder"], ["akut", "spor"], ("< 1", "true", '"udrykning"'), ("-", "false", "null"), id="grund"
        ),
    )

    assert decide(decisions, "top", {"alder": 0}).value == "udrykning"
    assert decide(decisions, "top", {"alder": 5}).value == "intet"


@pytest.mark.parametrize("asked", ["a", "b", "c"])
def test_decisions_that_require_each_other_are_refused(dmn, asked):
    decisions = dmn.file(
        dmn.literal("1", id="a", requires=["b"]),
        dmn.literal("1", id="b", requires=["c"]),
        dmn.literal("1", id="c", requires=["a"]),
    )

    with pytest.raises(DecisionError, match="builds on itself"):
        decide(decisions, asked, {})


def test_a_decision_that_is_not_there_is_refused(dmn):
    decisions = dmn.file(dmn.literal("1", id="a", requires=["væk"]))

    with pytest.raises(DecisionError, match="»væk« that is not there"):
        decide(decisions, "a", {})
    with pytest.raises(DecisionError, match="no decision »b«"):
        decide(decisions, "b", {})


def test_functions_are_called_by_name_and_call_each_other(dmn):
    decisions = dmn.file(
        dmn.table("UNIQUE", ["procent(alder, 20)"], ["x"], ("< 50", "procent(1, 4)"), (">= 50", "0"), uses=["procent"]),
        dmn.function("procent", ["del", "hele"], "afrund(del / hele * 100)"),
        dmn.function("afrund", ["tal"], "round half up(tal, 0)"),
    )

    assert decide(decisions, "d", {"alder": 5}).value == 25


def test_a_function_that_is_missing_is_refused(dmn):
    with pytest.raises(DecisionError, match="»f_væk« is not there"):
        decide(dmn.file(dmn.literal("væk(1)", uses=["væk"])), "d", {})


def test_an_expression_that_is_no_feel_is_refused_with_its_decision(dmn):
    with pytest.raises(DecisionError) as raised:
        decide(dmn.file(dmn.literal("alder +")), "d", {})

    assert raised.value.message.text("da").startswith("Beslutningen »Vurdering«: Der mangler noget")


@pytest.mark.parametrize(("logic", "said"), [("<context/>", "is a context"), ("", "neither a table nor a formula")])
def test_a_logic_that_cannot_be_used_is_refused(dmn, logic, said):
    decisions = dmn.file(f'<decision id="d" name="D">{logic}</decision>')

    with pytest.raises(DecisionError, match=said):
        decide(decisions, "d", {})
