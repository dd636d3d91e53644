"""The task page without a browser: every button, every refusal, and that nothing written is lost."""

from __future__ import annotations

import pytest

from casework.operations.claim_user_task import claim_user_task
from casework.operations.save_draft import save_draft
from casework.operations.start_process import start_process
from casework.queries.task_page import task_page
from tests.diagrams import end, node, process, start
from tests.operations.processes import release
from tests.web.visitors import NADIA, fields

WORRY = "Emil er træt hver mandag og trækker sig fra de andre."


@pytest.fixture
def task(emil):
    return f"/tasks/{emil.task_id}"


def test_shows_the_form_its_deadline_and_why(visitor, task):
    page = visitor("mette").get(task)

    assert page.status_code == 200
    for words in ("Registrér henvendelse", "Hvad bekymrer?", "Hvorfor denne frist?", "opgave 1 af 1", "140314-••••"):
        assert words in page.text
    assert "140314-4567" in fields(page, task).values()


def test_saves_and_comes_back(visitor, task):
    mette = visitor("mette")
    written = fields(mette.get(task), task) | {"bekymring": WORRY, "do": "save"}

    answer = mette.post(task, written)

    assert (answer.status_code, answer.location) == (303, task)
    assert WORRY in mette.get(task).text


def test_saves_by_itself_and_says_when(visitor, task):
    mette = visitor("mette")
    written = fields(mette.get(task), task) | {"bekymring": WORRY}

    answer = mette.post(f"{task}/draft", written)

    assert answer.status_code == 200
    assert answer.json == {"draft_version": int(written["draft_version"]) + 1, "words": "Gemt kl. 09.00"}
    assert WORRY in mette.get(task).text


def test_shows_what_is_missing_and_keeps_the_rest(visitor, task):
    mette = visitor("mette")
    written = fields(mette.get(task), task) | {"bekymring": WORRY, "do": "complete"}

    page = mette.post(task, written)

    assert page.status_code == 422
    assert "Opgaven er ikke færdig endnu: ret" in page.text
    assert "Alt, du har skrevet, er gemt." in page.text
    assert WORRY in page.text
    assert WORRY in mette.get(task).text


def test_adds_and_removes_rows_without_scripts(visitor, task):
    mette = visitor("mette")
    written = fields(mette.get(task), task)

    more = mette.post(task, written | {"add:soeskende": "1"})
    named = fields(more, task) | {"soeskende.0.navn": "Ida Brandt Lauritsen", "add:soeskende": "1"}
    two = mette.post(task, named)
    less = mette.post(task, fields(two, task) | {"remove:soeskende.1": "1"})

    assert "soeskende.0.navn" in fields(more, task)
    assert "soeskende.1.navn" in fields(two, task)
    assert fields(less, task)["soeskende.0.navn"] == "Ida Brandt Lauritsen"
    assert "soeskende.1.navn" not in fields(less, task)


def test_draws_the_questions_that_an_answer_brings(visitor, task):
    mette = visitor("mette")
    written = fields(mette.get(task), task)

    before = mette.post(f"{task}/fields", written | {"underretterType": "skole"})
    after = mette.post(f"{task}/fields", written | {"underretterType": "anonym"})

    assert "Underretters navn" in before.text
    assert "Underretters navn" not in after.text
    assert "<html" not in after.text


def test_gives_back(visitor, task, emil, town):
    claim_user_task(town.mette, task_id=emil.task_id)
    mette = visitor("mette")

    answer = mette.post(task, fields(mette.get(task), task) | {"bekymring": WORRY, "do": "give-back"})

    assert (answer.status_code, answer.location) == (303, "/")
    assert "Opgaven er tilbage hos Modtagelsen Nord" in mette.get("/").text
    assert WORRY in mette.get(task).text


def test_passes_on_with_a_reason(visitor, task, town):
    mette = visitor("mette")

    answer = mette.post(
        f"{task}/reassignment", {"to": f"employee:{town.nadia.id}", "reason": "Jeg er på kursus i morgen."}
    )

    assert (answer.status_code, answer.location) == (303, "/")
    assert "Nadia Rahimi har taget opgaven" in mette.get(task).text


@pytest.mark.parametrize(
    ("to", "reason", "said"),
    [
        ("", "Kursus", "Vælg, hvem der skal have den"),
        ("employee:abc", "Kursus", "Vælg, hvem der skal have den"),
        (f"employee:{NADIA}", "", "Skriv hvorfor"),
        ("unit:teknik_og_miljoe", "Kursus", "overlevering"),
    ],
)
def test_a_refused_passing_on_comes_back_with_what_was_written(visitor, task, to, reason, said):
    page = visitor("mette").post(f"{task}/reassignment", {"to": to, "reason": reason})

    assert page.status_code in (403, 422)
    assert said in page.text
    assert f'value="{reason}"' in page.text
    assert f'value="{to}" selected' in page.text or str(NADIA) not in to


def test_a_colleague_who_was_first_can_be_read_along_and_nothing_typed_is_lost(visitor, task, emil, town):
    mette = visitor("mette")
    written = fields(mette.get(task), task) | {"bekymring": WORRY, "do": "save"}
    claim_user_task(town.nadia, task_id=emil.task_id)

    page = mette.post(task, written)

    assert page.status_code == 403
    assert "Nadia Rahimi har taget opgaven. Du kan læse med." in page.text
    assert "Det, du havde skrevet" in page.text
    assert WORRY in page.text
    assert WORRY not in visitor("mette").get(task).text


def test_two_who_write_in_one_field_see_both_versions(visitor, task, emil, town):
    mette = visitor("mette")
    written = fields(mette.get(task), task)
    save_draft(
        town.nadia, task_id=emil.task_id, answers={"bekymring": "Nadias ord.", "fungerer": "Mormor."}, draft_version=1
    )

    saved_by_itself = mette.post(f"{task}/draft", written | {"bekymring": WORRY})
    page = mette.post(task, written | {"bekymring": WORRY, "do": "save"})

    assert saved_by_itself.status_code == 409
    assert "for at se begge udgaver" in saved_by_itself.json["words"]
    assert page.status_code == 409
    for words in ("Nadias", "To udgaver af det samme felt", "Mormor.", "Saml begge", "Venter på dit valg"):
        assert words in page.text
    both = mette.post(task, fields(page, task) | {"choose:bekymring": "both"})
    assert both.status_code == 200
    answers = task_page(town.nadia, emil.task_id).answers
    assert WORRY in answers["bekymring"]
    assert "Nadias ord." in answers["bekymring"]


def test_asks_why_it_is_late_together_with_everything_else(visitor, task, clock):
    clock.advance(days=3)
    mette = visitor("mette")

    page = mette.post(task, fields(mette.get(task), task) | {"do": "complete"})
    again = mette.post(task, fields(page, task) | {"late_reason": "sygdom", "do": "complete"})

    assert 'href="#late_reason"' in page.text
    assert "Hvad bekymrer?" in page.text
    assert 'value="sygdom" selected' in again.text
    assert 'href="#late_reason"' not in again.text


def test_a_task_without_a_form_can_be_done(visitor, town, emil):
    release(
        process(
            start(), node("userTask", "ring", camunda_candidateGroups="modtagelse"), end(), flows="start ring, ring end"
        )
    )
    started = start_process(town.mette, case_id=emil.case_id, process_id="p")
    mette, task = visitor("mette"), f"/tasks/{started.task_ids[0]}"

    page = mette.get(task)
    answer = mette.post(task, fields(page, task) | {"do": "complete"})

    assert "Opgaven har ingen spørgsmål." in page.text
    assert answer.status_code == 303
    assert "Færdig: Ring." in mette.get(answer.location).text


@pytest.mark.parametrize("username", ["sofie", "birgit", "torben", "peter"])
def test_is_not_there_for_others(visitor, task, username):
    somebody = visitor(username)

    answers = [
        somebody.get(task),
        somebody.post(task, {"do": "complete"}),
        somebody.post(f"{task}/draft"),
        somebody.post(f"{task}/fields"),
        somebody.post(f"{task}/claim"),
        somebody.post(f"{task}/reassignment", {"to": "unit:modtagelse_nord", "reason": "x"}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 6
    assert {"Det findes ikke, eller du har ikke adgang til det." in answer.text for answer in answers} == {True}
