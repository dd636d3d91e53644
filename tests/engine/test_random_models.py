"""The proof: random processes against an oracle that knows no engine; 300 here, 5,000 in `make prove`.

A failure names the seed; `tests.proof.driver.shrink(sound_model(seed), seed)` finds the smallest process that shows it.
"""

from __future__ import annotations

import pytest
from SpiffWorkflow.bpmn.specs import defaults

from casework.engine.joins import ParallelGateway
from casework.engine.loops import Instances
from tests.proof.driver import drive, sound_model

MODELS = 10
LONG = 50


@pytest.mark.parametrize("block", range(30))
def test_does_what_the_oracle_says_whoever_loads_it(block):
    first = 1 + block * MODELS

    problems = {seed: drive(sound_model(seed), seed).problem for seed in range(first, first + MODELS)}

    assert {seed: problem for seed, problem in problems.items() if problem} == {}


@pytest.mark.proof
@pytest.mark.parametrize("block", range(100))
def test_does_what_the_oracle_says_over_five_thousand_models(block):
    first = 100_000 + block * LONG

    problems = {seed: drive(sound_model(seed, 18), seed).problem for seed in range(first, first + LONG)}

    assert {seed: problem for seed, problem in problems.items() if problem} == {}


def test_the_proof_finds_a_loop_that_is_not_watched_after_loading(monkeypatch):
    monkeypatch.setattr(Instances, "watch_instances", lambda _: None)

    assert any(drive(sound_model(seed), seed).problem for seed in range(1, 60))


def test_the_proof_finds_a_join_that_looks_at_history(monkeypatch):
    monkeypatch.setattr(ParallelGateway, "_update_hook", defaults.ParallelGateway._update_hook)

    assert any(drive(sound_model(seed), seed).problem for seed in range(1, 60))
