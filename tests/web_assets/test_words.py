"""The editors speak Danish and English: every sentence of their scripts, and every element that their menus offer."""

import json
import re

import pytest

from casework.config import ROOT

SOURCE = ROOT / "web" / "src" / "workshop"
MODULES = ROOT / "web" / "node_modules"
BPMN_JS = MODULES / "bpmn-js" / "lib" / "features"
#: `say('…')`, `say("…")`; what is put together, as say(`kind ${type}`), stands in english.json.
SAID = re.compile(r"\bsay\(\s*(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\")")
#: What dmn-js says, in its compiled files.
TRANSLATED = re.compile(r"translate\(\s*(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\")")
HOLE = re.compile(r"{\w+}")
OFFERED = re.compile(r"const (?:ACTIVITIES|GATEWAYS|EVENTS) = \[(.*?)\];", re.DOTALL)
ENTRY = re.compile(r"'([\w-]+)': \{\s*label: '([^']+)'")


@pytest.fixture(scope="module")
def danish():
    return json.loads((SOURCE / "danish.json").read_text())


def test_every_sentence_of_the_editors_has_a_danish(danish):
    said = {one or other for file in SOURCE.rglob("*.ts") for one, other in SAID.findall(file.read_text())}

    assert len(said) > 150
    assert sorted(said - danish.keys()) == []


def test_what_is_put_together_stands_in_both_languages(danish):
    english = json.loads((SOURCE / "english.json").read_text())

    assert sorted(english.keys() - danish.keys()) == []
    assert all(danish[key] != key for key in english)


def test_both_leave_the_same_holes(danish):
    english = {key: key for key in danish} | json.loads((SOURCE / "english.json").read_text())

    assert [one for one in danish if sorted(HOLE.findall(english[one])) != sorted(HOLE.findall(danish[one]))] == []


def test_what_the_menus_offer_has_a_danish(danish):
    offered = set(re.findall(r"'([\w-]+)'", " ".join(OFFERED.findall((SOURCE / "offered.ts").read_text()))))
    labels = dict(ENTRY.findall((BPMN_JS / "popup-menu" / "PopupEntries.js").read_text()))

    named = [labels[name] for name in offered if name in labels]

    assert len(named) > 30
    assert [label for label in named if label not in danish] == []


def test_everything_that_the_decision_editor_says_has_a_danish(danish):
    files = [file for folder in MODULES.glob("dmn-js-*/lib") for file in folder.rglob("*.js")]

    said = {(one or other).replace('\\"', '"') for file in files for one, other in TRANSLATED.findall(file.read_text())}

    assert len(said) > 150
    assert sorted(said - danish.keys()) == []
