"""Scenarios: what happens to one invented child, told by a process owner in Danish words, run with the real operations.

`read_file` reads a `scenarios.yaml`, `prepared` makes a private municipality in a temporary database, `play` lets one scenario
happen there with a clock that it moves, and `coverage` says which sequence flows none of them takes. The format is told in
processes/README.md. Also for trying out: nothing here knows a page.
"""

from casework.scenarios.coverage import Covered, coverage
from casework.scenarios.errors import ScenarioError
from casework.scenarios.outcome import Outcome, Problem
from casework.scenarios.play import play
from casework.scenarios.reading import read_file, read_text
from casework.scenarios.sandbox import Sandbox, prepared
from casework.scenarios.scenario import Scenario

__all__ = [
    "Covered",
    "Outcome",
    "Problem",
    "Sandbox",
    "Scenario",
    "ScenarioError",
    "coverage",
    "play",
    "prepared",
    "read_file",
    "read_text",
]
