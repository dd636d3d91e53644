"""Putting right over the API: answers of a completed task, and where a process stands."""

from __future__ import annotations

import pytest

from casework.model import ProcessInstance
from tests.api.problems import refused, wrong_fields
from tests.operations.asking import one, open_elements, started
from tests.operations.processes import a_form, field, one_after_the_other, release


@pytest.fixture
def done(api, cast):
    """The first of three tasks, completed by Mette; the second stands."""
    release(
        one_after_the_other("a", "b", "c"), forms={"F01": a_form("F01", field("spor", required=True, variable="spor"))}
    )
    (task,) = started(cast).task_ids
    api.mette.post(f"/tasks/{task}/completion", {"answers": {"spor": "x"}})
    return task


def test_a_leader_puts_answers_right_and_has_the_task_done_again(api, cast, done):
    body = {"answers": {"spor": "y"}, "reason": "Forkert spor", "goes_on": "again"}
    answer = api.karin.post(f"/tasks/{done}/correction", body)

    assert answer.status_code == 201
    assert open_elements(cast.case_id) == ["a"]
    assert len(answer.get_json()["next_task_ids"]) == 1


def test_an_old_version_is_a_conflict(api, done):
    body = {"answers": {"spor": "y"}, "reason": "Forkert spor"}
    first = api.karin.post(f"/tasks/{done}/correction", body).get_json()["submission_id"]
    api.karin.post(f"/tasks/{done}/correction", body)

    refused(api.karin.post(f"/tasks/{done}/correction", {**body, "corrects": first}), 409)


def test_who_may_not_and_what_is_wrong(api, cast, done):
    body = {"answers": {"spor": "y"}, "reason": "Forkert spor"}

    refused(api.mette.post(f"/tasks/{done}/correction", body), 403)
    refused(api.sofie.post(f"/tasks/{done}/correction", body), 404)
    assert "spor" in wrong_fields(api.karin.post(f"/tasks/{done}/correction", {**body, "answers": {}}))
    assert open_elements(cast.case_id) == ["b"]


def test_a_process_is_set_to_another_element(api, cast, done):
    instance = api.karin.get(f"/tasks/{done}").get_json()["instance_id"]

    answer = api.karin.post(f"/instances/{instance}/element", {"at": ["c"], "reason": "Gjort på papir"})

    assert answer.status_code == 201
    assert open_elements(cast.case_id) == ["c"]
    refused(api.karin.post(f"/instances/{instance}/element", {"at": ["hest"], "reason": "Fejl"}), 422)
    refused(api.mette.post(f"/instances/{instance}/element", {"at": ["a"], "reason": "Fejl"}), 403)


def test_a_leader_stops_a_process_for_good(api, cast, done):
    instance = one(ProcessInstance).id

    refused(api.mette.post(f"/instances/{instance}/cancellation", {"reason": "Fejl"}), 403)
    assert api.karin.post(f"/instances/{instance}/cancellation", {"reason": "Startet ved en fejl"}).status_code == 204

    assert open_elements(cast.case_id) == []
    refused(api.karin.post(f"/instances/{instance}/cancellation", {"reason": "Igen"}), 409)
