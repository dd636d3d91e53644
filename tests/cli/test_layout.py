"""`casework layout`: draws a file anew, or names what is wrong with the picture that it has."""

import json

import pytest
from click.testing import CliRunner

from casework.cli import casework
from casework.layout import layout, measure
from tests.layout.diagrams import document, flows, nodes, process
from tests.layout.samples import SAMPLES

SAMPLE = SAMPLES["pool and lanes"]


def run(*arguments):
    return CliRunner().invoke(casework, ["layout", *map(str, arguments)])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "proces.bpmn"
    path.write_bytes(SAMPLE)
    return path


def test_adds_the_picture_to_the_file(file):
    result = run(file)

    assert file.read_bytes() == layout(SAMPLE)
    assert "elementer og" in result.stdout
    assert result.exit_code == 0
    assert [path.name for path in file.parent.iterdir()] == ["proces.bpmn"]


def test_keeps_the_mode_of_the_file(file):
    file.chmod(0o640)

    run(file)

    assert file.stat().st_mode & 0o777 == 0o640


def test_writes_elsewhere_when_asked(file, tmp_path):
    run(file, "--output", tmp_path / "drawn.bpmn")

    assert file.read_bytes() == SAMPLE
    assert measure((tmp_path / "drawn.bpmn").read_bytes()).faults == ()


def test_check_names_what_is_wrong_and_writes_nothing(file):
    result = run(file, "--check")

    assert "vurder har ingen plads i tegningen." in result.stdout
    assert (result.exit_code, file.read_bytes()) == (1, SAMPLE)


def test_check_is_content_with_a_good_picture(file):
    file.write_bytes(layout(SAMPLE))

    assert run(file, "--check").exit_code == 0


def test_names_what_is_not_drawn_once(tmp_path):
    file = tmp_path / "proces.bpmn"
    file.write_bytes(document(process("p", nodes("userTask a\nuserTask b") + flows("a b") + "<bpmn:group id='g'/>")))

    result = run(file)

    assert result.stdout.count("g") >= 1
    assert "Ikke tegnet: g." in result.stdout
    assert "har ingen plads" not in result.stdout


def test_tells_programs_in_json(file):
    told = json.loads(run(file, "--json").stdout)

    assert told["file"] == str(file)
    assert (told["nodes"], told["faults"], told["not_drawn"]) == (11, [], [])


@pytest.mark.parametrize("content", [b"", b"no xml", b"<x/>", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'])
def test_refuses_what_is_no_diagram_and_leaves_it_as_it_is(file, content):
    file.write_bytes(content)

    result = run(file)

    assert len(result.stderr.splitlines()) == 1
    assert (result.exit_code, file.read_bytes()) == (2, content)


def test_refuses_a_place_where_nothing_can_be_written(file, tmp_path):
    result = run(file, "--output", tmp_path / "nowhere" / "drawn.bpmn")

    assert "kan ikke skrives" in result.stderr
    assert result.exit_code == 2


def test_a_missing_file_is_named(tmp_path):
    result = run(tmp_path / "missing.bpmn")

    assert "missing.bpmn" in result.stderr
    assert result.exit_code == 2
