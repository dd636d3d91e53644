"""What broke earlier versions of the core, by name, each driven at random against the oracle."""

from __future__ import annotations

import pytest

from tests.proof.blocks import Model, Par, Seq
from tests.proof.cases import CASES, Steps, beside, user
from tests.proof.driver import drive
from tests.proof.soundness import sound


@pytest.mark.parametrize("name", CASES)
def test_survives_a_hard_case(name):
    model = CASES[name]

    problems = [run.problem for run in (drive(model, seed, 80) for seed in range(30)) if run.problem]

    assert sound(model)
    assert problems == []


def test_leaves_surplus_tokens_at_their_flow():
    handler = Seq([user("h"), Par("p", [user("A"), user("B")]), user("C")])
    steps = Steps(Model(user("u", beside("b", "message", handler)), {}))

    steps.do("b", "b", "h", "h", "A", "A")
    assert steps.ready()["C"] == 0
    steps.do("B")
    assert steps.ready()["C"] == 1
    steps.do("B")
    assert steps.ready()["C"] == 2
    steps.do("C", "C", "u")

    assert steps.engine.completed
