"""Scenarios as they are written: changed where the change of the process is meant, refused where nobody could read them."""

from __future__ import annotations

import html
import re

import pytest

from casework.model import ArtifactKind
from casework.operations.process_drafts.start_process_draft import start_process_draft
from casework.queries.process_drafts.draft_files import draft_file

FILE = "intake_to_assessment/scenarios.yaml"


@pytest.fixture
def draft(town):
    return start_process_draft(town.birgit, process_id="intake_to_assessment")


@pytest.fixture
def address(draft):
    return f"/process-drafts/{draft}/scenarios/text?file={FILE}"


def text_of(page):
    return html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page.text, re.DOTALL)[1])


def test_what_is_changed_is_kept_in_the_draft_alone(visitor, town, draft, address):
    birgit = visitor("birgit")
    text = text_of(birgit.get(address))
    assert "kvittering: {dato: 2026-12-02, klasse: LOV}" in text

    changed = text.replace("2026-12-02", "2026-12-01")
    answer = birgit.post(address, {"file": FILE, "text": changed.replace("\n", "\r\n"), "revision": "0"})

    assert answer.location == f"/process-drafts/{draft}/scenarios"
    kept = draft_file(town.birgit, draft, ArtifactKind.SCENARIO, FILE)
    assert (kept.content.decode(), kept.revision) == (changed, 1)
    assert text_of(birgit.get(address)) == changed


def test_what_cannot_be_read_comes_back_with_its_line(visitor, town, draft, address):
    birgit = visitor("birgit")

    page = birgit.post(
        address, {"file": FILE, "text": "scenarier:\n  - navn: Uden ende\n    forløb: [", "revision": "0"}
    )

    assert page.status_code == 422
    assert re.search(r"linje \d", page.text)
    assert "Uden ende" in text_of(page)
    assert draft_file(town.birgit, draft, ArtifactKind.SCENARIO, FILE).revision == 0


def test_what_another_has_saved_meanwhile_is_not_overwritten(visitor, address):
    birgit = visitor("birgit")
    text = text_of(birgit.get(address))
    for _ in range(2):
        page = birgit.post(address, {"file": FILE, "text": text + "\n", "revision": "0"})

    assert page.status_code == 409
    assert "Somebody" not in page.text


def test_who_owns_no_process_and_a_file_that_is_none(visitor, draft, address):
    assert visitor("mette").get(address).status_code == 403
    assert visitor("birgit").get(f"/process-drafts/{draft}/scenarios/text?file=nowhere.yaml").status_code == 404
