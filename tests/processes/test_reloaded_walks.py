"""Random walks of every diagram, each step compacted and loaded into another parsed copy: no difference, no crash, no standstill.

One walk of each here, two hundred in `make prove`.
"""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from casework.cli.walk import walk
from casework.config import ROOT

DIAGRAMS = sorted((ROOT / "processes").glob("*/*.bpmn"))


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=lambda path: path.stem)
@pytest.mark.parametrize("runs", [1, pytest.param(200, marks=[pytest.mark.proof, pytest.mark.timeout(3600)])])
def test_reloading_changes_nothing(diagram, runs):
    ran = CliRunner().invoke(walk, [str(diagram), "--runs", str(runs), "--seed", "7", "--steps", "40", "--json"])

    found = json.loads(ran.output)
    assert found["problems"] == []
    assert found["incidents"] == 0
    assert found["largest_state"] < 20_000
    assert found["runs"] >= runs
