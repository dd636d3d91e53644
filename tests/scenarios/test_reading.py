"""What is wrong with a scenario is said with its line, what it is, and how to mend it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from casework.config import TIME_ZONE
from casework.scenarios import ScenarioError, read_file, read_text
from casework.scenarios.scenario import Do, Expect, GoOn, Tell, Wait
from casework.scenarios.words import after, meant, moment_of, span_of

HEAD = "scenarier:\n  - navn: Et scenarie\n    start: Flytning\n"
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=TIME_ZONE)


def steps(text):
    return read_text(HEAD + "    forløb:\n" + text, "scenarios.yaml")[0].steps


def test_steps_are_read_as_they_are_told():
    told = steps(
        "      - F01\n      - F02: {haandtering: udrykning, akutBehov: ja}\n      - resten\n      - indtil: screen\n"
        "      - besked: SagLukket\n        til: mor\n      - forvent: {opgaver: vurder, frister: {bfu: 2027-03-24}}\n"
    )

    assert told == (
        Do(5, "F01"),
        Do(6, "F02", {"haandtering": "udrykning", "akutBehov": True}),
        GoOn(7),
        GoOn(8, "screen"),
        Tell(9, "SagLukket", {}, "mor"),
        Expect(11, tasks=("vurder",), deadlines={"bfu": date(2027, 3, 24)}),
    )


def test_time_is_told_in_danish_words():
    told = steps(
        "      - vent: 5 arbejdsdage\n      - vent: til 2027-01-05\n      - vent: til fem\n      - vent: næste\n"
    )

    assert told == (
        Wait(5, "for", "P5D", "working-days"),
        Wait(6, "to", "til 2027-01-05", moment=datetime(2027, 1, 5, 9, 0, tzinfo=TIME_ZONE)),
        Wait(7, "timer", "fem"),
        Wait(8, "next"),
    )


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("24 timer", ("PT24H", "elapsed")),
        ("1 dag", ("P1D", "calendar")),
        ("3 måneder", ("P3M", "calendar")),
        ("2 år", ("P2Y", "calendar")),
        ("-14 dage", ("-P14D", "calendar")),
        ("P6W", ("P6W", "calendar")),
        ("PT2H", ("PT2H", "elapsed")),
        ("snart", None),
        ("P", None),
    ],
)
def test_durations(words, span):
    assert span_of(words) == span


def test_waiting_for_days_ends_at_the_same_time_of_day():
    friday = datetime(2026, 11, 27, 10, 0, tzinfo=TIME_ZONE)

    assert after("P2D", "working-days", friday) == datetime(2026, 12, 1, 10, 0, tzinfo=TIME_ZONE)
    assert after("P4M", "calendar", TUESDAY) == datetime(2027, 3, 24, 10, 0, tzinfo=TIME_ZONE)


def test_values_mean_what_they_mean_at_that_moment():
    values = {
        "a": "nu",
        "b": "i dag",
        "c": "+14 dage",
        "d": ["@mor", "@ukendt"],
        "e": "-1 uge",
        "f": "2026-12-01 08:30",
    }

    assert meant(values, TUESDAY, {"mor": "17"}) == {
        "a": TUESDAY,
        "b": date(2026, 11, 24),
        "c": date(2026, 12, 8),
        "d": ["17", "@ukendt"],
        "e": date(2026, 11, 17),
        "f": datetime(2026, 12, 1, 7, 30, tzinfo=UTC),
    }


def test_a_date_that_is_none_stays_a_text():
    assert moment_of("2026-02-30 10:00") is None


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("scenarier: [", 1, "YAML"),
        ("scenarier:\n  - navn: a\n   start: b\n", 3, "YAML"),
        ("\x00", 1, "YAML"),
        ("hest: 1\n", 1, "hest"),
        ("- a\n", 1, "names with values"),
        ("scenarier:\n  - start: Flytning\n", 2, "no name"),
        ("scenarier:\n  - navn: a\n", 2, "how the scenario begins"),
        (HEAD + "    underretning: {}\n", 2, "how the scenario begins"),
        (HEAD + "    navn: igen\n", 4, "twice"),
        (HEAD + "    forlob: []\n", 4, "forlob"),
        (HEAD + "    barn: {alder: tolv}\n", 4, "whole number"),
        (HEAD + "    barn: {født: i går}\n", 4, "no day"),
        (HEAD + "    barn: {født: 2014-02-30}\n", 4, "no day"),
        (HEAD + "    nu: snart\n", 4, "no moment"),
        (HEAD + "    forældre: [{relation: moster}]\n", 4, "no relation"),
        (HEAD + "    forløb:\n      - vent: længe\n", 5, "no time to wait"),
        (HEAD + "    forløb:\n      - overlevering: måske\n", 5, "cannot be"),
        (HEAD + "    forløb:\n      - samtykke: givet\n", 5, "withdrawal"),
        (HEAD + "    forløb:\n      - F01: {}\n        F02: {}\n", 5, "one thing"),
        (HEAD + "    forløb:\n      - F01: ja\n", 5, "names with values"),
        (HEAD + "    forløb:\n      - opgave: F01\n        nummer: nul\n", 6, "no number of a task"),
        (HEAD + "    forløb:\n      - forvent: {opgave: x}\n", 5, "opgave"),
        (HEAD + "    forløb:\n      - [a, b]\n", 5, "names with values"),
        (HEAD + "    med: &x {a: 1}\n", 4, "Anchors"),
        (HEAD + HEAD.removeprefix("scenarier:\n"), 4, "Two scenarios"),
    ],
)
def test_a_mistake_is_found_at_its_line(text, line, what):
    with pytest.raises(ScenarioError) as refused:
        read_text(text, "scenarios.yaml")

    assert refused.value.line == line
    assert what in refused.value.message.text("en")
    assert refused.value.mend.text("da") != refused.value.mend.text("en")


def test_a_misspelt_word_is_answered_with_the_right_one():
    with pytest.raises(ScenarioError, match="forløb"):
        read_text(HEAD + "    forlob: []\n", "scenarios.yaml")


def test_an_empty_file_tells_nothing():
    assert read_text("", "scenarios.yaml") == []


def test_a_file_that_is_no_text_is_refused(tmp_path):
    file = tmp_path / "scenarios.yaml"
    file.write_bytes(b"\xff\xfe\x00billede")

    with pytest.raises(ScenarioError):
        read_file(file)


@pytest.mark.parametrize(
    "text",
    ["[" * 50_000, "{" * 50_000, "\n".join(" " * depth + "a:" for depth in range(500)), "a: [" + "b," * 100_000 + "]"],
)
def test_what_would_take_long_to_read_is_refused_before_it_is_read(text):
    with pytest.raises(ScenarioError) as refused:
        read_text(text, "x.yaml")

    assert "30" in refused.value.message.text("da") or "15000" in refused.value.message.text("da")
