"""Whatever is changed in the repository's own files, outside of the drawing, is told; what is only drawn anew is counted."""

from __future__ import annotations

import json
import random
from copy import deepcopy

import pytest
from lxml import etree

from casework.compare import Files, compare
from casework.compare.xml_items import is_picture
from casework.config import ROOT
from casework.diagrams import read
from casework.layout import layout

DIAGRAMS = sorted((ROOT / "processes").glob("*/*.bpmn"))
DECISIONS = sorted((ROOT / "processes").glob("*/*.dmn"))
FORMS = sorted((ROOT / "forms").glob("*.form"))
TRIES = 8
USER_TASK = "{http://www.omg.org/spec/BPMN/20100524/MODEL}userTask"


@pytest.mark.parametrize("seed", range(4))
def test_any_change_of_a_diagram_is_told(seed):
    chance = random.Random(seed)

    for path in chance.sample(DIAGRAMS, 6):
        assert_told(path, chance, lambda content: Files(diagrams={"p": content}))


def test_any_change_of_a_decision_is_told():
    chance = random.Random(5)

    for path in DECISIONS:
        assert_told(path, chance, lambda content: Files(decisions={"d": content}))


def test_any_change_of_a_form_is_told():
    chance = random.Random(6)

    for path in chance.sample(FORMS, 20):
        before = path.read_bytes()
        for _ in range(5):
            raw = json.loads(before)
            said = change_json(raw, chance)
            told = compare(Files(forms={"F": before}), Files(forms={"F": json.dumps(raw).encode()}))
            assert told.changes or (said in ("row", "schemaVersion") and told.layout == 1), (path.name, said)


def test_a_new_drawing_is_counted_and_nothing_is_listed():
    before = (ROOT / "processes" / "reusable" / "klage.bpmn").read_bytes()
    root = read(before)
    for shape in root.iter("{http://www.omg.org/spec/DD/20100524/DC}Bounds"):
        shape.set("x", str(float(shape.get("x")) + 10))
    shapes = {shape.get("bpmnElement") for shape in root.iter("{*}BPMNShape")}
    moved = etree.tostring(root)

    told = compare(Files(diagrams={"klage": before}), Files(diagrams={"klage": moved}))
    redrawn = compare(Files(diagrams={"klage": moved}), Files(diagrams={"klage": layout(moved)}))

    assert (told.changes, redrawn.changes) == ((), ())
    assert told.layout >= len(shapes)
    assert redrawn.layout > 0


def test_the_same_in_other_words_is_the_same():
    path = ROOT / "processes" / "intake_to_assessment" / "intake_to_assessment.bpmn"
    root = read(path.read_bytes())
    written = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)

    told = compare(Files(diagrams={"p": path.read_bytes()}), Files(diagrams={"p": written}))

    assert (told.changes, told.layout) == ((), 0)


def assert_told(path, chance, files):
    before = path.read_bytes()
    root = read(before)
    for _ in range(TRIES):
        changed = deepcopy(root)
        said = change_xml(changed, chance)
        after = etree.tostring(changed)
        told = compare(files(before), files(after))
        assert told.changes, f"{path.name}: {said}"
        assert all(change.sentence.text(language) for change in told.changes for language in ("da", "en"))


def change_xml(root, chance):
    """Change one thing at random, and say what."""
    nodes = [node for node in root.iter() if not any(is_picture(one) for one in (node, *node.iterancestors()))]
    node = chance.choice(nodes)
    match chance.choice(("attribute", "no attribute", "text", "no child", "child")):
        case "attribute" if node.attrib:
            name = chance.choice(sorted(node.attrib))
            node.set(name, node.get(name) + "x")
            return f"{node.tag} {name} is another"
        case "no attribute" if node.attrib:
            name = chance.choice(sorted(node.attrib))
            del node.attrib[name]
            return f"{node.tag} {name} is gone"
        case "no child" if len(node) and not is_picture(node[0]):
            node.remove(node[0])
            return f"{node.tag} has lost a child"
        case "child":
            etree.SubElement(node, chance.choice(("{urn:x}y", "{urn:sagsgang:bpmn:1}law", USER_TASK)))
            return f"{node.tag} has a new child"
    node.text = (node.text or "").strip() + "x"
    return f"{node.tag} has another text"


def change_json(raw, chance):
    """Change one leaf of a form at random, or lose it; gives its name."""
    leaves = [
        (owner, name) for owner in inner(raw) for name, value in owner.items() if not isinstance(value, (dict, list))
    ]
    owner, name = chance.choice([leaf for leaf in leaves if leaf[1] != "type"])
    if chance.random() < 0.5 and name not in ("key", "path"):
        del owner[name]
    else:
        owner[name] = f"{owner[name]}x"
    return name


def inner(value):
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from inner(one)
