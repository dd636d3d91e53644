"""The letters: each template that a diagram names exists, and every hole of it is filled by the form that goes with it."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.processes.project import NS, diagrams, form, letters, tree

#: Filled by what is known of every case (`casework.queries.letter_particulars`).
KNOWN = {"sagsnummer", "barn", "modtager", "sagsbehandler", "stilling", "telefon", "epost", "enhed", "kommune", "dato"}
HOLE = re.compile(r"\{(\w+)\}")


def sent():
    """Template to the form whose answers it may say; templates that a call chooses, too."""
    found = {}
    for name in diagrams():
        for task in tree(name).iterfind(".//bpmn:sendTask", NS):
            inputs = {i.get("name"): i.get("value") for i in task.iterfind(".//sag:input", NS)}
            if not inputs["template"].startswith("="):
                found[inputs["template"]] = inputs["form"]
        for call in tree(name).iterfind(".//bpmn:callActivity", NS):
            inputs = {i.get("name"): i.get("value") for i in call.iterfind(".//sag:input", NS)}
            if "skabelon" in inputs:
                usual = "F07" if inputs["trin"] == "brev" else "F11"
                found[inputs["skabelon"]] = inputs.get("brevSkema", usual)
    return found


def test_every_template_is_sent_and_every_letter_has_a_template():
    assert set(sent()) == set(letters())


@pytest.mark.parametrize(("template", "form_key"), sorted(sent().items()))
def test_every_hole_is_filled_by_the_case_or_the_form(template, form_key):
    letter = tomllib.loads(letters()[template].read_text(encoding="utf-8"))
    holes = set(HOLE.findall(letter["subject"] + letter["body"]))

    assert holes - KNOWN - {path for path, _ in form(form_key).fields} == set()
    assert set(HOLE.findall(letter["body_en"])) <= holes
    assert set(HOLE.findall(letter.get("body_child", ""))) <= holes
    assert HOLE.findall(letter.get("subject_child", "")) == []


@pytest.mark.parametrize("template", letters())
def test_a_subject_names_nobody(template):
    letter = tomllib.loads(letters()[template].read_text(encoding="utf-8"))

    assert HOLE.findall(letter["subject"]) == []
    assert letter["subject_en"]


@pytest.mark.parametrize("template", letters())
def test_no_letter_tells_an_address(template):
    text = letters()[template].read_text(encoding="utf-8").lower()

    assert "adresse}" not in text


def test_the_receipt_and_the_feedback_say_nothing_of_the_child():
    for template in ("kvittering", "tilbagemelding"):
        assert "{barn}" not in letters()[template].read_text(encoding="utf-8")


@pytest.mark.parametrize("template", ["afgoerelse", "partshoering"])
def test_a_child_gets_short_words_of_its_own(template):
    """LIX counts words in a sentence and long words; 25 is what children's books have."""
    letter = tomllib.loads(letters()[template].read_text(encoding="utf-8"))

    assert lix(letter["body_child"]) <= 25
    assert len(letter["body_child"].split()) < len(letter["body"].split()) * 1.3
    assert "parten" not in letter["body_child"]


def lix(text):
    words = re.findall(r"\w+", text)
    sentences = len(re.findall(r"[.?!](?:\s|$)", text))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def test_a_decision_tells_the_child_how_to_appeal_too():
    assert "klage til Ankestyrelsen inden 4 uger" in tomllib.loads(letters()["afgoerelse"].read_text())["body_child"]


def test_a_letter_with_a_decision_says_how_to_appeal():
    for template in ("afgoerelse", "undersoegelse_besluttet", "afslutning", "udvalg_afgoerelse", "formandsafgoerelse"):
        assert "klage til Ankestyrelsen inden 4 uger" in letters()[template].read_text(encoding="utf-8")
