"""Deadlines and process versions over the API."""

from __future__ import annotations

from datetime import timedelta

from casework.model import Deadline
from tests.api.problems import refused, wrong_fields
from tests.factories import a_deadline
from tests.operations.asking import one, started
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


class TestPause:
    @staticmethod
    def running(cast, due_class="LOKAL"):
        rule = f'<sag:deadline key="d" class="{due_class}" duration="P5D" calendar="working-days"/>'
        release(one_after_the_other("a", ext=rule))
        started(cast)
        return f"/deadlines/{one(Deadline).id}"

    def test_stops_the_clock_and_lets_it_go_on(self, api, cast, clock):
        address, reason = self.running(cast), {"reason": "Udtalelse fra skolen"}

        stopped = api.mette.post(f"{address}/pause", reason)
        (shown,) = api.mette.get("/deadlines?state=paused").get_json()["items"]
        clock.advance(days=1)
        going = api.mette.post(f"{address}/resumption")

        assert (stopped.status_code, going.status_code) == (204, 204)
        assert (shown["paused_at"], shown["due"]["state"]) == ("2026-11-23T08:00:00Z", "waiting")
        assert shown["due"]["words"] == "Venter på Udtalelse fra skolen"
        assert api.mette.get("/deadlines?state=paused").get_json()["items"] == []
        assert one(Deadline).due_at.isoformat() == "2026-12-01T22:59:59+00:00"

    def test_the_law_s_never_stops(self, api, cast):
        answer = api.mette.post(f"{self.running(cast, 'LOV')}/pause", {"reason": "Udtalelse fra skolen"})

        assert refused(answer, 409)

    def test_says_what_is_wrong(self, api, cast):
        address = self.running(cast)

        assert wrong_fields(api.mette.post(f"{address}/pause", {"reason": "x" * 201})) == ["reason"]
        assert refused(api.mette.post(f"{address}/resumption"), 409)
        assert refused(api.sofie.post(f"{address}/pause", {"reason": "Nysgerrig"}), 404)

    def test_a_date_that_moved_says_why(self, api, cast):
        rule = '<sag:deadline key="d" class="LOV" duration="P1D" calendar="calendar" start="=foedselsdato"/>'
        release(one_after_the_other("a", ext=rule))
        started(cast)

        given = {"value": {"$date": "2014-03-16"}, "reason": "Tastefejl"}
        api.mette.put(f"/cases/{cast.case_id}/facts/foedselsdato", given)

        (shown,) = api.mette.get("/deadlines").get_json()["items"]
        assert shown["moved"] == "Flyttet fra 15.3.2014 til 17.3.2014, fordi dette er rettet: Fødselsdato (Tastefejl)."


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
