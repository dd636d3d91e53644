"""Who may not: no key, a wrong key, no scope, another department; for every address of the API."""

from __future__ import annotations

import re
import uuid

import pytest
from sqlalchemy import update

from casework.database import transaction
from casework.model import ServiceAccount
from casework.operations.create_service_account import SCOPES
from tests.api.problems import refused
from tests.factories import (
    a_deadline,
    a_document,
    a_handoff,
    a_message,
    a_package,
    a_task,
    a_team_member,
    an_incident,
    an_instance,
)

#: What is asked for in bodies, enough to be understood.
ELEMENT = {"kind": "dag", "provider": "x", "starts_on": "2026-12-01", "ends_on": "2026-12-31", "price": 1, "per": "dag"}
BODIES = {
    "elements": {"elements": [ELEMENT], "reason": "x"},
    "draft": {"answers": {}, "draft_version": 0},
    "reassignment": {"unit_id": "ppr_nord", "reason": "x"},
    "completion": {"answers": {}, "text": "x"},
    "correction": {"answers": {}, "reason": "x"},
    "element": {"at": ["x"], "reason": "x"},
    "cancellation": {"reason": "x"},
    "notes": {"text": "x"},
    "instances": {"process_id": "p"},
    "messages": {"name": "Klage"},
    "{name}": {"value": 1, "reason": "x"},
    "variables": {"changes": {"a": 1}, "reason": "x"},
    "discarding": {"reason": "x"},
    "refusal": {"reason": "x"},
    "pause": {"reason": "x"},
    "handoffs": {"to_unit_id": "ppr_nord", "subject": "x", "purpose": "x", "data_classes": [], "legal_basis": "fvl28"},
    "notifications": {"answers": {"barnNavn": "Ida", "bekymring": "x"}},
    "search": {"text": "Emil"},
    "team": {"employee_id": str(uuid.uuid4()), "role": "participant"},
    "removal": {"reason": "x"},
    "files": {"field": "bilag", "name": "x.txt", "content": "eA=="},
}

#: Refused to every machine, whatever it sees.
FOR_PEOPLE_ONLY = {("POST", "/cases/{case_id}/notes"), ("PUT", "/tasks/{task_id}/claim")}


def operations(application):
    for path, item in application.spec["paths"].items():
        for method, operation in item.items():
            yield method.upper(), path.removeprefix("/api/v1"), operation


def body_of(method, path):
    if method in ("GET", "DELETE") or path.endswith(("claim", "delivery", "retry", "resumption")):
        return None
    last = path.rsplit("/", 1)[1]
    if path.startswith("/handoffs/") and last not in ("refusal", "acceptance"):
        return {"text": "x"}
    body = dict(BODIES.get(last, {}))
    if last == "completion":
        body.pop("text")
    return body


@pytest.fixture
def things(cast):
    """One of each on Emil's case, by the name of its id in paths."""
    return {
        "case_id": cast.case_id,
        "task_id": a_task(cast.case_id).id,
        "instance_id": an_instance(cast.case_id).id,
        "deadline_id": a_deadline(cast.case_id, due_class="LOKAL").id,
        "handoff_id": a_handoff(cast.case_id).id,
        "package_id": a_package(cast.case_id).id,
        "message_id": a_message(cast.case_id).id,
        "reference": a_message(cast.case_id, name="Underretning").id,
        "document_id": a_document(cast.case_id).id,
        "incident_id": an_incident(cast.case_id).id,
        "member_id": a_team_member(cast.case_id, cast.peter).id,
        "version_id": uuid.uuid4(),
        "draft_id": uuid.uuid4(),
        "request_id": uuid.uuid4(),
        "move_id": uuid.uuid4(),
        "process_id": "p",
        "version": 1,
        "name": "foedselsdato",
        "key": "R1",
    }


def filled(path, things):
    return re.sub(r"\{(\w+)\}", lambda found: str(things[found[1]]), path)


def test_every_address_asks_who_calls(application, api, things):
    for method, path, _ in operations(application):
        answer = api.nobody.open(method, filled(path, things), body_of(method, path))

        refused(answer, 401)
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_every_address_asks_for_its_scope(application, api, things):
    for method, path, operation in operations(application):
        (scope,) = operation["x-scopes"]
        assert scope in SCOPES
        without = api.system(*sorted(SCOPES - {scope}))

        body = refused(
            without.open(method, filled(path, things), body_of(method, path), headers={"Accept-Language": "en"}), 403
        )

        assert scope in body["title"]


def test_nothing_of_a_case_exists_for_another_department(application, api, things, cast):
    strangers = [api.sofie, api.system(unit="teknik_og_miljoe")]
    for method, path, _ in operations(application):
        if not set(re.findall(r"\{(\w+)\}", path)) - {
            "version_id",
            "draft_id",
            "request_id",
            "move_id",
            "process_id",
            "version",
            "key",
        }:
            continue  # lists, processes and reports, which are about no one case
        for stranger, is_machine in zip(strangers, (False, True), strict=True):
            answer = stranger.open(method, filled(path, things), body_of(method, path))

            refused(answer, 403 if is_machine and (method, path) in FOR_PEOPLE_ONLY else 404)


@pytest.mark.parametrize("path", ["cases", "tasks", "handoffs", "messages", "deadlines", "incidents"])
def test_lists_hold_nothing_for_another_department(api, things, path):
    for stranger in (api.sofie, api.system(unit="teknik_og_miljoe")):
        body = stranger.get(f"/{path}").get_json()

        assert body["items"] == []
        assert not any(body.get("counts", {}).values())
        assert body.get("total", 0) == 0


def test_a_search_finds_nothing_of_another_department(api, cast):
    for text in ("Emil", "1403144567", cast.number):
        assert api.sofie.post("/cases/search", {"text": text}).get_json()["total"] == 0
        assert api.mette.post("/cases/search", {"text": text}).get_json()["total"] == 1


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer falsk", "Basic bWV0dGU6eA==", "falsk", "Bearer \xe6", "bearer  x y"]
)
def test_a_wrong_key_is_nobody(api, header):
    answer = api.nobody.get("/tasks", headers={"Authorization": header})

    refused(answer, 401)


def test_a_wrong_key_does_not_fall_back_to_the_session(api):
    refused(api.mette.get("/tasks", headers={"Authorization": "Bearer falsk"}), 401)


def test_a_closed_account_is_nobody(api):
    system = api.system("tasks:read")
    with transaction() as session:
        session.execute(update(ServiceAccount).values(is_active=False))

    refused(system.get("/tasks"), 401)


def test_a_session_without_the_token_of_a_page_changes_nothing(api, cast):
    mette = api.mette
    mette.headers = {}

    refused(mette.post(f"/cases/{cast.case_id}/notes", {"text": "x"}), 400, "csrf")
    assert mette.get("/tasks").status_code == 200


def test_who_tries_one_key_after_the_other_is_told_to_wait(api, monkeypatch):
    from api import security  # noqa: PLC0415  after its settings

    monkeypatch.setattr(security, "WRONG_KEYS", security.parse("2 per hour"))
    wrong = {"headers": {"Authorization": "Bearer falsk"}, "environ_base": {"REMOTE_ADDR": "192.0.2.7"}}

    answers = [api.nobody.get("/tasks", **wrong) for _ in range(3)]
    right = api.system("tasks:read").get("/tasks", environ_base={"REMOTE_ADDR": "192.0.2.7"})

    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert refused(answers[2], 429)
    assert answers[2].headers["Retry-After"] == "60"
    assert right.status_code == 200


def test_auditors_read_the_journal_and_nothing_else(api, things):
    assert api.torben.get(f"/cases/{things['case_id']}/journal").status_code == 200
    refused(api.torben.get(f"/cases/{things['case_id']}"), 404)
    refused(api.torben.get(f"/tasks/{things['task_id']}"), 404)
