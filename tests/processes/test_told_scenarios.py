"""The scenarios beside the diagrams, each by itself; and all together: a sequence flow that none of them takes fails here."""

from __future__ import annotations

import json
from hashlib import md5

import pytest

from casework.config import ROOT
from casework.scenarios import coverage, play, read_file
from casework.scenarios.flows import Flows
from tests.services.sandbox import COVERAGE, shared_folder

FILES = sorted((ROOT / "processes").glob("*/scenarios.yaml"))
SCENARIOS = {f"{file.parent.name}: {one.name}": one for file in FILES for one in read_file(file)}
SLOWEST = 60.0


@pytest.fixture(scope="session")
def flows(sandbox):
    return Flows.of(sandbox.diagrams)


@pytest.fixture(scope="session")
def taken_by(sandbox, flows, tmp_path_factory):
    """Play a scenario once in this run of the tests, whoever asks first: others read what it took."""
    folder = shared_folder(tmp_path_factory.getbasetemp())

    def take(name):
        file = folder / f"scenario-{md5(name.encode(), usedforsecurity=False).hexdigest()}.json"
        if not file.exists():
            outcome = play(sandbox, SCENARIOS[name], flows)
            problems = [f"line {p.line}: {p.message.text('en')}" for p in outcome.problems]
            told = {"problems": problems, "taken": sorted(outcome.taken), "seconds": outcome.seconds}
            part = file.with_suffix(f".{id(outcome)}")
            part.write_text(json.dumps(told))
            part.replace(file)
        return json.loads(file.read_text())

    return take


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_is_told_happens(taken_by, name):
    told = taken_by(name)

    assert told["problems"] == []
    assert told["seconds"] < SLOWEST


def test_every_sequence_flow_of_every_diagram_is_taken(taken_by, flows, tmp_path_factory):
    taken = {tuple(key) for name in SCENARIOS for key in taken_by(name)["taken"]}

    rows = coverage(flows, taken)
    table = [f"{row.process_id:<36} {row.taken:>4} / {row.flows}" for row in rows]
    (shared_folder(tmp_path_factory.getbasetemp()) / COVERAGE).write_text("\n".join(table))
    untaken = [f"{row.process_id}: {' → '.join(one[1:])} ({one[0]})" for row in rows for one in row.untaken]
    assert untaken == []


def test_every_folder_with_diagrams_has_its_scenarios():
    folders = {path.parent for path in (ROOT / "processes").rglob("*.bpmn")}

    assert folders == {file.parent for file in FILES}
