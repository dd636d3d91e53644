"""`casework decide`."""

import json

import pytest
from click.testing import CliRunner

from casework.cli.decide import decide
from casework.errors import CaseworkError


@pytest.fixture
def file(dmn, tmp_path):
    path = tmp_path / "vurdering.dmn"
    rows = [('< date("2020-01-01")', '"ældre"'), ('>= date("2019-01-01")', '"yngre"')]
    path.write_bytes(dmn.definitions(dmn.table("UNIQUE", ["født"], ["gruppe"], *rows)))
    return str(path)


def run(file, born, *more):
    context = json.dumps({"født": {"$date": born}})
    return CliRunner().invoke(decide, [file, "--decision", "d", "--context", context, *more])


def test_prints_the_value_and_the_rules_that_gave_it(file):
    assert json.loads(run(file, "2010-05-01", "--json").output) == {
        "value": "ældre",
        "rules": ["r1"],
        "evaluated": {"d": "ældre"},
    }
    assert run(file, "2024-05-01").stdout == '"yngre"\n'


def test_a_conflict_names_the_rows_and_is_exit_code_1(file):
    result = run(file, "2019-05-01", "--json")

    assert result.exit_code == 1
    assert json.loads(result.output)["rows"] == [1, 2]
    assert "række 1, 2 passer på samme tid" in run(file, "2019-05-01").stderr


def test_refuses_a_context_that_is_none(file):
    result = CliRunner().invoke(decide, [file, "--decision", "d", "--context", "[]"])

    assert result.exit_code == 2
    assert "no JSON object" in result.stderr


def test_a_file_that_is_unusable_is_refused_in_words(tmp_path):
    path = tmp_path / "nix.dmn"
    path.write_text("<nix/>")

    result = run(str(path), "2010-05-01")

    assert isinstance(result.exception, CaseworkError)
