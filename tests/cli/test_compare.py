"""`casework compare`: two files or folders, in sentences or in JSON."""

import json

import pytest
from click.testing import CliRunner

from casework.cli import casework
from casework.config import ROOT

KLAGE = ROOT / "processes" / "reusable" / "klage.bpmn"


def run(*arguments):
    return CliRunner().invoke(casework, ["compare", *map(str, arguments)])


@pytest.fixture
def changed(tmp_path):
    path = tmp_path / "klage2.bpmn"
    text = KLAGE.read_text()
    assert 'duration="P4W"' in text
    path.write_text(
        text.replace('duration="P4W"', 'duration="P3W"', 1).replace('<dc:Bounds x="160"', '<dc:Bounds x="161"', 1)
    )
    return path


def test_says_in_words_what_differs(changed):
    result = run(KLAGE, changed)

    assert "4 uger → 3 uger" in result.stdout
    assert result.stdout.endswith("1 ændring, heraf 1 med betydning for forløbet; 1 er tegnet om.\n")
    assert result.exit_code == 1


def test_the_same_is_the_same():
    result = run(KLAGE, KLAGE, "--language", "en")

    assert result.stdout == "Nothing differs.\n"
    assert result.exit_code == 0


def test_tells_programs_in_json(changed):
    told = json.loads(run(KLAGE, changed, "--json").stdout)

    (change,) = told["changes"]
    assert (change["part"], change["kind"], change["affects_execution"], told["layout"]) == (
        "diagram",
        "changed",
        True,
        1,
    )


def test_compares_folders(tmp_path, changed):
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "F04.form").write_bytes((ROOT / "forms" / "F04.form").read_bytes())
    changed.rename(tmp_path / "new" / "klage.bpmn")

    result = run(tmp_path / "old", tmp_path / "new")

    assert result.stdout.startswith("klage.bpmn: Diagram »Klage«: tilføjet\n")
    assert result.exit_code == 1


def test_refuses_what_cannot_be_compared(tmp_path):
    (tmp_path / "broken.bpmn").write_text("no xml")

    assert run(KLAGE, tmp_path / "broken.bpmn").exit_code == 2
    assert run(KLAGE, ROOT / "forms" / "F04.form").exit_code == 2
    assert run(KLAGE, tmp_path).exit_code == 2
