"""Files from elsewhere, laid into a draft: whatever they are, they become files with findings or are refused with a sentence.

The files of other tools are invented here, in the words that these tools are known to write.
"""

import io
import json
import time
import zipfile

import pytest

from casework.diagrams import read
from casework.errors import ConflictError, ForbiddenError, InvalidError, LimitError
from casework.model import ArtifactKind
from casework.operations.process_drafts.hold_process_draft import hold_process_draft
from casework.operations.process_drafts.import_draft_files import import_draft_files
from casework.operations.process_drafts.start_process_draft import start_process_draft
from casework.queries.process_drafts.draft_files import draft_file, draft_files
from casework.queries.process_drafts.draft_findings import draft_findings
from casework.queries.process_drafts.exported_files import exported_files, zipped
from casework.studio.editable import in_utf8
from tests.operations.drafting import DIAGRAM, FORM, main, released
from tests.operations.processes import a_form, field

BPMN = 'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
BODY = '<{p}startEvent id="s"/><{p}userTask id="t" name="Opgave" {task}>{inside}</{p}userTask><{p}endEvent id="e"/>'
FLOWS = '<{p}sequenceFlow id="f1" sourceRef="s" targetRef="t"/><{p}sequenceFlow id="f2" sourceRef="t" targetRef="e"/>'


def foreign(spaces, *, key="Process_1", task="", inside="", own="", prefix="bpmn:", executable="true"):
    """A small process as a tool writes it."""
    base = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"' if not prefix else BPMN
    body = (BODY + FLOWS).format(p=prefix, task=task, inside=inside)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{prefix}definitions {base} {spaces} targetNamespace="urn:x" {own}>'
        f'<{prefix}process id="{key}" name="Fremmed" isExecutable="{executable}">{body}</{prefix}process></{prefix}definitions>'
    ).encode()


TOOLS = {
    "camunda 7": foreign(
        'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"',
        task='camunda:formKey="embedded:app:forms/x.html" camunda:assignee="${chef}"',
        inside="<bpmn:extensionElements><camunda:taskListener class='a.B' event='create'/></bpmn:extensionElements>",
    ),
    "camunda 8": foreign(
        'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0"',
        inside='<bpmn:extensionElements><zeebe:formDefinition formId="F77"/><zeebe:userTask/>'
        '<zeebe:assignmentDefinition assignee="=chef"/></bpmn:extensionElements>',
        own='modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.5.0"',
    ),
    "bpmn.io": foreign(
        "", own='exporter="bpmn-js (https://demo.bpmn.io)" exporterVersion="17.0.0"', executable="false"
    ),
    "signavio": foreign(
        'xmlns:signavio="http://www.signavio.com"',
        key="sid-0A1B2C3D-0000-4000-8000-000000000001",
        inside='<extensionElements><signavio:signavioMetaData metaKey="bgcolor" metaValue="#ffffcc"/></extensionElements>',
        prefix="",
        own='exporter="Signavio Process Editor, http://www.signavio.com"',
        executable="false",
    ),
    "bizagi": foreign(
        'xmlns:bizagi="http://www.bizagi.com/bpmn20"',
        key="Id_7f0e1c9a-0000-4000-8000-00000000000a",
        inside="<extensionElements><bizagi:BizagiExtensions><bizagi:BizagiProperties/></bizagi:BizagiExtensions></extensionElements>",
        prefix="",
        own='exporter="Bizagi"',
    ),
    "flowable": foreign(
        'xmlns:flowable="http://flowable.org/bpmn"',
        task='flowable:assignee="$INITIATOR" flowable:formKey="sag-formular"',
        prefix="",
    ),
}
DMN = (
    b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="Spor" namespace="urn:x">'
    b'<decision id="spor" name="Spor"><decisionTable id="t"><input id="i"><inputExpression><text>a</text></inputExpression>'
    b'</input><output id="o" name="spor"/><rule id="r"><inputEntry id="x"><text>1</text></inputEntry><outputEntry id="y">'
    b"<text>2</text></outputEntry></rule></decisionTable></decision></definitions>"
)
SECRET = "root:x:0"


@pytest.fixture
def database(sqlite_database):
    """What is refused never reaches a database; what is kept is kept as any other file of a draft."""
    return sqlite_database


@pytest.fixture
def draft(cast):
    released()
    return start_process_draft(cast.birgit, process_id="p")


@pytest.fixture
def lay(cast, draft):
    def lay_in(*files, actor=None):
        found = files if isinstance(files[0], tuple) else [files]
        return import_draft_files(actor or cast.birgit, process_draft_id=draft, process_id="p", files=found)

    return lay_in


def archive(**files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return held.getvalue()


@pytest.mark.parametrize("tool", ["camunda 7", "camunda 8", "flowable"])
def test_what_another_engine_would_do_is_told(cast, draft, lay, tool):
    ((kind, key),) = lay("fremmed.bpmn", TOOLS[tool])

    (told,) = [one for one in draft_findings(cast.birgit, draft, kind, key) if one.rule == "ignored-word"]

    assert "assign" in told.message.text("da")


@pytest.mark.parametrize("tool", TOOLS)
def test_a_file_of_another_tool_becomes_a_file_with_a_list_of_findings(cast, draft, lay, tool):
    ((kind, key),) = lay("fremmed.bpmn", TOOLS[tool])

    assert kind is ArtifactKind.DIAGRAM
    assert draft_file(cast.birgit, draft, kind, key).content == TOOLS[tool]
    found = draft_findings(cast.birgit, draft, kind, key)
    assert found
    assert all(one.message.text("da") and one.mend.text("da") for one in found)


def test_a_diagram_of_the_process_itself_is_laid_over_its_own(cast, draft, lay):
    assert lay("hvad som helst.xml", main(name="Skøn")) == [(DIAGRAM, "p")]

    assert draft_files(cast.birgit, draft)[0].is_changed
    assert lay("igen.bpmn", main(name="Skøn igen")) == [(DIAGRAM, "p")]
    assert draft_file(cast.birgit, draft, DIAGRAM, "p").revision == 2


def test_forms_decisions_and_scenarios_are_told_by_what_they_are(lay):
    form = a_form("F02", field("nyt")).encode()

    found = lay(("a.json", form), ("Mit spor.dmn", DMN), ("s.yaml", b"scenarier: []"))

    assert found == [(FORM, "F02"), ("decision", "p/Mit_spor.dmn"), ("scenario", "scenarios.yaml")]


def test_an_archive_is_what_is_in_it_and_what_was_taken_away_can_be_laid_in_again(cast, draft, lay):
    lay("p.bpmn", main(name="Skøn"))
    files = exported_files(cast.birgit, draft)

    found = lay("alt.zip", zipped(files))

    assert [file.path for file in files] == ["forms/F01.form", "forms/F02.form", "processes/0.bpmn", "processes/1.bpmn"]
    assert sorted(found) == [(DIAGRAM, "p"), (DIAGRAM, "sub"), (FORM, "F01"), (FORM, "F02")]
    assert [row.key for row in draft_files(cast.birgit, draft) if row.is_changed] == ["p"]


def bomb():
    return archive(a_dot_bpmn=b"<" + b" " * 60_000_000)


HOSTILE = {
    "entities": ("a.bpmn", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
    "billion laughs": ("a.dmn", b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'),
    "external dtd": ("a.bpmn", b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>'),
    "empty": ("a.bpmn", b" \n"),
    "not xml": ("a.bpmn", b"\x00\x01\x02"),
    "cut off": ("a.bpmn", main()[:200]),
    "nul bytes": ("a.bpmn", main().replace(b"start", b"st\x00art")),
    "an encoding nobody knows": ("a.bpmn", b'<?xml version="1.0" encoding="klingon"?><a/>'),
    "wrong encoding": ("a.bpmn", main(name="Skøn").decode().encode("latin-1")),
    "another vocabulary": ("a.bpmn", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "deep": ("a.bpmn", b"<a>" * 5000 + b"</a>" * 5000),
    "large": ("a.bpmn", b"<a>" + b" " * 2_000_000 + b"</a>"),
    "many tags": ("a.bpmn", b"<a>" + b"<b/>" * 30_000 + b"</a>"),
    "many namespaces": ("a.bpmn", b"<a " + b" ".join(b"xmlns:n%d='urn:x'" % n for n in range(3000)) + b"/>"),
    "deep json": ("a.form", b'{"components":' + b"[" * 100_000),
    "no form": ("a.form", b'{"a": 1}'),
    "nan": ("a.form", b'{"components": [NaN]}'),
    "large form": ("a.form", b'{"components": [' + b" " * 1_500_000 + b"]}"),
    "many fields": ("a.form", json.dumps({"components": [{"type": "textfield"}] * 600}).encode()),
    "zip bomb": ("a.zip", bomb()),
    "broken zip": ("a.zip", b"PK\x03\x04nothing"),
    "empty zip": ("a.zip", archive(readme_dot_txt="hej")),
    "a way out": ("../../a.bpmn", b""),
    "no decision": ("a.dmn", b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d"/>'),
    "an executable": ("a.exe", b"MZ\x90\x00"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_hostile_or_broken_is_refused_with_one_sentence_at_once(cast, draft, lay, case):
    began = time.process_time()

    with pytest.raises((InvalidError, LimitError)) as refused:
        lay(*HOSTILE[case])

    said = refused.value.message.text("da")
    assert said
    assert SECRET not in said
    assert len(said) < 300
    assert time.process_time() - began < 10  # a tenth of a second where nothing else runs
    assert not any(row.is_changed for row in draft_files(cast.birgit, draft))


def test_what_a_program_sends_as_text_is_utf_8_whatever_its_first_line_says():
    text = '<?xml version="1.0" encoding="ISO-8859-1" standalone="yes"?>\n<a name="Skøn"/>'

    assert read(in_utf8(text)).get("name") == "Skøn"
    assert in_utf8(text.replace("ISO-8859-1", "UTF-8")).decode() == text.replace("ISO-8859-1", "UTF-8")


def test_a_form_without_an_id_is_called_as_its_file(cast, draft, lay):
    ((kind, key),) = lay("Mit skema.json", b'{"components": [{"type": "textfield", "key": "a", "label": "A"}]}')

    assert (kind, key) == (FORM, "Mit_skema")
    assert "wrong-id" not in [one.rule for one in draft_findings(cast.birgit, draft, kind, key)]


def test_xinclude_is_left_as_it_stands(cast, draft, lay):
    include = b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    content = main(name="Skøn").replace(b"</bpmn:process>", include + b"</bpmn:process>")

    lay("a.bpmn", content)

    assert SECRET not in str(draft_findings(cast.birgit, draft))
    assert draft_file(cast.birgit, draft, DIAGRAM, "p").content == content


def test_all_or_none_and_only_by_who_may(cast, draft, lay):
    with pytest.raises(InvalidError):
        lay(("p.bpmn", main(name="Skøn")), ("a.bpmn", b"nothing"))
    assert not draft_files(cast.birgit, draft)[0].is_changed

    with pytest.raises(ForbiddenError):
        lay("p.bpmn", main(), actor=cast.karin)
    hold_process_draft(cast.anders, process_draft_id=draft)
    with pytest.raises(ConflictError):
        lay("p.bpmn", main())
