"""Walks draw values such that every way through a process is likely to be taken."""

from __future__ import annotations

from random import Random

import pytest

from casework.engine import compile_definition
from casework.engine.walks import Guesses
from tests import diagrams as d
from tests.engine.bad_diagrams import CHOICE, line
from tests.engine.test_decisions import FILE, TABLE


def guessed(condition, inner=""):
    data = d.process(*CHOICE, flows=f"start g, g a if {condition}, g b else, a end, b end", inner=inner)
    return Guesses(compile_definition("p", [data])).choices


@pytest.mark.parametrize(
    ("condition", "name", "values"),
    [
        ("=akut", "akut", {True, False}),
        ("=not(akut)", "akut", {True, False}),
        ("=alder >= 18", "alder", {17, 18, 19}),
        ('=spor = "A" or spor = "B"', "spor", {"A", "B", "noget andet"}),
        ("=akut = true", "akut", {True, False}),
        ("=alder in [3..17]", "alder", {2, 3, 4, 16, 17, 18}),
    ],
)
def test_draws_around_what_a_condition_compares_with(condition, name, values):
    assert set(guessed(condition)[name]) == values


def test_a_condition_on_fields_draws_contexts():
    assert {value["alder"] for value in guessed("=barn.alder > 14")["barn"]} == {13, 14, 15}


def test_what_is_searched_is_a_list_of_what_is_sought():
    assert guessed('=list contains(tegn,"vold")')["tegn"] == [[], ["vold"], ["noget andet"], ["vold", "noget andet"]]


def test_what_is_filtered_is_a_list_of_contexts():
    lists = guessed('=count(personer[rolle = "barn"]) > 0')["personer"]

    assert lists[0] == []
    assert {person["rolle"] for person in lists[-1]} == {"barn", "noget andet"}


def test_a_declared_type_counts_more_than_a_guess():
    ext = '<bpmn:extensionElements><sag:variable name="x" type="number"/></bpmn:extensionElements>'

    assert all(isinstance(value, int) for value in guessed("=x", ext)["x"])


def test_decision_tables_say_what_they_are_asked():
    assert set(Guesses(compile_definition("p", [FILE], [TABLE])).choices["alder"]) == {2, 3, 4, 16, 17, 18}


def test_a_variable_that_the_process_writes_is_drawn_at_the_start_only():
    data = d.process(*CHOICE, d.script("s", x="=1"), flows="start s, s g, g a if =x = y, g b else, a end, b end")
    guesses = Guesses(compile_definition("p", [data]))

    assert guesses.draw(Random(1), first=True).keys() == {"x", "y"}
    assert guesses.draw(Random(1)).keys() == {"y"}


def test_a_job_brings_what_its_outputs_and_conditions_want():
    ext = '<sag:output variable="svar" value="=result.state"/>'
    nodes = (d.job("j", ext), *CHOICE[1:4])
    data = d.process(d.start(), *nodes, d.end(), flows='start j, j g, g a if =svar = "ja", g b else, a end, b end')

    assert {Guesses(compile_definition("p", [data])).result(Random(n))["state"] for n in range(20)} == {
        "ja",
        "noget andet",
    }


def test_items_of_loops_are_not_drawn():
    loop = '<bpmn:multiInstanceLoopCharacteristics camunda:collection="=boern" camunda:elementVariable="barn"/>'
    data = line(d.node("serviceTask", "a", loop, '<sag:input name="n" value="=barn"/>', camunda_topic="letter"))

    assert Guesses(compile_definition("p", [data])).choices.keys() == {"boern"}
