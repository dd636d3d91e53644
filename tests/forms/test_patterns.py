"""Patterns that could hang the server are refused; those that are let through are quick on the worst answers."""

import re
import time

import pytest

from casework.forms.patterns import MAX_SUBJECT, compiled, problem

HARMLESS = [
    r"^\d{6}-?\d{4}$",
    r"^[^@]+@[^@]+\.[^@]+$",
    r"^(\d{2}-)?\d{4}$",
    r"^[A-Z]{2}\d{3,8}$",
    r"^(ja|nej)$",
    r"[]a+]*",
    r"^\+?[0-9 ]{8,15}$",
    r"a{2,3}b?c",
    r"^(?:abc){2}$",
]
ENDLESS = [
    r"(a+)+$",
    r"(a|aa)+$",
    r"^(a?){30}a{30}$",
    r"\w+\w+\w+x",
    r"^\w*\w*\w*\w*!$",
    r"(?=a)b",
    r"(a)\1",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
    r"^(a|b|ab)*c$",
    r"a?" * 40 + "a" * 40,
    "a" * 301,
    "a{" + "9" * 5000 + "}",
]


@pytest.mark.parametrize("pattern", HARMLESS)
def test_lets_harmless_patterns_through(pattern):
    assert problem(pattern) is None


@pytest.mark.parametrize("pattern", ENDLESS)
def test_refuses_what_could_take_forever(pattern):
    assert problem(pattern) is not None


@pytest.mark.parametrize("pattern", ["(", "[", "*", "a{3,1}", "x{9999999999}"])
def test_says_what_is_not_understood(pattern):
    with pytest.raises((re.error, OverflowError)):
        re.compile(pattern)

    assert "forstås" in problem(pattern).text("da")


@pytest.mark.parametrize("pattern", HARMLESS)
def test_what_is_let_through_ends_soon_on_the_worst_answers(pattern):
    began = time.process_time()

    for sign in ("a", "1", "@", " ", "a@", "1 "):
        compiled(pattern).search((sign * MAX_SUBJECT)[:MAX_SUBJECT] + "!")

    assert time.process_time() - began < 5


def test_letters_are_ascii_as_in_the_form_editor():
    assert compiled(r"^\d+$").search("١٢") is None
    assert compiled(r"^\w+$").search("æ") is None
