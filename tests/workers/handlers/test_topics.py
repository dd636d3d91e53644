"""What diagrams ask of machines, and what letters ask to know, against what there is."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from casework.config import ROOT
from casework.model.job import TOPICS
from casework.papers.letters.wording import read_wording
from workers.handlers import HANDLERS

if TYPE_CHECKING:
    from pathlib import Path

LETTERS = ROOT / "processes" / "letters"
DIAGRAMS = sorted((ROOT / "processes").glob("*/*.bpmn"))
TEMPLATES = sorted(path.stem for path in LETTERS.glob("*.toml") if path.stem != "letterhead")
#: What `letter_particulars` and `compose` always give.
ALWAYS = {
    "sagsnummer", "barn", "modtager", "sagsbehandler", "stilling", "telefon", "epost", "enhed", "kommune", "dato",
}  # fmt: skip
TOPIC = "{http://camunda.org/schema/1.0/bpmn}topic"
INPUT = "{urn:sagsgang:bpmn:1}input"


def test_diagrams_may_ask_for_what_is_handled_and_for_nothing_else():
    assert HANDLERS.keys() == TOPICS


def jobs(path: Path) -> list[tuple[str, dict[str, str]]]:
    """Topic and inputs of every job of a diagram."""
    found = [element for element in etree.parse(path).iter() if element.get(TOPIC)]
    return [(e.get(TOPIC), {i.get("name"): i.get("value") for i in e.iter(INPUT)}) for e in found]


def holes_and_forms(template: str) -> list[tuple[set[str], str]]:
    """For each job that sends `template`: the inputs it gives and the form it names."""
    return [
        (set(inputs), inputs.get("form", ""))
        for path in DIAGRAMS
        for topic, inputs in jobs(path)
        if topic == "letter" and inputs.get("template") == template
    ]


def keys_of(form: str) -> set[str]:
    return set(re.findall(r'"key": *"(\w+)"', json.dumps(json.loads((ROOT / "forms" / f"{form}.form").read_text()))))


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda path: path.stem)
def test_every_topic_of_a_diagram_has_a_handler(path):
    assert {topic for topic, _ in jobs(path)} <= set(HANDLERS)


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda path: path.stem)
def test_every_letter_of_a_diagram_is_written(path):
    named = {inputs.get("template", "") for topic, inputs in jobs(path) if topic == "letter"}

    assert {name for name in named if not name.startswith("=")} <= set(TEMPLATES)


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_hole_of_a_letter_is_filled(template):
    wording = read_wording(LETTERS, template)
    holes = set(re.findall(r"\{(\w+)\}", wording.subject + wording.body + wording.recipient))

    for inputs, form in holes_and_forms(template):
        known = ALWAYS | inputs | (keys_of(form) if form and not form.startswith("=") else set())
        assert holes <= known


@pytest.mark.parametrize("template", TEMPLATES)
def test_english_says_no_more_than_danish(template):
    data = tomllib.loads((LETTERS / f"{template}.toml").read_text())

    assert set(re.findall(r"\{(\w+)\}", data["body_en"])) <= set(re.findall(r"\{(\w+)\}", data["body"]))
