"""What can be drawn and written in the diagram editor is what the engine carries out, no more and no less."""

import json
import re

import pytest

from casework.config import ROOT
from casework.engine.rules.events import ALLOWED, UNSUPPORTED
from casework.engine.rules.own_words import ATTRIBUTES, WORDS
from casework.engine.vocabulary import EVENT_WORDS, FLOW_NODES

SOURCE = ROOT / "web" / "src" / "workshop"
CATALOGUE = ROOT / "web" / "node_modules" / "bpmn-js" / "lib" / "features" / "popup-menu" / "PopupEntries.js"
ENTRY = re.compile(r"'([\w-]+)': \{\s*label: [^}]*?target: \{(.*?)\}", re.DOTALL)
LIST = re.compile(r"const (?:ACTIVITIES|GATEWAYS|EVENTS) = \[(.*?)\];", re.DOTALL)


@pytest.fixture(scope="module")
def offered():
    """The BPMN tag and the kind of event of each element in the menus."""
    names = set(re.findall(r"'([\w-]+)'", " ".join(LIST.findall((SOURCE / "offered.ts").read_text()))))
    targets = dict(ENTRY.findall(CATALOGUE.read_text()))
    return {(_tag(targets[name], "type"), _event(targets[name])) for name in names & targets.keys()}


def test_every_element_of_the_menus_can_be_carried_out(offered):
    assert {tag for tag, _ in offered} <= FLOW_NODES - UNSUPPORTED.keys()
    assert [(tag, event) for tag, event in offered if tag in ALLOWED and event not in ALLOWED[tag]] == []


def test_every_kind_of_event_can_be_drawn(offered):
    assert {(tag, event) for tag, kinds in ALLOWED.items() for event in kinds} - offered == set()


def test_the_editor_knows_every_word_that_the_lint_knows():
    described = json.loads((SOURCE / "sag.json").read_text())
    types = {one["name"]: [each["name"] for each in one["properties"]] for one in described["types"]}

    assert set(types.pop("Named")) == ATTRIBUTES
    assert {name[0].lower() + name[1:]: names for name, names in types.items()} == {
        word: attributes.split() for word, attributes in WORDS.items()
    }


def _tag(target, name):
    found = re.search(rf"\b{name}: 'bpmn:(\w+)'", target)
    return found[1][0].lower() + found[1][1:] if found else ""


def _event(target):
    return EVENT_WORDS.get(_tag(target, "eventDefinitionType"), "")
