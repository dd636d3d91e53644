"""What the editors open and save comes back equal in meaning: every file of the repository, and what others have written into it.

`build/round-trip.mjs` has the readers and writers of the editors, with the same descriptors, and no browser.
"""

import json
import shutil
import subprocess

import pytest

from casework.compare import Files, compare
from casework.config import ROOT
from casework.diagrams import read
from casework.engine.vocabulary import read_elements, read_processes
from tests.diagrams import end, process, start, user

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


def test_forms_come_back_word_for_word(both):
    was, now = ({name: json.loads(content) for name, content in files["form"].items()} for files in both)

    assert was == now


def test_what_other_tools_have_written_survives():
    before = process(start(), user("a", ext=FOREIGN), end(), flows="start a, a end")

    (after,) = saved(("diagram", before))

    assert _extensions(before) == _extensions(after)


def _extensions(content):
    """Name, attributes and text of everything in extension elements."""
    (holder,) = [one for one in read(content).iter("{*}extensionElements") if len(one) > 1]
    return [(one.tag, dict(one.attrib), (one.text or "").strip()) for one in holder.iterdescendants()]
