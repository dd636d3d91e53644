"""Drafts of processes over the API: begun and changed by a program, approved by a person, released, and back again."""

from __future__ import annotations

import pytest

from tests.operations.drafting import main, released

WHY = {"reason": "Kortere svartid.", "legal_basis": "Lokal praksis"}


@pytest.fixture
def draft(api, cast):
    released()
    answer = api.birgit.post("/processes/p/draft")
    assert answer.status_code == 201
    return f"/process-drafts/{answer.get_json()['id']}"


def save(caller, draft, content, revision=0):
    file = {"kind": "diagram", "key": "p", "content": content.decode(), "revision": revision}
    return caller.put(f"{draft}/content", json=file)


def test_from_a_program_over_a_person_to_a_version_and_back(api, draft):
    program = api.system("processes:read", "processes:write")
    assert save(program, draft, main(name="Skøn")).get_json() == {"revision": 1}
    read = program.get(f"{draft}/content?kind=diagram&key=p").get_json()
    stands = program.get(draft).get_json()

    submitted = program.post(f"{draft}/submission", json=WHY)
    not_by_a_program = program.post(f"{draft}/approval", json={})
    approved = api.anders.post(f"{draft}/approval", json={})
    done = program.post(f"{draft}/release", headers={"Idempotency-Key": "en-gang"})
    again = program.post(f"{draft}/release", headers={"Idempotency-Key": "en-gang"})
    back = api.birgit.post("/processes/p/versions/1/reinstatement", json={"reason": "Det gik galt."})
    history = api.birgit.get("/processes/p/history", headers={"Accept-Language": "en"}).get_json()["items"]

    assert (read["content"], read["is_changed"]) == (main(name="Skøn").decode(), True)
    assert stands["concerned"][0]["next_version"] == 2
    assert "Skøn" in stands["changes"][0]
    assert (submitted.status_code, not_by_a_program.status_code) == (204, 403)
    assert approved.get_json() == {"is_enough": True}
    assert done.get_json() == again.get_json() == {"items": [{"process_id": "p", "version": 2}], "waits_for": None}
    assert back.get_json() == {"items": [{"process_id": "p", "version": 1}], "waits_for": None}
    assert history[0]["said"] == "went back from version 2 to version 1"


def test_lists_files_drafts_and_findings(api, draft):
    save(api.birgit, draft, main(call="ukendt"))

    (one,) = api.karin.get("/process-drafts").get_json()["items"]
    files = api.karin.get(f"{draft}/contents").get_json()["items"]
    findings = api.karin.get(f"{draft}/findings").get_json()["items"]
    refused = api.birgit.post(f"{draft}/submission", json=WHY)

    assert draft.endswith(one["id"])
    assert [row["key"] for row in files if row["is_changed"]] == ["p"]
    assert (findings[0]["severity"], findings[0]["element"]) == ("error", "kald")
    assert refused.status_code == 422
    assert api.mette.get("/process-drafts").get_json()["items"] == []


def test_a_second_person_agrees_to_a_request(api, draft):
    asked = api.birgit.post("/processes/q/retirement", json={"reason": "Ikke i brug."})
    (one,) = api.anders.get("/process-requests").get_json()["items"]
    at = f"/process-requests/{one['id']}"

    assert asked.get_json() == {"items": [], "waits_for": "owner"}
    assert (one["kind"], one["needs"], one["asked_by"]) == ("retire", "owner", "Birgit Sand")
    assert api.mette.get("/process-requests").get_json()["items"] == []
    assert api.birgit.post(f"{at}/approval").status_code == 403
    assert api.system("processes:read", "processes:write").post(f"{at}/approval").status_code == 403
    assert api.anders.post(f"{at}/refusal", json={"reason": " "}).status_code == 422
    assert api.anders.post(f"{at}/approval").get_json() == {"items": [], "waits_for": None}
    assert api.anders.post(f"{at}/approval").status_code == 404


def test_says_what_was_refused(api, draft):
    save(api.birgit, draft, main(name="Skøn"))

    assert save(api.birgit, draft, main(name="Andet")).get_json()["changed"] == {"revision": 1}
    assert api.birgit.post(f"{draft}/release").status_code == 409
    assert api.birgit.post(f"{draft}/return", json={"reason": "x"}).status_code == 409
    assert api.birgit.post(f"{draft}/rebase").status_code == 204
    assert api.mette.get(draft).status_code == 403
    assert api.birgit.post("/processes/ukendt/retirement", json={"reason": "x"}).status_code == 404
    assert api.birgit.post(f"{draft}/discarding", json={"reason": "Fortrudt"}).status_code == 204
    assert api.system("processes:read").post("/processes/p/draft").status_code == 403
