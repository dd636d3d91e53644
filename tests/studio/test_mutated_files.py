"""Our own files with a few bytes, attributes or parts exchanged: whatever comes of it, there are sentences and no exceptions."""

import copy
import json
import random

import pytest
from lxml import etree

from casework.compare import Files, compare
from casework.config import ROOT, settings
from casework.engine.drawing import executable_in
from casework.errors import CaseworkError
from casework.layout import layout
from casework.model import ArtifactKind
from casework.studio import Folder, faults, known_beside, statutory_faults
from casework.studio.incoming import read_upload

FILES = [
    *sorted((ROOT / "processes" / "reusable").glob("*.bpmn"))[::4],
    *sorted((ROOT / "processes").rglob("*.dmn")),
    *sorted((ROOT / "forms").glob("*.form"))[::10],
]
ODD = [
    "",
    " ",
    "0",
    "-1",
    "9" * 5000,
    "=",
    "=a.b",
    "P99999Y",
    "true",
    "æ",
    "#x",
    "a:b",
    "1e400",
    "NaN",
    "null",
    "{",
    "%s",
    "\u2028",
]
PARTS = {ArtifactKind.DIAGRAM: "diagrams", ArtifactKind.FORM: "forms", ArtifactKind.DECISION: "decisions"}
EMPTY = Folder({}, {}, {}, {})


@pytest.mark.parametrize("rounds", [60, pytest.param(4_000, marks=[pytest.mark.proof, pytest.mark.timeout(3600)])])
def test_no_exception_escapes(rounds):
    rng, contents = random.Random(1), {path.name: path.read_bytes() for path in FILES}
    known = known_beside(EMPTY, settings().processes, frozenset())

    kept = sum(
        look_at(name, mutated(rng, name, contents[name]), known) for name in rng.choices(list(contents), k=rounds)
    )

    assert kept > rounds / 3


def look_at(name, content, known):
    """Everything that is asked about a file while it is a draft; whether it could be kept."""
    try:
        for one in read_upload([(name, content)], "p"):
            inside = executable_in(one.key, one.content) if one.kind is ArtifactKind.DIAGRAM else ()
            folder = EMPTY.with_file(one.kind, one.key, one.content, inside)
            found = faults(folder, known) + statutory_faults(folder, folder, {(one.kind, one.key)})
            assert all(fault.message.text("da") and fault.mend.text("en") for fault in found)
            compare(Files(), Files(**{PARTS[one.kind]: {one.key: one.content}}))
            if one.kind is ArtifactKind.DIAGRAM:
                layout(one.content)
    except CaseworkError as error:
        refused = error.message.text("da")
    else:
        return True
    assert refused
    return False


def mutated(rng, name, content):
    if rng.random() < 1 / 4:
        return with_other_bytes(rng, content)
    return with_other_values(rng, content) if name.endswith(".form") else with_other_parts(rng, content)


def with_other_bytes(rng, content):
    at, length = rng.randrange(len(content)), rng.randrange(400)
    return (
        content[:at] + rng.choice([b"<", b"\0", b'"', b"\xff\xfe", content[:length]]) + content[at + rng.randrange(9) :]
    )


def with_other_parts(rng, content):
    root = etree.fromstring(content)
    for _ in range(rng.randint(1, 5)):
        nodes = [node for node in root.iter() if isinstance(node.tag, str)]
        node, other = rng.choice(nodes[1:]), rng.choice(nodes[1:])
        match rng.randrange(5):
            case 0 if node.attrib:
                node.set(rng.choice(list(node.attrib)), rng.choice(ODD))
            case 1:
                node.getparent().remove(node)
            case 2 if other is not node:
                node.append(copy.deepcopy(other))
            case 3:
                node.tag = other.tag
            case _:
                node.attrib.clear()
                node.attrib.update(other.attrib)
    return etree.tostring(root)


def with_other_values(rng, content):
    form = json.loads(content)
    for _ in range(rng.randint(1, 5)):
        holders = [one for one in every(form) if one]
        holder = rng.choice(holders)
        name = rng.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        holder[name] = rng.choice([None, True, -1, 10**40, [], {}, [[]], *ODD, copy.deepcopy(rng.choice(holders))])
    return json.dumps(form).encode()


def every(value):
    """All objects and lists inside."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, (dict, list)):
        yield value
    for one in inner:
        yield from every(one)
