"""The team over the API: who may join, who joins and leaves; for the responsible unit only."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from casework.model import JournalEntry
from tests.api.problems import refused, wrong_fields
from tests.operations.asking import rows


@pytest.fixture
def team(cast):
    return f"/cases/{cast.case_id}/team"


def test_somebody_joins_sees_the_case_and_leaves_again(api, cast, team):
    joined = api.mette.post(team, {"employee_id": str(cast.lars.id), "role": "participant"})
    seen = api.lars.get(team).get_json()

    left = api.mette.post(f"{team}/{joined.get_json()['id']}/removal", {"reason": "Har skiftet job"})

    assert (joined.status_code, left.status_code) == (201, 204)
    assert [(one["employee"]["name"], one["role"]) for one in seen["members"]] == [("Lars Bo Kjeldsen", "participant")]
    assert (seen["may_change"], seen["colleagues"]) == (False, [])
    refused(api.lars.get(team), 404)
    kinds = rows(select(JournalEntry.kind).where(JournalEntry.case_id == cast.case_id))
    assert {"team_member_added", "team_member_removed"} <= set(kinds)


def test_the_responsible_unit_is_told_who_may_join(api, cast, team):
    told = api.mette.get(team).get_json()

    assert told["may_change"]
    assert str(cast.peter.id) in {one["value"] for one in told["colleagues"]}


def test_what_is_wrong_is_said_and_others_may_not(api, cast, team):
    body = {"employee_id": str(cast.lars.id), "role": "coordinator"}
    member = api.mette.post(team, body).get_json()["id"]

    refused(api.mette.post(team, {**body, "employee_id": str(cast.peter.id)}), 409)
    assert "role" in wrong_fields(api.mette.post(team, {**body, "role": "chef"}))
    refused(api.lars.post(team, {**body, "role": "caseworker"}), 403)
    refused(api.lars.post(f"{team}/{member}/removal", {"reason": "x"}), 403)
    refused(api.sofie.post(team, body), 404)
    refused(api.sofie.post(f"{team}/{member}/removal", {"reason": "x"}), 404)
