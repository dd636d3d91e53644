"""A machine that is too busy to answer must not be taken for an answer."""

from __future__ import annotations

import pytest

from casework.feel import FeelTimeoutError, evaluate, sandbox
from casework.operations.turns import expressions


def test_names_that_could_not_be_asked_for_are_asked_for_again(monkeypatch):
    text = '=foedselsdato + duration("P171Y")'
    with monkeypatch.context() as patch:
        patch.setattr(sandbox, "ask", too_slow)
        with pytest.raises(FeelTimeoutError):
            expressions.names_in([text])

    assert expressions.names_in([text]) == {"foedselsdato"}


def test_what_is_no_feel_reads_nothing():
    assert expressions.names_in(["=foedselsdato +"]) == frozenset()


def test_a_memory_full_of_what_was_asked_before_is_no_fault_of_the_next_expression(monkeypatch):
    answers = iter([sandbox.TooLargeError, sandbox._attempt])

    def attempt(*asked, **more):
        answer = next(answers)
        if answer is sandbox.TooLargeError:
            raise answer
        return answer(*asked, **more)

    monkeypatch.setattr(sandbox, "_attempt", attempt)

    assert evaluate("=1 + 1", {}) == 2


def too_slow(_request, _seconds):
    raise sandbox.TooSlowError
