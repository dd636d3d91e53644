"""Incidents over the API: seen with their values, mended, retried."""

from __future__ import annotations

import pytest

from casework.model import Incident
from tests.api.problems import refused, wrong_fields
from tests.diagrams import choice, end, process, start, user
from tests.operations.asking import one, open_elements, started
from tests.operations.processes import a_form, field, release

STUCK = process(
    start(),
    user("a", camunda_candidateGroups="modtagelse"),
    choice("g"),
    user("b", camunda_candidateGroups="modtagelse"),
    end(),
    flows='start a, a g, g b if =spor = "b", b end',
)


@pytest.fixture
def incident(api, cast):
    """The address of an incident: a gateway that finds no way out."""
    release(STUCK, forms={"F01": a_form("F01", field("spor", variable="spor"))})
    (task,) = started(cast).task_ids
    done = api.mette.post(f"/tasks/{task}/completion", {"answers": {"spor": "c"}}).get_json()
    assert done["incident_id"]
    return f"/incidents/{done['incident_id']}"


def test_shows_where_and_why_and_with_which_values(api, incident):
    body = api.anders.get(incident).get_json()

    assert (body["element_id"], body["state"], body["values"]) == ("g", "open", {"spor": "c"})
    assert body["cause"]
    assert [row["id"] for row in api.anders.get("/incidents").get_json()["items"]] == [body["id"]]


def test_is_mended_and_goes_on(api, cast, incident):
    mended = api.anders.patch(f"{incident}/variables", {"changes": {"spor": "b"}, "reason": "Skrevet forkert"})
    retried = api.anders.post(f"{incident}/retry")

    assert (mended.status_code, mended.data) == (204, b"")
    assert retried.get_json()["is_solved"] is True
    assert open_elements(cast.case_id) == ["b"]
    refused(api.anders.post(f"{incident}/retry"), 409)


def test_stays_stuck_when_nothing_was_mended(api, incident):
    retried = api.anders.post(f"{incident}/retry")

    assert retried.get_json()["is_solved"] is False
    assert one(Incident).retries == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, "changes"),
        ({"spor": {"$date": "x"}}, "changes"),
        ({"spor": "x" * 600}, "spor"),
        ({"ikke et navn": 1}, "ikke et navn"),
    ],
)
def test_values_that_are_none(api, incident, changes, field):
    answer = api.anders.patch(f"{incident}/variables", {"changes": changes, "reason": "x"})

    assert wrong_fields(answer) == [field]


def test_is_mended_by_administrators_and_leaders_only(api, incident):
    given = {"changes": {"spor": "b"}, "reason": "x"}

    refused(api.mette.patch(f"{incident}/variables", given), 403)
    refused(api.sofie.patch(f"{incident}/variables", given), 404)
    assert api.karin.patch(f"{incident}/variables", given).status_code == 204
