"""The municipality's own processes in a private database, for scenarios: made once, each scenario works in a copy."""

from __future__ import annotations

import os

import pytest

from casework.config import ROOT
from casework.demo.load import MUNICIPALITY
from casework.scenarios import prepared

#: The table of sequence flows that the scenarios take, for the end of the report.
COVERAGE = "scenario-coverage.txt"


def shared_folder(base_folder):
    """What all workers of one run of the tests see."""
    return base_folder.parent if "PYTEST_XDIST_WORKER" in os.environ else base_folder


def pytest_terminal_summary(terminalreporter, config):
    """Print the table; workers have no terminal."""
    factory = getattr(config, "_tmp_path_factory", None)
    file = factory.getbasetemp() / COVERAGE if factory else None
    if file is not None and file.exists():
        terminalreporter.section("sequence flows taken by scenarios")
        terminalreporter.write_line(file.read_text())


@pytest.fixture(scope="session")
def sandbox():
    """`casework.scenarios.play` lets scenarios happen in it."""
    with prepared(processes=ROOT / "processes", forms=ROOT / "forms", municipality=MUNICIPALITY) as made:
        yield made
