"""Every rule that is referred to exists, every rule that exists is referred to, and what is not confirmed hides its number."""

from __future__ import annotations

import re
import tomllib

import pytest

from casework import law
from casework.queries.guidance import guidance
from tests.processes.project import NS, ROOT, diagrams, form, form_files, letters, tree

RULES = tomllib.loads((ROOT / "processes/law.toml").read_text(encoding="utf-8"))


def referred():
    """The keys that diagrams and forms name."""
    keys = set()
    for name in diagrams():
        keys |= {n.get("key") for n in tree(name).iterfind(".//sag:law", NS)}
        keys |= {n.get("law") for n in tree(name).iterfind(".//sag:deadline", NS)}
    for key in form_files():
        keys |= {c.properties["law"] for _, c in form(key).walk() if "law" in c.properties}
    return keys


def test_every_rule_is_known_and_used():
    assert referred() - {None} == set(RULES)


@pytest.mark.parametrize("key", RULES)
def test_a_rule_says_what_it_demands_and_where_it_stands(key):
    rule = RULES[key]

    assert all(rule[name].strip() for name in ("act", "act_en", "text_da", "text_en", "source", "owner", "read"))
    assert rule["text_da"].endswith((".", "?"))
    assert rule["text_en"].endswith((".", "?"))
    assert rule["confidence"] in ("I", "M", "P") or rule["address"].startswith("https://")


@pytest.mark.parametrize("key", [key for key in RULES if RULES[key]["confidence"] in ("I", "M")])
def test_an_unconfirmed_rule_is_cited_without_its_number(key):
    assert "§" not in law.law(key).citation("da")


@pytest.mark.parametrize("name", diagrams())
def test_a_deadline_of_the_law_rests_on_law(name):
    classes = {d.get("law"): d.get("class") for d in tree(name).iterfind(".//sag:deadline", NS)}

    assert [key for key, kind in classes.items() if kind == "LOV" and RULES[key]["confidence"] == "P"] == []


@pytest.mark.parametrize("name", diagrams())
def test_guidance_marks_how_sure_we_are_of_each_paragraph(name):
    texts = [d.text or "" for d in tree(name).iterfind(".//bpmn:documentation", NS)]
    cited = [text for text in texts if re.search(r"§ \d", text)]

    assert [text for text in cited if not re.search(r"\[(C|C-old|I|M)\]", text)] == []


@pytest.mark.parametrize("name", diagrams())
def test_a_worker_reads_no_paragraph_in_the_guidance(name):
    """They stand in brackets with their mark; the page shows the rules of `law.toml` beside the task instead."""
    texts = [d.text or "" for d in tree(name).iterfind(".//bpmn:userTask/bpmn:documentation", NS)]

    assert [text for text in texts if "§" in guidance(text)] == []


def test_no_letter_cites_a_number_that_is_not_confirmed():
    unsure = {RULES[key]["paragraph"] for key in RULES if RULES[key]["confidence"] in ("I", "M")} - {""}

    assert [
        name for name, path in letters().items() if any(p in path.read_text(encoding="utf-8") for p in unsure)
    ] == []
