"""Cases over the API: list, search, one case, journal, notes, instances, facts."""

from __future__ import annotations

import pytest

from casework.model import AccessEntry, Case, Deadline
from casework.queries.verify_journal import verify_journal
from tests.api.problems import refused, wrong_fields
from tests.cast import EMIL_CPR
from tests.factories import a_case
from tests.operations.asking import kinds, one, started
from tests.operations.processes import one_after_the_other, release


class TestList:
    def test_gives_the_newest_first_and_pages_while_cases_come(self, api, cast, clock):
        numbers = []
        for _ in range(5):
            clock.advance(hours=1)
            numbers.insert(0, a_case().number)

        first = api.mette.get("/cases?limit=4").get_json()
        clock.advance(hours=1)
        a_case()
        second = api.mette.get("/cases", query_string={"limit": 4, "cursor": first["next_cursor"]}).get_json()

        assert [row["number"] for row in first["items"] + second["items"]] == [*numbers, cast.number]
        assert (first["total"], second["next_cursor"]) == (6, None)

    def test_a_search_is_on_record(self, api, cast):
        api.mette.get("/cases?text=Lauritsen")

        entry = one(AccessEntry)
        assert (entry.kind, entry.subject, entry.detail) == ("search", "cases", "Lauritsen")

    def test_a_cpr_number_does_not_belong_into_an_address(self, api):
        answer = api.mette.get("/cases", query_string={"text": "140314-4567"})

        assert wrong_fields(answer) == ["text"]

    def test_a_cpr_number_finds_its_case_and_is_masked_on_record(self, api, cast):
        answer = api.mette.post("/cases/search", {"text": EMIL_CPR})

        assert [row["number"] for row in answer.get_json()["items"]] == [cast.number]
        assert one(AccessEntry).detail == "140314-••••"
        assert EMIL_CPR[6:] not in answer.text

    def test_a_part_of_a_cpr_number_finds_nothing(self, api):
        assert api.mette.post("/cases/search", {"text": EMIL_CPR[:8]}).get_json()["items"] == []


class TestOne:
    def test_shows_what_runs_and_who_is_responsible(self, api, cast):
        release(one_after_the_other("a", ext='<sag:deadline key="d" class="LOV" duration="PT24H" calendar="elapsed"/>'))
        started(cast)

        answer = api.mette.get(f"/cases/{cast.case_id}")

        body = answer.get_json()
        assert (body["number"], body["is_whole"], answer.headers["ETag"]) == (cast.number, True, f'"{body["version"]}"')
        assert body["responsible_unit"] == {"id": "modtagelse_nord", "name": "Modtagelsen Nord"}
        assert [task["state"] for task in body["tasks"]] == ["open"]
        assert [deadline["key"] for deadline in body["deadlines"]] == ["d"]
        assert [instance["process_id"] for instance in body["instances"]] == ["p"]
        assert [person["name"] for person in body["persons"]] == ["Camilla Brandt"]
        assert one(AccessEntry).subject == "case"

    def test_one_that_there_is_not_and_one_that_may_not_be_seen_are_answered_alike(self, api, cast):
        unknown = refused(api.mette.get("/cases/00000000-0000-4000-8000-000000000000"), 404)
        unseen = refused(api.sofie.get(f"/cases/{cast.case_id}"), 404)

        assert unknown == unseen

    def test_a_task_in_the_inbox_does_not_open_the_case(self, api, cast):
        release(one_after_the_other("a", camunda_candidateGroups="ppr"))
        (task,) = started(cast).task_ids

        assert api.peter.get(f"/tasks/{task}").get_json()["known"] == []
        refused(api.peter.get(f"/cases/{cast.case_id}"), 404)


class TestJournal:
    def test_pages_backwards_along_the_chain(self, api, cast):
        for number in range(5):
            api.mette.post(f"/cases/{cast.case_id}/notes", {"text": f"Note {number}"})

        first = api.mette.get(f"/cases/{cast.case_id}/journal?limit=3").get_json()
        api.mette.post(f"/cases/{cast.case_id}/notes", {"text": "Endnu en"})
        query = {"limit": 3, "cursor": first["next_cursor"]}
        second = api.mette.get(f"/cases/{cast.case_id}/journal", query_string=query).get_json()

        assert [row["number"] for row in first["items"] + second["items"]] == [5, 4, 3, 2, 1]
        assert first["head"] == first["items"][0]["hash"]
        assert first["items"][0]["quote"] == "Note 4"
        assert verify_journal(case_id=cast.case_id) == []

    def test_a_cursor_beyond_all_numbers_is_refused(self, api, cast):
        cursor = "WyI5OTk5OTk5OTk5OTk5OTk5OTk5OTk5Il0"  # ["999999999999999999999"]

        answer = api.mette.get(f"/cases/{cast.case_id}/journal", query_string={"cursor": cursor})

        assert wrong_fields(answer) == ["cursor"]


class TestNote:
    def test_becomes_an_entry(self, api, cast):
        answer = api.mette.post(f"/cases/{cast.case_id}/notes", {"text": "Talte med mor."})

        assert (answer.status_code, answer.get_json()) == (201, {"number": 1})
        assert kinds(cast.case_id) == ["note_added"]

    def test_is_written_by_people(self, api, cast):
        refused(api.system().post(f"/cases/{cast.case_id}/notes", {"text": "x"}), 403)


class TestInstance:
    def test_is_started(self, api, cast):
        release(one_after_the_other("a"))

        answer = api.mette.post(f"/cases/{cast.case_id}/instances", {"process_id": "p"})

        assert answer.status_code == 201
        (task,) = answer.get_json()["task_ids"]
        assert api.mette.get(f"/tasks/{task}").get_json()["element_id"] == "a"

    def test_of_a_process_that_there_is_not(self, api, cast):
        refused(api.mette.post(f"/cases/{cast.case_id}/instances", {"process_id": "findes_ikke"}), 404)


class TestFact:
    def test_is_corrected_and_deadlines_move(self, api, cast):
        due = '<sag:deadline key="d" class="LOV" duration="P1D" calendar="calendar" start="=foedselsdato"/>'
        release(one_after_the_other("a", ext=due))
        started(cast)
        before = one(Deadline).due_at

        given = {"value": {"$date": "2014-03-15"}, "reason": "Tastefejl"}
        answer = api.mette.put(f"/cases/{cast.case_id}/facts/foedselsdato", given)

        assert (answer.status_code, answer.data) == (204, b"")
        assert (one(Deadline).due_at - before).days == 1
        assert one(Case).facts["foedselsdato"].isoformat() == "2014-03-15"

    def test_stands_in_the_case_with_its_kind_and_value(self, api, cast):
        facts = {fact["name"]: fact for fact in api.mette.get(f"/cases/{cast.case_id}").get_json()["correctable"]}

        born = {"name": "foedselsdato", "words": "Fødselsdato", "kind": "day", "value": "14.3.2014", "options": []}
        assert facts["foedselsdato"] == born
        assert (facts["erAnbragt"]["value"], facts["anbringelsesGrundlag"]["options"]) == (None, ["46", "47", "48"])

    @pytest.mark.parametrize(
        ("name", "value", "field"),
        [
            ("ukendt", 1, "name"),
            ("foedselsdato", "2014-03-15", "value"),
            ("foedselsdato", {"$date": "15.3.2014"}, "value"),
            ("foedselsdato", {"$date": "3014-03-15"}, "value"),
            ("foedselsdato", {"$instant": "2014-03-15T00:00:00Z"}, "value"),
        ],
    )
    def test_of_another_kind_is_refused(self, api, cast, name, value, field):
        answer = api.mette.put(f"/cases/{cast.case_id}/facts/{name}", {"value": value, "reason": "x"})

        assert wrong_fields(answer) == [field]
        assert kinds(cast.case_id) == []
