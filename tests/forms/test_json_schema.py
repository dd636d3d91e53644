"""The schema of the answers: valid as JSON Schema, and what it lets through is usually valid."""

import jsonschema_rs
import pytest

from casework.forms import json_schema, validate
from tests.forms.building import component, context, form, group, one_of_each, required, rows

GOOD = {
    "linje": "x",
    "tekst": None,
    "gruppe": {"tal": 1.5, "janej": False},
    "skala": 10,
    "radio": "a",
    "valg": "b",
    "flere": ["a"],
    "maerker": [],
    "dato": "2026-11-26",
    "klokken": "13:40",
    "tidspunkt": "2026-11-26T13:40:00+01:00",
    "cpr": "140314-4567",
    "medarbejder": "lars",
    "bilag": ["dok-1"],
    "personer": [{"navn": "I", "foedt": None, "boern": [{"fornavn": "E", "bor": True}]}],
}
BAD = [
    *[
        ("linje", 3),
        ("tekst", "x" * 20_001),
        ("gruppe", {"tal": "x"}),
        ("skala", 11),
        ("radio", "d"),
        ("flere", ["a", "a"]),
    ],
    *[("klokken", "25:00"), ("cpr", "990000-1111"), ("medarbejder", "../x"), ("bilag", ["a"] * 21), ("mere", 1)],
    *[("personer", [{}] * 101), ("personer", [{"x": 1}])],
]


def test_describes_answers_that_are_valid():
    schema = json_schema(one_of_each())

    assert jsonschema_rs.is_valid(schema, GOOD)
    assert validate(one_of_each(), GOOD, context()) == {}


@pytest.mark.parametrize(("path", "answer"), BAD)
def test_refuses_what_validation_refuses(path, answer):
    answers = {**GOOD, path: answer}

    assert not jsonschema_rs.is_valid(json_schema(one_of_each()), answers)
    assert validate(one_of_each(), answers, context()) != {}


def test_what_may_be_hidden_is_not_required():
    asked = form(
        required(component("number", "a")),
        {**required(component("number", "b")), "conditional": {"hide": "=a = 1"}},
        {**group("G", required(component("number", "c"))), "conditional": {"hide": "=a = 1"}},
        group("H", required(component("number", "d")), path="h"),
        rows("e", required(component("number", "f")), validate={"required": True}),
        component("number", "g", readonly=True),
        component("expression", "i", expression="=1"),
    )

    schema = json_schema(asked)

    assert schema["required"] == ["a", "h", "e"]
    assert "g" not in schema["properties"]
    assert "i" not in schema["properties"]
    assert schema["properties"]["e"]["items"]["required"] == ["f"]
    assert schema["properties"]["e"]["minItems"] == 1


def test_speaks_the_language_of_the_reader():
    schema = json_schema(one_of_each(), "en")

    assert schema["title"] == "Trial"
    assert schema["properties"]["linje"]["title"] == "linje in English"
    assert json_schema(one_of_each())["title"] == "Prøve"
