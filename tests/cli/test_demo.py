"""`casework demo`: loads once, says how much, and leaves alone what is there."""

from __future__ import annotations

import json

from click.testing import CliRunner
from sqlalchemy import func, select

from casework.cli import casework
from casework.database import read
from casework.model import Case


def test_cases_are_loaded_once(sqlite_database):
    first = CliRunner().invoke(casework, ["demo", "--cases", "1", "--json"])
    again = CliRunner().invoke(casework, ["demo", "--cases", "1"])

    assert (first.exit_code, again.exit_code) == (0, 0)
    said = json.loads(first.output)
    assert said["cases"] == 1
    assert said["open_tasks"] > 0
    assert again.output == "Her er sager i forvejen. Intet er ændret.\n"
    with read() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 1


def test_cases_of_ones_own_are_left_alone(sqlite_database, cast):
    ran = CliRunner().invoke(casework, ["demo", "--cases", "1"])

    assert ran.output == "Her er sager i forvejen. Intet er ændret.\n"


def test_refuses_no_cases(sqlite_database):
    assert CliRunner().invoke(casework, ["demo", "--cases", "0"]).exit_code == 2
