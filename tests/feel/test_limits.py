"""No expression, however ill meant, hangs the process, eats its memory, or spoils the next one."""

import time

import pytest

from casework.feel import (
    FeelError,
    FeelMemoryError,
    FeelSyntaxError,
    FeelTimeoutError,
    Question,
    attempt,
    check,
    evaluate,
    sandbox,
)

# Far more than the limit, since the machine may be busy, and far less than for ever.
BOUND_SECONDS = 20
DOUBLED = '(for i in 1..{times} return if i = 1 then "aaaaaaaaaaaaaaaa" else partial[-1] + partial[-1])[-1]'

ATTACKS = {
    "counts for ever": "for i in 1..10000000000 return i",
    "asks for ever": "some x in 1..1000000000 satisfies x < 0",
    "combines for ever": "for a in 1..1000, b in 1..1000, c in 1..1000 return a * b * c",
    "backtracks for ever": f'matches("{"a" * 40}!", "(a+)+$")',
    "sorts for ever": "sort(for i in 1..1000000 return 1000000 - i, function(a, b) a < b)",
    "joins lists": f"concatenate({', '.join(['for i in 1..100000 return i'] * 50)})",
    "doubles a text": DOUBLED.format(times=40),
    "makes a long text": f"upper case({DOUBLED.format(times=25)})",
    "splits a long text": f'split({DOUBLED.format(times=22)}, "")',
    "gives too much": "for i in 1..300000 return i",
    "recurs": "{f: function(f, x) f(f, x + 1), r: f(f, 1)}.r",
    "nests lists": "[" * 4000 + "]" * 4000,
    "nests parentheses": "(" * 4000 + "1" + ")" * 4000,
    "nests conditions": "if a then " * 800 + "1" + " else 2" * 800,
    "adds at length": "+".join(["1"] * 4000),
    "is long": "1 + " * 1_000_000 + "1",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_an_attack_ends_soon_and_leaves_the_next_expression_alone(attack):
    started = time.monotonic()

    with pytest.raises(FeelError):
        evaluate(attack, {})

    assert time.monotonic() - started < BOUND_SECONDS
    assert evaluate("1 + 1", {}) == 2


def test_says_which_limit_was_reached():
    with pytest.raises(FeelTimeoutError, match="250 milliseconds"):
        evaluate(ATTACKS["backtracks for ever"], {})
    with pytest.raises(FeelMemoryError, match="room"):
        evaluate(ATTACKS["recurs"], {})
    with pytest.raises(FeelMemoryError, match="room"):
        evaluate(ATTACKS["is long"], {})


def test_memory_is_limited_too_and_a_new_v8_takes_over(monkeypatch):
    monkeypatch.setattr("casework.feel.evaluation.TIME_LIMIT", 30)

    with pytest.raises(FeelMemoryError):
        evaluate(ATTACKS["counts for ever"], {})

    assert evaluate("1 + 1", {}) == 2


def test_one_bad_expression_among_many_spoils_only_itself():
    outcomes = attempt(
        [Question(text, {"a": 1}) for text in ("a", ATTACKS["backtracks for ever"], "a + 1", ATTACKS["recurs"])]
    )

    assert [getattr(one, "value", type(one)) for one in outcomes] == [1, FeelTimeoutError, 2, FeelMemoryError]


def test_checking_is_limited_too():
    assert isinstance(check("(" * 4000), FeelSyntaxError)


def test_expressions_cannot_reach_out_of_their_context():
    names = ("globalThis", "constructor", "__proto__", "toString", "Function", "feel", "process", "Object")

    assert [evaluate(name, {"x": {}}) for name in names] == [None] * len(names)
    assert evaluate("x.constructor", {"x": {}}) is None
    assert evaluate('"a".length', {}) is None


def test_what_an_expression_does_to_a_context_is_not_there_for_the_next():
    evaluate('{"__proto__": {"a": 1}, b: context put({}, "toString", 1)}', {"x": {}})

    assert evaluate("x.a", {"x": {}}) is None
    assert evaluate("string(1)", {}) == "1"


def test_a_machine_that_was_too_busy_is_asked_again(monkeypatch):
    spent = iter([0, 0.01, 0.01, 0.02, 0.02, 0.3, 0.3, 0.6])
    monkeypatch.setattr(sandbox, "_time_used", lambda: next(spent))

    with pytest.raises(sandbox.TooSlowError):
        sandbox.ask('{"now": "2026-01-01T00:00:00Z", "contexts": [{}], "jobs": [' + _JOB + "]}", 0.05)

    assert next(spent, None) is None


_JOB = '{"kind": "value", "context": 0, "expression": "some x in 1..1000000000 satisfies x < 0"}'
