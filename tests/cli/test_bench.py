"""The benchmark runs to its end and reports everything that it promises; what it measures is nobody's failure."""

import json
import os
import subprocess
import sys

import pytest

from casework.config import ROOT


@pytest.mark.timeout(300)
def test_it_reports_every_figure(postgresql):
    command = [
        sys.executable,
        "-m",
        "casework.cli",
        "bench",
        "--json",
        "--walks",
        "1",
        "--tasks",
        "500",
        "--cases",
        "0",
    ]
    environment = {**os.environ, "DATABASE_URL": postgresql.url}

    ran = subprocess.run(command, capture_output=True, check=False, cwd=ROOT, env=environment)

    assert ran.returncode == 0, ran.stderr.decode()
    found = json.loads(ran.stdout)
    assert set(found) == {
        "machine", "commits", "start_1_clients", "complete_1_clients", "start_4_clients", "complete_4_clients", "inbox",
        "timers", "memory_mb", "paper", "findings_ms",
    }  # fmt: skip
    assert found["complete_4_clients"]["count"] == 40
    assert found["timers"]["count"] == 20
    every = found["paper"][-1]
    assert every["shown"] == every["known"] + every["asked"] > 100
    assert every["required"] <= every["asked"]
    assert 0 < every["law"] < every["asked"]
