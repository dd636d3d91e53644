"""Deadlines and process versions over the API."""

from __future__ import annotations

from datetime import timedelta

from tests.api.problems import refused, wrong_fields
from tests.factories import a_deadline
from tests.operations.processes import one_after_the_other, release


def test_lists_the_nearest_first_and_pages(api, cast, clock):
    ids = [str(a_deadline(cast.case_id, due_at=clock.now + timedelta(hours=n)).id) for n in range(3)]

    first = api.mette.get("/deadlines?limit=2").get_json()
    second = api.mette.get("/deadlines", query_string={"limit": 2, "cursor": first["next_cursor"]}).get_json()

    assert [row["id"] for row in first["items"] + second["items"]] == ids
    assert first["items"][0]["due"]["due_class"] == "LOV"
    assert first["items"][0]["child"]["name"] == "Emil Brandt Lauritsen"


def test_filters(api, cast, clock):
    late = str(a_deadline(cast.case_id, due_at=clock.now - timedelta(hours=1)).id)
    a_deadline(cast.case_id, due_at=clock.now + timedelta(days=30), due_class="LOKAL", key="lokal")

    overdue = api.mette.get("/deadlines?state=overdue").get_json()["items"]
    local = api.mette.get("/deadlines?due_class=LOKAL&key=lokal").get_json()["items"]

    assert [row["id"] for row in overdue] == [late]
    assert [row["key"] for row in local] == ["lokal"]
    assert wrong_fields(api.mette.get("/deadlines?state=alle&case_id=1")) == ["case_id", "state"]


def test_versions_tell_what_is_released(api, cast):
    release(one_after_the_other("a"))

    (version,) = api.birgit.get("/process-versions?process_id=p").get_json()["items"]

    assert (version["process_id"], version["version"], version["state"]) == ("p", 1, "released")
    assert api.birgit.get("/process-versions?process_id=q").get_json()["items"] == []


def test_a_diagram_is_given_exactly_as_released(api, cast):
    diagram = one_after_the_other("a")
    release(diagram)
    (version,) = api.birgit.get("/process-versions").get_json()["items"]

    answer = api.birgit.get(f"/process-versions/{version['process_version_id']}/diagram")

    assert (answer.content_type, answer.data) == ("application/xml", diagram)
    refused(api.birgit.get(f"/process-versions/{version['process_version_id']}/diagram?process_id=q"), 404)
    refused(api.birgit.get("/process-versions/00000000-0000-4000-8000-000000000000/diagram"), 404)
