"""Tasks over the API: inbox, detail, schema, drafts, claim, reassignment, completion."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from casework.config import ROOT
from casework.model import AccessEntry, Submission, UserTask
from casework.operations.claim_user_task import claim_user_task
from tests.api.problems import refused, wrong_fields
from tests.factories import a_task
from tests.operations.asking import one, rows, started
from tests.operations.processes import a_form, field, one_after_the_other, release

FORM = a_form(
    "F01",
    field("bekymring", "textarea", required=True),
    field("antal", "number"),
    field("dato", "datetime"),
    field("cpr", masked="cpr"),
)
NUMBER = "1403144567"


@pytest.fixture
def task(cast):
    release(one_after_the_other("a", "b"), forms={"F01": FORM})
    return started(cast).task_ids[0]


class TestInbox:
    def test_lists_the_nearest_deadline_first_and_pages_without_gap_or_double(self, api, cast, clock):
        ids = [str(a_task(cast.case_id, due_at=clock.now).id) for _ in range(7)]
        found, cursor = [], None
        while True:
            query = {"limit": 3, **({"cursor": cursor} if cursor else {})}
            page = api.mette.get("/tasks", query_string=query).get_json()
            found += [row["task_id"] for row in page["items"]]
            cursor = page["next_cursor"]
            if len(found) == 3:
                a_task(cast.case_id, due_at=clock.now.replace(year=2020))  # one before, while paging
            if cursor is None:
                break

        assert found == ids

    def test_says_names_in_the_readers_language(self, api, cast):
        a_task(cast.case_id)

        danish = api.mette.get("/tasks").get_json()["items"][0]
        english = api.mette.get("/tasks", headers={"Accept-Language": "en"}).get_json()["items"][0]

        assert danish["name"] == "Vurdér barnets sikkerhed (24 timer)"
        assert english["name"] == "Assess the child's safety (24 hours)"
        assert danish["child"]["masked_cpr"] == "140314-••••"

    def test_counts_agree_with_the_rows(self, api, cast):
        a_task(cast.case_id, assignee=cast.mette)
        a_task(cast.case_id)

        page = api.mette.get("/tasks", query_string={"view": "mine"}).get_json()

        assert len(page["items"]) == page["counts"]["mine"] == 1
        assert page["counts"]["all"] == 2

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("limit=ti", "limit"),
            ("view=alt", "view"),
            ("cursor=vrøvl", "cursor"),
            ("cursor=WyIxIl0", "cursor"),
            ("text=%00", "text"),
            ("side=2", "side"),
            ("limit=1&limit=2", "limit"),
        ],
    )
    def test_refuses_what_the_query_does_not_know(self, api, query, field):
        assert wrong_fields(api.mette.get(f"/tasks?{query}")) == [field]

    def test_shows_nothing_of_another_department(self, api, cast):
        a_task(cast.case_id)

        assert api.sofie.get("/tasks").get_json()["items"] == []
        assert api.system("tasks:read", unit="teknik_og_miljoe").get("/tasks").get_json()["items"] == []


class TestDetail:
    def test_tells_all_that_is_needed_to_do_it(self, api, cast, task):
        answer = api.mette.get(f"/tasks/{task}")

        body = answer.get_json()
        assert answer.headers["ETag"] == f'"{body["version"]}"'
        assert (body["state"], body["form_key"], body["needs_late_reason"]) == ("open", "F01", False)
        assert body["rights"] == {"claim": True, "complete": True, "give_back": False, "reassign": True}
        assert {one["name"] for one in body["colleagues"]} == {"Mette Friis Andersen", "Nadia Rahimi"}

    def test_puts_the_look_on_record(self, api, cast, task):
        api.mette.get(f"/tasks/{task}")

        entry = one(AccessEntry)
        assert (entry.actor_id, entry.subject, entry.subject_id, entry.case_id) == (
            cast.mette.id,
            "task",
            task,
            cast.case_id,
        )

    def test_describes_the_answers_as_json_schema(self, api, task):
        answer = api.mette.get(f"/tasks/{task}/schema")

        assert answer.content_type == "application/schema+json"
        assert answer.get_json()["required"] == ["bekymring"]

    @pytest.mark.parametrize("path", ["", "/schema"])
    def test_does_not_exist_for_others(self, api, task, path):
        refused(api.sofie.get(f"/tasks/{task}{path}"), 404)
        refused(api.system("tasks:read", unit="teknik_og_miljoe").get(f"/tasks/{task}{path}"), 404)

    def test_needs_the_scope(self, api, task):
        body = refused(api.system("cases:read").get(f"/tasks/{task}", headers={"Accept-Language": "en"}), 403)

        assert "tasks:read" in body["title"]


class TestDraft:
    def test_is_kept_with_the_number_masked(self, api, task):
        given = {"answers": {"bekymring": "Sover dårligt", "cpr": NUMBER}, "draft_version": 0}

        saved = api.mette.put(f"/tasks/{task}/draft", given)
        read = api.mette.get(f"/tasks/{task}")

        assert saved.get_json() == {
            "draft_version": 1,
            "answers": {"bekymring": "Sover dårligt", "cpr": "140314-••••"},
        }
        assert read.get_json()["answers"]["cpr"] == "140314-••••"
        assert NUMBER[6:] not in saved.text + read.text

    def test_a_mask_that_comes_back_stands_for_the_known_number(self, api, cast, task):
        api.mette.put(f"/tasks/{task}/draft", {"answers": {"bekymring": "x", "cpr": NUMBER}, "draft_version": 0})
        answers = api.mette.get(f"/tasks/{task}").get_json()["answers"]

        again = api.mette.put(f"/tasks/{task}/draft", {"answers": answers, "draft_version": 1})
        done = api.mette.post(f"/tasks/{task}/completion", {"answers": answers})

        assert again.get_json()["draft_version"] == 1
        assert done.status_code == 201
        assert one(Submission).user_task_id == task

    def test_clashing_answers_are_shown_and_nothing_is_saved(self, api, cast, task):
        api.mette.put(f"/tasks/{task}/draft", {"answers": {"cpr": NUMBER, "antal": 1}, "draft_version": 0})

        late = {"answers": {"cpr": "1403144568", "antal": 2}, "draft_version": 0}
        body = refused(api.nadia.put(f"/tasks/{task}/draft", late), 409, "conflict")

        assert body["changed"]["fields"]["antal"] == {"theirs": 1, "yours": 2}
        assert body["changed"]["fields"]["cpr"] == {"theirs": "140314-••••", "yours": "140314-••••"}
        assert api.mette.get(f"/tasks/{task}").get_json()["answers"]["antal"] == 1

    @pytest.mark.parametrize(
        ("answers", "field"),
        [
            ({"ukendt": 1}, "ukendt"),
            ({"antal": "mange"}, "antal"),
            ({"bekymring": {"a": 1}}, "bekymring"),
            ({"cpr": {"$sealed": "x"}}, "cpr.$sealed"),
            ({"cpr": {"$sealed": None}}, "cpr.$sealed"),
            ({"dato": "i går"}, "dato"),
            ({"bekymring": "a\x00b"}, "bekymring"),
        ],
    )
    def test_refuses_what_the_form_cannot_hold(self, api, task, answers, field):
        answer = api.mette.put(f"/tasks/{task}/draft", {"answers": answers, "draft_version": 0})

        assert wrong_fields(answer) == [field]
        assert api.mette.get(f"/tasks/{task}").get_json()["draft_version"] == 0

    def test_is_not_for_others(self, api, task):
        given = {"answers": {}, "draft_version": 0}

        refused(api.sofie.put(f"/tasks/{task}/draft", given), 404)
        refused(api.system("tasks:write", unit="ppr_nord").put(f"/tasks/{task}/draft", given), 404)
        refused(api.system("tasks:read").put(f"/tasks/{task}/draft", given), 403)


class TestClaim:
    def test_takes_and_gives_back(self, api, cast, task):
        taken = api.mette.put(f"/tasks/{task}/claim", headers={"If-Match": '"1"'})
        given = api.mette.delete(f"/tasks/{task}/claim", headers={"If-Match": taken.headers["ETag"]})

        assert taken.get_json()["assignee_id"] == str(cast.mette.id)
        assert taken.headers["ETag"] == '"2"'
        assert (given.get_json()["state"], given.get_json()["assignee_id"]) == ("open", None)

    def test_says_who_was_first(self, api, cast, task):
        api.nadia.put(f"/tasks/{task}/claim")

        body = refused(api.mette.put(f"/tasks/{task}/claim"), 409, "conflict")

        assert body["changed"] == {
            "version": 2,
            "state": "claimed",
            "assignee_id": str(cast.nadia.id),
            "unit_id": "modtagelse_nord",
        }

    def test_is_not_for_machines_and_others(self, api, task):
        refused(api.system("tasks:write").put(f"/tasks/{task}/claim"), 403)
        refused(api.sofie.put(f"/tasks/{task}/claim"), 404)

    @pytest.mark.parametrize("tag", ["1", 'W/"1"', '"x"', '"1", "2"', '"99999999999"'])
    def test_refuses_what_is_no_tag_of_ours(self, api, task, tag):
        assert wrong_fields(api.mette.put(f"/tasks/{task}/claim", headers={"If-Match": tag})) == ["If-Match"]


class TestReassignment:
    def test_passes_it_on_with_a_reason(self, api, cast, task):
        answer = api.karin.post(
            f"/tasks/{task}/reassignment", {"unit_id": "familiegruppe_nord", "reason": "Kender familien"}
        )

        assert answer.status_code == 200, answer.text
        assert answer.get_json()["unit_id"] == "familiegruppe_nord"
        assert answer.headers["ETag"] == f'"{answer.get_json()["version"]}"'

    def test_asks_for_a_reason_and_a_unit_that_there_is(self, api, task):
        assert wrong_fields(api.karin.post(f"/tasks/{task}/reassignment", {})) == ["reason"]
        assert wrong_fields(api.karin.post(f"/tasks/{task}/reassignment", {"reason": "  "})) == ["reason"]

    def test_is_not_for_others(self, api, task):
        given = {"unit_id": "ppr_nord", "reason": "x"}

        refused(api.sofie.post(f"/tasks/{task}/reassignment", given), 404)
        refused(api.mette.post(f"/tasks/{task}/reassignment", given), 403)


class TestCompletion:
    def test_keeps_the_answers_and_goes_on(self, api, cast, task):
        answer = api.mette.post(f"/tasks/{task}/completion", {"answers": {"bekymring": "Sover dårligt"}})

        body = answer.get_json()
        assert answer.status_code == 201
        (following,) = rows(select(UserTask).where(UserTask.state == "open"))
        assert body["next_task_ids"] == [str(following.id)]
        assert (following.element_id, following.state.value) == ("b", "open")
        assert body["incident_id"] is None

    def test_names_each_wrong_field_in_the_readers_language(self, api, task):
        given = {"answers": {"antal": "mange", "ukendt": 1}}
        danish = api.mette.post(f"/tasks/{task}/completion", given)
        english = api.mette.post(f"/tasks/{task}/completion", given, headers={"Accept-Language": "en-GB"})

        assert wrong_fields(danish) == ["antal", "bekymring", "ukendt"]
        assert english.get_json()["errors"]["ukendt"] == ["The form has no such field."]
        assert danish.get_json()["errors"] != english.get_json()["errors"]

    def test_twice_is_a_conflict_that_says_by_whom(self, api, task):
        given = {"answers": {"bekymring": "x"}}
        api.mette.post(f"/tasks/{task}/completion", given)

        body = refused(api.nadia.post(f"/tasks/{task}/completion", given), 409, "conflict")

        assert (body["changed"]["state"], body["changed"]["by"]) == ("completed", "Mette Friis Andersen")

    def test_an_old_version_is_a_conflict_that_says_what_changed(self, api, cast, task):
        claim_user_task(cast.mette, task_id=task)

        given = {"answers": {"bekymring": "x"}}
        body = refused(api.mette.post(f"/tasks/{task}/completion", given, headers={"If-Match": '"1"'}), 409)

        assert body["changed"]["version"] == 2
        assert one(UserTask, UserTask.id == task).state.value == "claimed"

    def test_a_system_with_the_scope_completes_what_it_sees(self, api, task):
        given = {"answers": {"bekymring": "x"}}

        refused(api.system("tasks:read").post(f"/tasks/{task}/completion", given), 403)
        refused(api.system("tasks:write", unit="ppr_nord").post(f"/tasks/{task}/completion", given), 404)
        refused(api.sofie.post(f"/tasks/{task}/completion", given), 404)
        done = api.system("tasks:write", unit="modtagelse_nord").post(f"/tasks/{task}/completion", given)

        assert done.status_code == 201

    @pytest.mark.parametrize("due_class", ["LOV", "LOKAL"])
    def test_asks_why_it_is_late(self, api, cast, clock, due_class):
        due = f'<sag:deadline key="d" class="{due_class}" duration="PT24H" calendar="elapsed"/>'
        release(one_after_the_other("a", ext=due), forms={"F01": FORM})
        (task,) = started(cast).task_ids
        clock.advance(hours=25)
        given = {"answers": {"bekymring": "x"}}

        detail = api.mette.get(f"/tasks/{task}").get_json()
        refusal = api.mette.post(f"/tasks/{task}/completion", given)
        done = api.mette.post(f"/tasks/{task}/completion", {**given, "late_reason": "Ingen hjemme"})

        assert detail["needs_late_reason"] is True
        assert detail["explanation"]
        assert wrong_fields(refusal) == ["late_reason"]
        assert done.status_code == 201


def test_a_hand_off_cannot_rest_on_a_consent_that_does_not_count(api, cast):
    described = {
        "emne": "Skolegang",
        "formaal": "De kender skolen",
        "naesteHandling": "Møde på mandag",
        "dataklasser": ["skole"],
        "hjemmel": "samtykke",
        "barnetOrienteret": "ja",
    }
    f28 = (ROOT / "forms" / "F28.form").read_text(encoding="utf-8")
    release(one_after_the_other("beskriv", camunda_formKey="F28"), forms={"F28": f28})
    path = f"/tasks/{started(cast).task_ids[0]}/completion"

    danish = api.mette.post(path, {"answers": described})
    english = api.mette.post(path, {"answers": described}, headers={"Accept-Language": "en"})

    assert wrong_fields(danish) == wrong_fields(english) == ["hjemmel"]
    assert danish.get_json()["errors"]["hjemmel"][0].startswith("Der er intet samtykke")
    assert english.get_json()["errors"]["hjemmel"][0].startswith("No consent counts now")
