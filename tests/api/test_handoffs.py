"""Hand-offs over the API: the sender stays responsible until the receiver accepts."""

from __future__ import annotations

import pytest

from casework.model import AccessEntry, Case
from tests.api.problems import refused, wrong_fields
from tests.factories import a_handoff
from tests.operations.asking import one

OFFER = {
    "to_unit_id": "familiegruppe_nord",
    "subject": "Undersøgelse",
    "purpose": "Familiegruppen overtager sagen.",
    "data_classes": ["risiko", "barnets_ord"],
    "legal_basis": "samme_myndighed",
    "moves_responsibility": True,
}


@pytest.fixture
def offered(api, cast):
    """The address of an offer to Familiegruppen."""
    answer = api.mette.post(f"/cases/{cast.case_id}/handoffs", OFFER)
    assert answer.status_code == 201, answer.text
    return f"/handoffs/{answer.get_json()['id']}"


def responsible():
    return one(Case).responsible_unit_id


def test_an_offer_moves_nothing_yet(api, offered):
    body = api.lars.get(offered).get_json()

    assert (body["state"], body["side"], responsible()) == ("offered", "receiver", "modtagelse_nord")
    assert body["responsible_unit"]["id"] == "modtagelse_nord"
    assert body["rights"] == {
        "accept": True,
        "decline": True,
        "ask": True,
        "answer": False,
        "return": False,
        "complete": False,
        "withdraw": False,
    }
    assert body["sheet"]["purpose"] == OFFER["purpose"]
    assert [entry.subject for entry in [one(AccessEntry)]] == ["handoff"]


def test_acceptance_moves_the_responsibility(api, cast, offered):
    tag = api.lars.get(offered).headers["ETag"]

    answer = api.lars.post(
        f"{offered}/acceptance", {"next_employee_id": str(cast.josefine.id)}, headers={"If-Match": tag}
    )

    assert answer.get_json()["state"] == "accepted"
    assert answer.headers["ETag"] != tag
    assert (responsible(), one(Case).responsible_employee_id) == ("familiegruppe_nord", cast.josefine.id)


def test_acceptance_needs_no_body(api, offered):
    answer = api.lars.post(f"{offered}/acceptance")

    assert answer.get_json()["state"] == "accepted"


def test_refusal_says_why_and_who_instead(api, offered):
    given = {"reason": "Barnet bor i Syd", "suggested_unit_id": "ppr_nord"}

    assert wrong_fields(api.lars.post(f"{offered}/refusal", {})) == ["reason"]
    assert api.lars.post(f"{offered}/refusal", given).get_json()["state"] == "declined"
    assert api.mette.get(offered).get_json()["reason"] == "Barnet bor i Syd"
    assert responsible() == "modtagelse_nord"


def test_question_and_answer(api, offered):
    api.lars.post(f"{offered}/question", {"text": "Hvor meget fravær?"})
    asked = api.mette.get(offered).get_json()
    api.mette.post(f"{offered}/answer", {"text": "To uger."})
    answered = api.lars.get(offered).get_json()

    assert (asked["state"], answered["state"]) == ("more_asked", "offered")
    assert "To uger." in [event["quote"] for event in answered["log"]]


def test_the_whole_way(api, offered):
    api.lars.post(f"{offered}/acceptance")
    done = api.lars.post(f"{offered}/completion", {"text": "Undersøgelsen er færdig."})

    assert done.get_json()["state"] == "completed"
    refused(api.lars.post(f"{offered}/return", {"text": "x"}), 409, "conflict")


def test_return_and_withdrawal(api, cast, offered):
    api.lars.post(f"{offered}/acceptance")
    back = api.lars.post(f"{offered}/return", {"text": "Familien er flyttet"})
    other = api.mette.post(f"/cases/{cast.case_id}/handoffs", OFFER)

    assert back.get_json()["state"] == "returned"
    assert responsible() == "modtagelse_nord"
    withdrawn = api.mette.post(f"/handoffs/{other.get_json()['id']}/withdrawal", {"text": "Ikke nødvendigt"})
    assert withdrawn.get_json()["state"] == "withdrawn"


def test_an_old_version_is_a_conflict_that_says_where_it_stands(api, offered):
    tag = api.lars.get(offered).headers["ETag"]
    api.josefine.post(f"{offered}/question", {"text": "Hvor meget fravær?"})

    body = refused(api.lars.post(f"{offered}/acceptance", headers={"If-Match": tag}), 409, "conflict")

    assert body["changed"]["state"] == "more_asked"
    assert responsible() == "modtagelse_nord"


def test_the_sender_cannot_accept_and_the_receiver_cannot_withdraw(api, offered):
    refused(api.mette.post(f"{offered}/acceptance"), 403)
    refused(api.lars.post(f"{offered}/withdrawal", {"text": "x"}), 403)


def test_an_offer_names_each_wrong_field(api, cast):
    path = f"/cases/{cast.case_id}/handoffs"

    assert wrong_fields(api.mette.post(path, {})) == ["data_classes", "purpose", "subject", "to_unit_id"]
    assert wrong_fields(api.mette.post(path, {**OFFER, "to_unit_id": "findes_ikke"})) == ["to_unit_id"]
    assert wrong_fields(api.mette.post(path, {**OFFER, "data_classes": ["alt"]})) == ["data_classes"]
    assert wrong_fields(api.mette.post(path, {**OFFER, "due_at": "2020-01-01T00:00:00Z"})) == ["due_at"]
    assert wrong_fields(api.mette.post(path, {**OFFER, "due_at": "2026-12-01T00:00:00"})) == ["due_at"]
    assert wrong_fields(api.mette.post(path, {**OFFER, "due_at": "0001-01-01T00:00:00+14:00"})) == ["due_at"]


def test_lists_by_box_and_pages(api, cast):
    ids = [str(a_handoff(cast.case_id).id) for _ in range(3)]

    to_us = api.peter.get("/handoffs?box=to_us&limit=2").get_json()
    rest = api.peter.get("/handoffs", query_string={"box": "to_us", "cursor": to_us["next_cursor"]}).get_json()

    assert [row["id"] for row in to_us["items"] + rest["items"]] == ids
    assert to_us["counts"] == {"to_us": 3, "from_us": 0, "late": 0}
    assert api.peter.get("/handoffs?box=from_us").get_json()["items"] == []


def test_another_system_answers_for_its_unit(api, cast):
    handoff = a_handoff(cast.case_id)
    ppr = api.system("handoffs:read", "handoffs:write", unit="ppr_nord")

    assert ppr.get(f"/handoffs/{handoff.id}").get_json()["sheet"]["child"]["name"] == "Emil Brandt Lauritsen"
    assert ppr.post(f"/handoffs/{handoff.id}/acceptance").get_json()["state"] == "accepted"
