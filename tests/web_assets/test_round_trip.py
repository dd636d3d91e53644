"""What the editors open and save comes back equal in meaning: every file of the repository, and what others have written into it.

`build/round-trip.mjs` has the readers and writers of the editors, with the same descriptors, and no browser.
"""

import json
import shutil
import subprocess

import pytest

from casework.compare import Files, compare
from casework.config import ROOT
from casework.decisions import parse
from casework.diagrams import read
from casework.engine import Known, lint
from casework.engine.vocabulary import read_elements, read_processes
from casework.scenarios import play, read_file
from casework.scenarios.flows import Flows
from casework.scenarios.sandbox import prepared
from casework.studio.incoming import read_upload
from tests.diagrams import boundary, end, process, start, timer, user

MUNICIPALITY = ROOT / "casework" / "demo" / "municipality.toml"
FILES = {
    "diagram": sorted((ROOT / "processes").rglob("*.bpmn")),
    "decision": sorted((ROOT / "processes").rglob("*.dmn")),
    "form": sorted((ROOT / "forms").glob("*.form")),
}
FOREIGN = """
<zeebe:ioMapping xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><zeebe:input source="=a" target="b"/></zeebe:ioMapping>
<signavio:signavioMetaData xmlns:signavio="http://www.signavio.com" metaKey="bgcolor" metaValue="#ffffcc"/>
<flowable:formProperty xmlns:flowable="http://flowable.org/bpmn" id="x"><![CDATA[a < b]]></flowable:formProperty>
<camunda:inputOutput><camunda:inputParameter name="n">v</camunda:inputParameter></camunda:inputOutput>
<sag:deadline key="d" class="LOKAL" duration="P5D" calendar="working-days" misspelt="kept"/>
"""


def saved(*files):
    """The contents as the editors would save them."""
    asked = json.dumps([{"kind": kind, "content": content.decode()} for kind, content in files])
    node = shutil.which("node") or str(ROOT / ".venv" / "bin" / "node")
    program = [node, str(ROOT / "build" / "round-trip.mjs")]
    done = subprocess.run(program, input=asked, capture_output=True, text=True, check=True)
    return [content.encode() for content in json.loads(done.stdout)]


@pytest.fixture(scope="module")
def both():
    """Every file as it is and as it is saved, by kind and name."""
    before = [(kind, path.stem, path.read_bytes()) for kind, paths in FILES.items() for path in paths]
    after = saved(*((kind, content) for kind, _, content in before))
    return [
        {kind: {n: c for (k, n, _), c in zip(before, contents, strict=True) if k == kind} for kind in FILES}
        for contents in ([content for *_, content in before], after)
    ]


def test_every_file_of_the_repository_comes_back_equal_in_meaning(both):
    was, now = (Files(files["diagram"], files["form"], files["decision"]) for files in both)

    found = compare(was, now)

    assert len(was.diagrams) > 70
    assert found.changes == ()
    assert found.layout == 0


def test_the_engine_reads_the_same(both):
    was, now = ({name: read(content) for name, content in files["diagram"].items()} for files in both)

    assert all(read_elements(was[name]) == read_elements(now[name]) for name in was)
    assert all(read_processes(was[name]) == read_processes(now[name]) for name in was)


@pytest.mark.parametrize("each", [8, pytest.param(1, marks=pytest.mark.proof)])
def test_lint_says_the_same(both, each):
    nothing = Known(forms=frozenset(), decisions=frozenset(), lanes=frozenset(), handlers=frozenset(), laws=frozenset())
    was, now = (lint(dict(list(files["diagram"].items())[::each]), nothing) for files in both)

    assert was
    assert was == now


@pytest.mark.proof
def test_every_scenario_comes_out_the_same(tmp_path):
    processes = tmp_path / "processes"
    shutil.copytree(ROOT / "processes", processes)
    files = sorted([*processes.rglob("*.bpmn"), *processes.rglob("*.dmn")])
    kinds = {".bpmn": "diagram", ".dmn": "decision"}
    for file, content in zip(files, saved(*((kinds[one.suffix], one.read_bytes()) for one in files)), strict=True):
        file.write_bytes(content)

    with prepared(processes=processes, forms=ROOT / "forms", municipality=MUNICIPALITY) as sandbox:
        flows = Flows.of(sandbox.diagrams)
        told = [one for file in sorted(processes.glob("*/scenarios.yaml")) for one in read_file(file)]
        outcomes = {one.name: play(sandbox, one, flows).problems for one in told}

    assert outcomes
    assert {name: problems for name, problems in outcomes.items() if problems} == {}


def test_forms_come_back_word_for_word(both):
    was, now = ({name: json.loads(content) for name, content in files["form"].items()} for files in both)

    assert was == now


def test_what_other_tools_have_written_survives():
    before = process(start(), user("a", ext=FOREIGN), end(), flows="start a, a end")

    (after,) = saved(("diagram", before))

    assert _extensions(before) == _extensions(after)


#: Prefixes that the editors know for something else, ids that XML does not allow, other encodings, other editions of DMN.
OLD_SPACE = process(start(), user("a", camunda_formKey="F01"), end(), flows="start a, a end").replace(
    b"http://camunda.org/schema/1.0/bpmn", b"http://activiti.org/bpmn"
)
TIMED = process(start(), user("a"), boundary("late", "a", timer("P3D")), end(), flows="start a, a end, late end")
NAMELESS = TIMED.replace(b' id="f_start_0"', b"").replace(b' id="f_a_1"', b"")
NUMBERED = TIMED.replace(b'"a"', b'"1 a/b"').replace(
    b"<bpmn:timerEventDefinition", b'<bpmn:timerEventDefinition id="7 days"'
)
DMN_1_1 = (
    b'<definitions xmlns="http://www.omg.org/spec/DMN/20151101/dmn.xsd" xmlns:biodi="http://bpmn.io/schema/dmn/biodi/1.0" '
    b'id="d" name="Spor" namespace="urn:x"><decision id="spor" name="Spor"><extensionElements><biodi:bounds x="1" y="1" '
    b'width="9" height="9"/></extensionElements><decisionTable id="t"><input id="i"><inputExpression><text>a</text>'
    b'</inputExpression></input><output id="o" name="spor"/><rule id="r"><inputEntry id="x"><text>1</text></inputEntry>'
    b'<outputEntry id="y"><text>"p\xe5"</text></outputEntry></rule></decisionTable></decision></definitions>'
)
LATIN = b'<?xml version="1.0" encoding="ISO-8859-1"?>\n'


@pytest.mark.parametrize("before", [OLD_SPACE, NUMBERED, NAMELESS], ids=["prefix", "ids", "no ids"])
def test_an_imported_diagram_loses_nothing_in_the_editor(before):
    (kept,) = read_upload([("a.bpmn", before)], "p")

    (after,) = saved(("diagram", kept.content))

    was, now, came = read_elements(read(kept.content)), read_elements(read(after)), read_elements(read(before))
    assert was == now
    assert [(one.type, one.name, one.event) for one in was.values()] == [
        (o.type, o.name, o.event) for o in came.values()
    ]
    assert all(node.get("id") for node in read(after).iter("{*}sequenceFlow"))
    assert _attributes(kept.content) == _attributes(after)


def test_imported_decisions_of_another_edition_and_encoding_open_in_the_editor():
    (kept,) = read_upload([("a.dmn", LATIN + DMN_1_1)], "p")

    (after,) = saved(("decision", kept.content))

    assert parse(after).decisions == parse(kept.content).decisions == parse(LATIN + DMN_1_1).decisions


def _attributes(content):
    """Ids, and whatever other tools have added to elements."""
    held = [(one.tag, name, value) for one in read(content).iter() for name, value in one.attrib.items()]
    return sorted(one for one in held if one[1] == "id" or one[1].startswith("{"))


def _extensions(content):
    """Name, attributes and text of everything in extension elements."""
    (holder,) = [one for one in read(content).iter("{*}extensionElements") if len(one) > 1]
    return [(one.tag, dict(one.attrib), (one.text or "").strip()) for one in holder.iterdescendants()]
