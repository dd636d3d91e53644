"""`scripts/catalogues.py`: which sentences lack their Danish."""

from __future__ import annotations

import subprocess
import sys

import pytest

from casework.config import ROOT

DANISH = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "The task {name} is taken."\nmsgstr "{text}"\n'
SENTENCE = 'message("The task {name} is taken.", name="F02")\n'


@pytest.fixture
def check(tmp_path):
    """Run the script on a small repository of its own: `check(code=…, danish=…, template=…)`."""
    for folder in ("casework/locale/da", "api", "workers", "scripts"):
        (tmp_path / folder).mkdir(parents=True)
    script = tmp_path / "scripts" / "catalogues.py"
    script.write_bytes((ROOT / "scripts" / "catalogues.py").read_bytes())

    def run(*, code: str = "", danish: str = "Opgaven {name} er taget.", template: str = "") -> tuple[int, str]:
        (tmp_path / "casework" / "words.py").write_text(code)
        (tmp_path / "api" / "page.html").write_text(template)
        (tmp_path / "casework/locale/da/words.po").write_text(DANISH.replace("{text}", danish))
        done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    return run


def test_a_sentence_with_its_danish_is_fine(check):
    code, said = check(code=SENTENCE, template='{{ _("The task {name} is taken.", name=task.name) }}')

    assert (code, said) == (0, "2 sentences, 0 findings\n")


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ({"code": 'message("Nobody knows.")'}, "casework/words.py:1"),
        ({"template": '\n{{ _("Nobody knows.") }}'}, "page.html:2"),
    ],
)
def test_a_sentence_without_danish_is_named_with_its_place(check, where, place):
    code, said = check(**where)

    assert code == 1
    assert f"{place}: no Danish for: Nobody knows." in said


@pytest.mark.parametrize("danish", ["Opgaven er taget.", "Opgaven {navn} er taget."])
def test_holes_that_differ_are_found(check, danish):
    code, said = check(code=SENTENCE, danish=danish)

    assert code == 1
    assert "holes differ" in said
