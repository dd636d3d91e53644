"""The pages of a process draft: begun, changed, asked for, approved by a colleague, released, and back to an earlier version."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from sqlalchemy import select

from casework.config import ROOT
from casework.database import read
from casework.model import SYSTEM, ArtifactKind, ProcessDraft, ProcessVersion
from casework.operations.deploy_processes import deploy_processes
from casework.operations.process_drafts.save_draft_file import save_draft_file
from casework.operations.process_drafts.start_new_process import start_new_process
from casework.operations.process_drafts.start_process_draft import start_process_draft
from casework.queries.process_drafts.draft_files import draft_file
from tests.operations.test_import_draft_files import TOOLS
from tests.web.visitors import links

WHY = {"reason": "Der er brug for den", "legal_basis": "Lokal praksis"}
DIAGRAM = ArtifactKind.DIAGRAM


@pytest.fixture
def draft(town):
    """A new process that Birgit has begun."""
    return start_new_process(town.birgit, process_id="fritidspas", name="Fritidspas", lane="raadgiver")


def versions(process_id):
    with read() as session:
        found = select(ProcessVersion).where(ProcessVersion.process_id == process_id).order_by(ProcessVersion.version)
        return [(one.version, one.state.value, one.id) for one in session.scalars(found)]


def save(actor, draft, key, changes):
    content, revision, _ = draft_file(actor, draft, DIAGRAM, key)
    for old, new in changes.items():
        assert old.encode() in content
        content = content.replace(old.encode(), new.encode(), 1)
    save_draft_file(actor, process_draft_id=draft, kind=DIAGRAM, key=key, content=content, revision=revision)


def release(visitor, draft):
    """As Birgit and Anders do it with the buttons of the page."""
    page, birgit, anders = f"/process-drafts/{draft}", visitor("birgit"), visitor("anders")
    assert birgit.post(f"{page}/submission", WHY).status_code == 303
    assert anders.post(f"{page}/approval", {"comment": "Fint"}).status_code == 303
    return birgit.post(f"{page}/release", follow_redirects=True).text


def test_from_an_idea_to_a_released_version(visitor, town):
    birgit, anders = visitor("birgit"), visitor("anders")
    words = {"process_id": "fritidspas", "name": "Fritidspas", "lane": "raadgiver"}
    begun = birgit.post("/processes/new", words)
    page = begun.location

    asked = birgit.post(f"{page}/submission", WHY, follow_redirects=True).text
    own = birgit.post(f"{page}/approval")
    listed = anders.get("/processes").text
    looked_at = anders.get(f"{page}/release").text
    anders.post(f"{page}/approval", {"comment": "Fint"})
    done = birgit.post(f"{page}/release", follow_redirects=True).text

    assert "Den venter på godkendelse" in asked
    assert own.status_code == 403
    assert "en anden skal godkende" in own.text
    assert "venter på en som dig" in listed
    assert "Der er brug for den" in looked_at
    assert "Den er frigivet som version 1." in done
    assert [row[:2] for row in versions("fritidspas")] == [(1, "released")]


def test_the_page_of_a_process_tells_its_versions_and_leads_back(visitor, town, draft):
    release(visitor, draft)
    second = start_process_draft(town.birgit, process_id="fritidspas")
    save(town.birgit, second, "fritidspas", {'name="Færdig"': 'name="Helt færdig"'})
    release(visitor, second)
    first, now = (row[2] for row in versions("fritidspas"))
    birgit = visitor("birgit")

    shown = birgit.get(f"/processes/{now}").text
    refused = birgit.post(f"/processes/{first}/put-back", {"reason": " "})
    back = birgit.post(f"/processes/{first}/put-back", {"reason": "Den gamle var bedre"}, follow_redirects=True).text

    for said in ("Anders Kofoed", "Der er brug for den", "Lokal praksis", "Fint"):
        assert said in shown
    assert refused.status_code == 422
    assert "Version 1 gælder igen." in back
    assert "gik tilbage fra version 2 til version 1" in back
    assert [row[1] for row in versions("fritidspas")] == ["released", "retired"]
    asked = birgit.post(f"/processes/{first}/retirement", {"reason": "Ikke mere"}, follow_redirects=True).text
    assert "De andre procesejere er spurgt." in asked
    assert "Den venter på en anden procesejer." in asked
    listed = visitor("anders").get("/processes").text
    (agree,) = set(re.findall(r'action="(/process-requests/[^"]+/approval)"', listed))
    assert agree not in asked
    assert birgit.post(agree).status_code == 403
    done = visitor("anders").post(agree, follow_redirects=True).text
    assert "Processen er taget ud af brug." in done
    assert [row[1] for row in versions("fritidspas")] == ["retired", "retired"]


def test_who_says_no_to_a_request_says_why(visitor, town, draft):
    release(visitor, draft)
    ((*_, version),) = versions("fritidspas")
    birgit, anders = visitor("birgit"), visitor("anders")
    birgit.post(f"/processes/{version}/retirement", {"reason": "Ikke mere"})
    (refusal,) = set(re.findall(r'action="(/process-requests/[^"]+/refusal)"', anders.get("/processes").text))

    assert anders.post(refusal, {"reason": " "}).status_code == 422
    assert "Det sker ikke." in anders.post(refusal, {"reason": "Den bruges"}, follow_redirects=True).text
    assert "sagde nej" in birgit.get(f"/processes/{version}").text
    assert [row[1] for row in versions("fritidspas")] == ["released"]


def test_what_is_changed_what_it_concerns_and_what_is_wrong_stand_beside_each_other(visitor, town):
    draft = start_process_draft(town.birgit, process_id="sub_sikkerhedsvurdering")
    changes = {
        'name="Vurdér barnets sikkerhed"': 'name="Vurdér sikkerheden"',
        'camunda:formKey="F02g"': 'camunda:formKey="F99"',
    }
    save(town.birgit, draft, "sub_sikkerhedsvurdering", changes)
    birgit = visitor("birgit")

    page = birgit.get(f"/process-drafts/{draft}/release")
    compared = birgit.get(f"/process-drafts/{draft}/compare").text
    refused = birgit.post(f"/process-drafts/{draft}/submission", WHY)

    for said in ("Kladde til version 2", "Fra henvendelse til undersøgelse", "1 skal rettes", "F99"):
        assert said in page.text
    assert "Vurdér sikkerheden" in compared
    assert "data-changed=" in compared
    assert refused.status_code == 422
    assert "F99" in refused.text
    assert all(
        birgit.get(link).status_code == 200 for link in links(page) if link.endswith((".zip", "/compare", "/release"))
    )


def test_a_deadline_of_the_law_that_counts_longer_waits_for_a_leader(visitor, town):
    draft = start_process_draft(town.birgit, process_id="intake_to_assessment")
    save(town.birgit, draft, "intake_to_assessment", {'duration="P6D"': 'duration="P8D"'})
    page, karin = f"/process-drafts/{draft}", visitor("karin")

    birgit = visitor("birgit").post(f"{page}/submission", WHY, follow_redirects=True).text
    visitor("anders").post(f"{page}/approval")
    waiting = karin.get("/notices").text
    seen = karin.get(f"{page}/release").text
    karin.post(f"{page}/approval")

    assert "en teamleder" in birgit
    assert "En kladde til en proces venter på din godkendelse" in waiting
    assert "6 hverdage → 8 hverdage" in seen
    with read() as session:
        assert session.get(ProcessDraft, draft).state == "approved"


def test_files_are_taken_away_changed_and_laid_in_again(visitor, draft):
    birgit = visitor("birgit")
    taken = birgit.get(f"/process-drafts/{draft}/files.zip")
    with zipfile.ZipFile(io.BytesIO(taken.data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    path = "processes/fritidspas/fritidspas.bpmn"

    changed = files[path].replace("Første opgave".encode(), b"Hils paa barnet")
    laid = birgit.post(
        f"/process-drafts/{draft}/import", {"files": (io.BytesIO(changed), "a.bpmn")}, follow_redirects=True
    )
    hostile = birgit.post(f"/process-drafts/{draft}/import", {"files": (io.BytesIO(b"<!DOCTYPE a><a/>"), "b.bpmn")})

    assert sorted(files) == ["forms/F35.form", path]
    assert "1 fil er lagt ind" in laid.text
    assert hostile.status_code == 422
    assert re.search(r"b\.bpmn: .*DOCTYPE", hostile.text)


def test_a_process_of_another_tool_becomes_a_draft_with_findings(visitor):
    birgit, files = visitor("birgit"), TOOLS["signavio"]

    begun = birgit.post("/processes/import", {"files": (io.BytesIO(files), "eksport.bpmn")})
    page = birgit.get(begun.location)
    again = birgit.post("/processes/import", {"files": (io.BytesIO(files), "eksport.bpmn")})
    refused = birgit.post("/processes/import", {"files": (io.BytesIO(b"{}"), "a.form")})

    assert "Fremmed" in page.text
    assert "skal rettes, før kladden kan frigives" in page.text
    assert again.location == begun.location
    assert refused.status_code == 422
    assert "a.form" in refused.text


def test_everything_released_can_be_taken_away_and_deployed_again_is_nothing_new(visitor, tmp_path):
    taken = visitor("birgit").get("/processes/files.zip")

    with zipfile.ZipFile(io.BytesIO(taken.data)) as archive:
        archive.extractall(tmp_path)
    again = deploy_processes(SYSTEM, folder=tmp_path / "processes", forms=tmp_path / "forms")

    lies = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for path in ("processes/intake_to_assessment/intake_to_assessment.bpmn", "processes/law.toml", "forms/F01.form"):
        assert lies[path] == (ROOT / path).read_bytes()
    assert {"processes/reusable/scenarios.yaml", "processes/letters/kvittering.toml"} <= lies.keys()
    assert len(again) > 70
    assert not any(one.is_new for one in again)


@pytest.mark.parametrize("page", ["release", "compare"])
def test_a_draft_is_for_those_who_decide(visitor, draft, page):
    statuses = {
        who: visitor(who).get(f"/process-drafts/{draft}/{page}").status_code for who in ("mette", "sofie", "karin")
    }

    assert statuses == {"mette": 403, "sofie": 403, "karin": 200}
    assert "Fritidspas" not in visitor("mette").get("/processes").text
    assert visitor().get(f"/process-drafts/{draft}/{page}").status_code == 303
