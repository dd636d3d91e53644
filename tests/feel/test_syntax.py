"""What is known of an expression before it is evaluated."""

import pytest

from casework.feel import FeelSyntaxError, check, check_all, names


@pytest.mark.parametrize(
    ("expression", "start", "danish"),
    [
        ("alder >", 7, "mangler"),
        ("alder > * 3", 8, "ved tegn 9"),
        ("(1", 2, "mangler"),
        ("1 2", 2, "»2« ved tegn 3"),
        ("", 0, "Der mangler en formel"),
        ("   ", 0, "Der mangler en formel"),
    ],
)
def test_says_what_is_wrong_and_where(expression, start, danish):
    found = check(expression)

    assert isinstance(found, FeelSyntaxError)
    assert found.start == start or not expression.strip()
    assert danish in found.message.text("da")


@pytest.mark.parametrize(
    "expression", ["=alder > 3", "barnets alder > 3", 'if a then "ja" else "nej"', "sag.id", "[1..3]"]
)
def test_finds_nothing_wrong_with_feel(expression):
    assert check(expression) is None


@pytest.mark.parametrize(
    ("test", "fine"), [("> 3", True), ("-", True), ("not(1)", True), ('"a", "b"', True), ("> ", False)]
)
def test_knows_unary_tests(test, fine):
    assert (check(test, unary=True) is None) is fine


def test_checks_many_at_once():
    found = check_all(["a", "a +", "b"])

    assert [one is None for one in found] == [True, False, True]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("alder > 3 and barn.navn = navn", {"alder", "barn", "navn"}),
        ("=akut", {"akut"}),
        ("count(børn) > 0 and string length(navn) > 3", {"børn", "navn"}),
        ("for x in liste return x + y", {"liste", "y"}),
        ("some x in liste satisfies x = z", {"liste", "z"}),
        ("{a: 1, b: a + c}.b", {"c"}),
        ("(function(q) q + w)(v)", {"w", "v"}),
        ("børn[alder > grænse]", {"børn", "alder", "grænse"}),
        ("barnets alder > 3", {"barnets alder"}),
        ("date(modtagetTid) + duration(frist)", {"modtagetTid", "frist"}),
        ('"tekst" = 1', set()),
        ("now > start", {"start"}),
    ],
)
def test_tells_which_variables_an_expression_reads(expression, expected):
    assert names(expression) == expected


def test_names_of_what_is_no_feel_are_refused():
    with pytest.raises(FeelSyntaxError):
        names("a +")


def test_a_known_name_may_look_like_a_sum():
    assert names("a-b > 1", known=["a-b"]) == {"a-b"}
    assert names("a-b > 1") == {"a", "b"}
