"""`casework lint`: exit code 0 for fine files, 1 for errors, 2 for what is no XML at all."""

import json

import pytest
from click.testing import CliRunner

from casework.cli import casework
from tests import diagrams as d
from tests.engine.bad_diagrams import line


def run(*arguments):
    return CliRunner().invoke(casework, ["lint", *map(str, arguments)])


@pytest.fixture
def written(tmp_path):
    def write(content, name="proces.bpmn"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def test_a_fine_diagram_has_no_findings(written):
    result = run(written(line(d.user("a"))), "--json")

    assert json.loads(result.stdout) == []
    assert result.exit_code == 0


def test_an_error_names_file_element_rule_and_how_to_mend_it(written):
    file = written(line(d.user("a", camunda_formKey="F99")))

    (finding,) = json.loads(run(file, "--json", "--language", "en").stdout)

    assert (finding["file"], finding["element"], finding["rule"], finding["severity"]) == (
        str(file),
        "a",
        "unknown-form",
        "error",
    )
    assert "F99" in finding["message"]
    assert finding["mend"]
    assert run(file).exit_code == 1


def test_lanes_are_checked_by_the_file_of_units_and_otherwise_said_to_be_unchecked(written, tmp_path):
    file = written(
        line(d.user("a", camunda_candidateGroups="modtagelse"), d.user("b", camunda_candidateGroups="skyggen"))
    )
    units = tmp_path / "units.toml"
    units.write_text('[[unit]]\nid = "m"\nname = "M"\nlane = "modtagelse"\n')

    (unchecked,) = json.loads(run(file, "--json", "--language", "en").stdout)
    (wrong,) = json.loads(run(file, "--units", units, "--json", "--language", "en").stdout)

    assert (unchecked["rule"], unchecked["severity"]) == ("lanes-not-checked", "warning")
    assert "modtagelse, skyggen" in unchecked["message"]
    assert (wrong["rule"], wrong["severity"], wrong["element"]) == ("unknown-lane", "error", "b")
    assert "skyggen" in wrong["message"]
    assert (run(file).exit_code, run(file, "--units", units).exit_code) == (0, 1)


@pytest.mark.parametrize("content", [b"unit = [", b"\xff\xfe"])
def test_a_file_of_units_that_is_none_is_one_clear_sentence(written, content):
    result = run(written(line(d.user("a"))), "--units", written(content, "units.toml"))

    assert result.exit_code == 2
    assert "units.toml" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("rule", "job"),
    [
        ("unknown-handler", d.job("a", topic="trylleri")),
        ("unknown-template", d.job("a", ext='<sag:input name="template" value="trylleri"/>')),
    ],
)
def test_jobs_nobody_does_and_letters_nobody_has_written_are_errors(written, rule, job):
    (finding,) = json.loads(run(written(line(job)), "--json").stdout)

    assert (finding["rule"], finding["severity"], finding["element"]) == (rule, "error", "a")
    assert "trylleri" in finding["message"]


def test_warnings_are_no_errors(written):
    result = run(written(line(d.user("a", camunda_formKey=""))))

    assert "user-task-without-form" in result.stdout
    assert result.exit_code == 0


def test_a_called_process_may_stand_in_another_given_file(written):
    outside = written(line(d.node("callActivity", "kald", calledElement="kaldt")), "ude.bpmn")
    inside = written(line(d.user("a")).replace(b'id="p"', b'id="kaldt"'), "inde.bpmn")

    assert run(outside).exit_code == 1
    assert run(outside, inside).exit_code == 0


def test_tables_and_forms_are_looked_at_too(written):
    table = written(b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="x"/>', "tabel.dmn")
    form = written(b'{"type": "default", "id": "X", "components": []}', "X.form")

    result = run(table, form, "--json")

    assert {finding["file"] for finding in json.loads(result.stdout)} == {str(table), str(form)}
    assert result.exit_code == 1


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG", b"<a><b></a>"])
def test_what_is_no_xml_is_unusable(written, content):
    result = run(written(content), "--json")

    assert [finding["rule"] for finding in json.loads(result.stdout)] == ["not-xml"]
    assert result.exit_code == 2


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b'<!DOCTYPE a [<!ENTITY a "a"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]><a>&c;</a>',
    ],
)
def test_entities_are_an_error_and_are_not_followed(written, content):
    result = run(written(content), "--json")

    assert [finding["rule"] for finding in json.loads(result.stdout)] == ["xml-entities"]
    assert result.exit_code == 1


def test_a_file_that_cannot_be_read_is_unusable_and_the_others_are_looked_at(written, tmp_path):
    missing, fine = tmp_path / "væk.bpmn", written(line(d.user("a", camunda_formKey="")))

    result = run(missing, tmp_path, fine, "--json")

    assert {(f["file"], f["rule"]) for f in json.loads(result.stdout)} == {
        (str(missing), "unreadable"),
        (str(tmp_path), "unreadable"),
        (str(fine), "user-task-without-form"),
    }
    assert result.exit_code == 2
