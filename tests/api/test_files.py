"""Attaching files over the API, and taking documents out."""

from __future__ import annotations

import base64

import pytest
from sqlalchemy import select

from casework.model import AccessEntry
from tests import files
from tests.api.problems import refused, wrong_fields
from tests.operations.asking import rows, started
from tests.operations.processes import a_form, field, one_after_the_other, release


@pytest.fixture
def task(cast):
    release(one_after_the_other("a"), forms={"F01": a_form("F01", field("bilag", "filepicker"))})
    return started(cast).task_ids[0]


def sent(content=files.PDF, name="udtalelse.pdf", field="bilag"):
    return {"field": field, "name": name, "content": base64.b64encode(content).decode()}


def test_a_file_is_attached_named_in_the_draft_and_taken_out_again(api, cast, task):
    system = api.system(unit="modtagelse_nord")

    taken = system.post(f"/tasks/{task}/files", sent()).get_json()
    draft = system.put(f"/tasks/{task}/draft", {"answers": {"bilag": [taken["id"]]}, "draft_version": 0})
    done = system.post(f"/tasks/{task}/completion", {"answers": {"bilag": [taken["id"]]}})
    file = system.get(f"/documents/{taken['id']}")

    assert (taken["name"], taken["media_type"], taken["size"]) == ("udtalelse.pdf", "application/pdf", len(files.PDF))
    assert draft.get_json()["answers"] == {"bilag": [taken["id"]]}
    assert done.status_code == 201
    assert file.data == files.PDF
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert [entry.kind for entry in rows(select(AccessEntry).where(AccessEntry.subject == "document"))] == ["export"]


def test_a_large_one_fits_and_a_larger_one_is_named(api, task):
    fine = api.mette.post(f"/tasks/{task}/files", sent(b"%PDF-" + b"x" * 9_900_000))
    large = api.mette.post(f"/tasks/{task}/files", sent(b"%PDF-" + b"x" * 10_100_000))

    assert fine.status_code == 201
    assert wrong_fields(large)
    refused(api.mette.post(f"/tasks/{task}/files", sent(b"x" * 25_000_000)), 413)


def test_refuses_other_kinds_other_questions_and_other_people(api, task):
    assert wrong_fields(api.mette.post(f"/tasks/{task}/files", sent(b"MZ\x90\0"))) == ["bilag"]
    assert wrong_fields(api.mette.post(f"/tasks/{task}/files", sent(field="andet"))) == ["andet"]
    assert wrong_fields(api.mette.post(f"/tasks/{task}/files", {**sent(), "content": "ikke base64!"})) == ["content"]
    refused(api.sofie.post(f"/tasks/{task}/files", sent()), 404)
    refused(api.system("tasks:read").post(f"/tasks/{task}/files", sent()), 403)


def test_a_notification_cannot_name_documents_that_are_elsewhere(api, cast):
    from tests.operations.intake import release_intake  # noqa: PLC0415

    release_intake()
    given = {"answers": {"barnNavn": "Alma", "bekymring": "Træt", "bilag": [str(cast.case_id)]}}

    assert wrong_fields(api.system("notifications:write").post("/notifications", given)) == ["bilag"]
