"""What is written as a scenario is read back as the same."""

from __future__ import annotations

from datetime import date

import pytest

from casework.scenarios import read_text
from casework.scenarios.nodes import read
from casework.scenarios.scenario import Answer, Do, GoOn, Wait
from casework.scenarios.writing import appended, flow, without

BEGINNING = {"navn": "Med kolon: ja", "nu": "2026-11-24 10:00", "start": "p"}


@pytest.mark.parametrize(
    "value",
    [
        *("ja", "nej", "17", "1.5", "", "~", "null", "nu", "+14 dage", "@barn", "a, b", "{a}", "- a",
          "# nej", "linje\nto", 'et "citat"'),
        *(True, False, None, 3, 1.5, [], {}, ["a", 1], {"a": {"b": [True, "ja"]}}, [{"navn": "Ole: #1"}], "æøå", " mellemrum"),
    ],
)  # fmt: skip
def test_every_value_comes_back(value):
    read_back = read("x", f"x: {flow(value)}").entries()["x"].value()

    assert read_back == (value.strip() if isinstance(value, str) else value)


def test_a_day_comes_back_as_a_day():
    assert read("x", f"x: {flow('2026-12-24')}").entries()["x"].value() == date(2026, 12, 24)


def test_steps_come_back_in_their_order():
    steps = [{"opgave": "a", "svar": {"tekst": "x" * 130, "vej": "ja"}}, {"vent": "5 arbejdsdage"}, "resten"]
    steps.append({"overlevering": "accepteret", "enhed": "ppr"})

    (scenario,) = read_text(appended("", BEGINNING | {"forløb": steps}), "x")

    assert [type(step) for step in scenario.steps] == [Do, Wait, GoOn, Answer]
    assert scenario.steps[0].answers == {"tekst": "x" * 130, "vej": "ja"}
    assert scenario.steps[3].to == "ppr"


def test_what_stands_in_the_file_is_kept():
    text = appended("# Vores egne\nscenarier:\n  - navn: En\n    start: p  # i hånden\n", BEGINNING)

    assert text.startswith("# Vores egne\nscenarier:\n  - navn: En\n    start: p  # i hånden\n")
    assert [scenario.name for scenario in read_text(text, "x")] == ["En", "Med kolon: ja"]


def test_one_is_taken_out_and_the_others_stay():
    text = (
        "scenarier:\n  - navn: En\n    start: p\n\n  # om to\n  - navn: To\n    start: p\n  - navn: Tre\n    start: p\n"
    )

    assert (
        without(text, "En", "x") == "scenarier:\n  # om to\n  - navn: To\n    start: p\n  - navn: Tre\n    start: p\n"
    )
    assert [one.name for one in read_text(without(text, "To", "x"), "x")] == ["En", "Tre"]
    assert [one.name for one in read_text(without(text, "Tre", "x"), "x")] == ["En", "To"]
    assert without(text, "Fire", "x") == text


def test_the_last_one_leaves_an_empty_list():
    assert read_text(without("scenarier:\n  - navn: En\n    start: p\n", "En", "x"), "x") == []
