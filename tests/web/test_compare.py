"""Two released versions side by side: in words, in colours on both diagrams, and cell by cell."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from casework.config import ROOT
from casework.database import read
from casework.model import SYSTEM, ProcessVersion
from casework.operations.deploy_processes import deploy_processes
from tests.web.visitors import links

PAGE = "/processes/sub_sikkerhedsvurdering/compare"
#: The process that is released a second time, alone: file, what stood there, what stands there now.
FILES = (
    "processes/intake_to_assessment/sub_sikkerhedsvurdering.bpmn",
    "processes/intake_to_assessment/dmn_akutvurdering.dmn",
)
CHANGED = {
    "sub_sikkerhedsvurdering.bpmn": {
        '"genvurdering"': '"nyvurdering"',
        ">genvurdering<": ">nyvurdering<",
        'name="Vurdér barnets sikkerhed"': 'name="Vurdér barnets sikkerhed nu"',
        'camunda:formKey="F02g"': 'camunda:formKey="F02"',
    },
    "dmn_akutvurdering.dmn": {'<inputEntry id="vold_i2"><text>-<': '<inputEntry id="vold_i2"><text>true<'},
    "F02.form": {'"required": true': '"required": false', '"Har du selv talt': '"Har du talt'},
}


@pytest.fixture
def second(town, tmp_path):
    """A second version of one process is released, with a change in each of its files."""
    for name in (*FILES, "processes/law.toml", "forms/F02.form", "forms/F02g.form"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (ROOT / name).read_text()
        for old, new in CHANGED.get(path.name, {}).items():
            assert old in text
            text = text.replace(old, new)
        path.write_text(text)
    deploy_processes(SYSTEM, folder=tmp_path / "processes", forms=tmp_path / "forms")


def test_the_process_page_leads_to_what_differs(visitor, second):
    birgit = visitor("birgit")
    with read() as session:
        of_it = select(ProcessVersion.id).where(ProcessVersion.process_id == "sub_sikkerhedsvurdering")
        newest = session.scalars(of_it.order_by(ProcessVersion.version.desc())).first()

    (link,) = [link for link in links(birgit.get(f"/processes/{newest}")) if "/compare" in link]
    shown = birgit.get(link).text

    assert link == f"{PAGE}?old=1&new=2"
    assert 'data-removed="genvurdering"' in shown
    assert 'data-added="nyvurdering"' in shown
    for said in ("Vurdér barnets sikkerhed nu", "Række 1, »Mistanke om overgreb«", "skal besvares", "Har du talt"):
        assert said in shown
    assert "<ins>" in shown


def test_without_numbers_the_newest_is_compared_with_the_one_before(visitor, second):
    birgit = visitor("birgit")

    assert "Version 1 og version 2" in birgit.get(PAGE).text
    assert "Der er ingen forskel." in birgit.get(f"{PAGE}?old=2&new=2").text
    for asked in ("?old=7", "?new=x", "?old=1&new=-1", "?process=nonsense"):
        assert birgit.get(PAGE + asked).status_code == 404


def test_nobody_sees_it_without_signing_in(visitor):
    assert visitor().get(PAGE).status_code == 303


def test_colours_both_diagrams_with_signs(person, second):
    birgit = person("birgit").open(PAGE)
    birgit.page.wait_for_function("() => document.querySelectorAll('[data-ready=true]').length === 2")

    before, after = birgit.page.locator(".sg-dia").all()
    assert before.locator(".sg-is-removed[data-element-id=genvurdering]").count() == 1
    assert after.locator(".sg-is-added[data-element-id=nyvurdering]").count() == 1
    assert {"−", "~"} == set(before.locator(".sg-dia-figure").all_inner_texts())
    assert {"+", "~"} == set(after.locator(".sg-dia-figure").all_inner_texts())
    assert birgit.violations() == []
