"""A machine that is too busy to answer must not be taken for an answer."""

from __future__ import annotations

import pytest

from casework.feel import FeelTimeoutError, sandbox
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


def too_slow(_request, _seconds):
    raise sandbox.TooSlowError
