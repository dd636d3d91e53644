"""`casework simulate`: a file without any history, one beside what is released, and what it refuses."""

import json

import pytest
from click.testing import CliRunner

from casework.cli import casework
from tests.operations.processes import release
from tests.try_out.drawing import FORMS, drawn


def run(*arguments):
    return CliRunner().invoke(casework, ["simulate", *map(str, arguments), "--runs", "20", "--language", "en"])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "proces.bpmn"
    path.write_bytes(drawn("P1D"))
    return path


def test_compares_a_file_with_what_is_released(cast, file):
    release(drawn(), forms=FORMS)

    found = json.loads(run(file, "--json").stdout)

    (deadline,) = found["deadlines"]
    assert deadline["simulated"]["late"] > deadline["released"]["late"]
    assert (deadline["simulated"]["observations"], deadline["seen"]) == (0, None)
    assert found["assumed"] == ["p:a", "p:b"]
    assert found == json.loads(run(file, "--json").stdout)


def test_says_it_in_words(cast):
    release(drawn(), forms=FORMS)

    lines = run("p").stdout.splitlines()

    assert lines[0].endswith("· assumed")
    assert "nine of ten" in lines[0]
    assert lines[1].startswith("modtagelse: 1.")
    assert lines[2:] == ["too little seen, duration assumed: A, B", "no way seen, all equally likely: G"]


def test_needs_no_database(file, settings, tmp_path):
    settings(DATABASE_URL=f"sqlite:///{tmp_path / 'nothing.sqlite'}")

    assert json.loads(run(file, "--json").stdout)["deadlines"][0]["released"] is None


def test_refuses_what_is_neither(cast):
    result = run("nothing")

    assert result.exit_code == 2
    assert "no file and no released process called nothing" in result.stderr
