"""The case page: what it shows, every action on it, and that a refusal comes back to it with what was written."""

from __future__ import annotations

import re

import pytest

from casework.operations.give_consent import give_consent
from casework.queries.case_page import case_page
from tests.factories import a_case
from tests.queries.test_sibling_cases import BORN, write_down
from tests.web.visitors import links

CONSENT = {"person_name": "Camilla Brandt", "shared_with": "Skole og PPR", "purpose": "Skoletilbud"} | {
    "data_classes": "skole",
    "valid_until": "1.5.2027",
    "answer": "yes",
}


@pytest.fixture
def case(emil):
    return f"/cases/{emil.case_id}"


def test_shows_child_tasks_deadlines_processes_and_journal(visitor, case, emil):
    page = visitor("mette").get(case)

    for words in (
        "Emil Brandt Lauritsen",
        "12 år",
        "10 år: part i sagen",
        "Registrér henvendelse",
        "Barnets lov § 136",
    ):
        assert words in page.text
    for words in ("Fra henvendelse til undersøgelse", "Seneste i journalen", "oprettede sagen", "i dag"):
        assert words in page.text
    found = links(page)
    assert f"/tasks/{emil.task_id}" in found
    assert f"/instances/{emil.instance_id}/diagram.bpmn" in found
    pages = [link for link in found if not link.startswith("/static/")]
    assert not [link for link in pages if visitor("mette").get(link).status_code == 404]


def test_leads_to_the_case_of_a_sibling(visitor, case, emil):
    other = a_case(child="Sofus Brandt Lauritsen", birth_date=BORN)
    write_down(emil.case_id, "Sofus Brandt Lauritsen", BORN)

    assert f"/cases/{other.id}" in links(visitor("mette").get(case))


def test_marks_the_present_step_in_the_diagram(visitor, case):
    page = visitor("mette").get(case)

    assert 'data-current=""' not in page.text
    assert 'aria-current="step"' in page.text


def test_writes_a_note(visitor, case):
    mette = visitor("mette")

    answer = mette.post(f"{case}/notes", {"text": "Skolen ringede."})

    assert (answer.status_code, answer.location) == (303, case)
    assert "»Skolen ringede.«" in mette.get(case).text


@pytest.mark.parametrize(
    ("text", "said"), [("", "Skriv et par ord"), (" \n", "Skriv et par ord"), ("x" * 20_001, "20000")]
)
def test_a_refused_note_comes_back_with_what_was_written(visitor, case, text, said):
    page = visitor("mette").post(f"{case}/notes", {"text": text})

    assert page.status_code == 422
    assert said in page.text
    assert 'href="#note-text"' in page.text
    assert f">{text}</textarea>" in page.text
    assert "Emil Brandt Lauritsen" in page.text


def test_shows_the_number_once_to_who_says_why(visitor, case, emil, town):
    child = case_page(town.mette, emil.case_id).child
    mette = visitor("mette")

    page = mette.post(f"{case}/persons/{child.id}/number", {"reason": "Opslag hos lægen"})

    assert "140314-4567" in page.text
    assert "140314-4567" not in mette.get(case).text
    log = visitor("torben").get("/access").text
    assert "fik vist et CPR-nummer" in log
    assert "Opslag hos lægen" in log
    assert "140314-4567" not in log


def test_shows_no_number_without_a_reason(visitor, case, emil, town):
    child = case_page(town.mette, emil.case_id).child

    page = visitor("mette").post(f"{case}/persons/{child.id}/number", {"reason": " "})

    assert page.status_code == 422
    assert 'href="#number-reason"' in page.text
    assert "140314-4567" not in page.text


def test_takes_responsibility(visitor, case):
    mette = visitor("mette")

    answer = mette.post(f"{case}/responsible")

    assert answer.status_code == 303
    assert "<strong>Mette Friis Andersen</strong>, Modtagelsen Nord" in mette.get(case).text
    assert "Jeg tager ansvaret" not in mette.get(case).text


def test_starts_nothing_that_may_not_be_started(visitor, case):
    page = visitor("mette").post(f"{case}/instances", {"process": "no_such_process"})

    assert page.status_code in (404, 409, 422)


def test_tells_that_something_has_happened(visitor, case, emil, town):
    mette = visitor("mette")
    assert "Familien flytter" in mette.get(case).text

    assert mette.post(f"{case}/happenings", {"message": "Flytning"}).status_code == 303

    running = [one.process_id for one in case_page(town.mette, emil.case_id).instances]
    assert "flytning" in running


def test_tells_nothing_that_no_diagram_offers(visitor, case):
    page = visitor("mette").post(f"{case}/happenings", {"message": "SagLukket"})

    assert page.status_code == 422
    assert "Ingen venter på det længere." in page.text


def test_does_not_close_a_case_on_which_something_runs(visitor, case):
    page = visitor("mette").post(f"{case}/closing", {"reason": "Der er ikke behov for mere."})

    assert page.status_code == 409
    assert "Der er stadig et forløb i gang på sagen" in page.text
    assert "Emil Brandt Lauritsen" in page.text


def test_closes_a_case_and_shows_it_closed(visitor, town):
    case = a_case()
    mette = visitor("mette")

    answer = mette.post(f"/cases/{case.id}/closing", {"reason": "Der er ikke behov for mere."})

    assert answer.status_code == 303
    page = mette.get(answer.location)
    assert "Sagen er lukket" in page.text
    assert f"/cases/{case.id}" in links(mette.get("/cases?state=closed"))


def test_says_why_it_is_not_closed_without_a_reason(visitor, town):
    case = a_case()

    page = visitor("mette").post(f"/cases/{case.id}/closing", {"reason": ""})

    assert page.status_code == 422
    assert 'href="#close-reason"' in page.text


def test_an_empty_case_says_what_will_come(visitor, town):
    page = visitor("mette").get(f"/cases/{a_case().id}")

    for words in (
        "Intet venter på et menneske",
        "Ingen frist løber",
        "Intet er i gang",
        "Ingen endnu",
        "Ingen er spurgt endnu",
    ):
        assert words in page.text


def test_writes_a_consent_down(visitor, case):
    mette = visitor("mette")

    answer = mette.post(f"{case}/consents", CONSENT)

    assert (answer.status_code, answer.location) == (303, case)
    page = mette.get(case)
    assert "Camilla Brandt: Skole og PPR" in page.text
    assert "gælder til 1.5.2027" in page.text


@pytest.mark.parametrize(
    "wrong",
    [{"person_name": ""}, {"data_classes": ""}, {"valid_until": "snart"}, {"valid_until": "1.5.2020"}, {"answer": ""}],
)
def test_a_refused_consent_comes_back_with_what_was_written(visitor, case, wrong):
    written = CONSENT | wrong

    page = visitor("mette").post(f"{case}/consents", written)

    assert page.status_code == 422
    assert f'href="#consent-{next(iter(wrong))}"' in page.text
    assert 'value="Skole og PPR"' in page.text
    assert ">Skoletilbud</textarea>" in page.text
    assert ('value="skole" checked' in page.text) == bool(written["data_classes"])


def test_notes_that_a_consent_was_withdrawn(visitor, case, emil, town):
    consent = give_consent(
        town.mette, case_id=emil.case_id, person_name="Camilla", data_classes=["skole"], shared_with="PPR", purpose="x"
    )
    mette = visitor("mette")

    silent = mette.post(f"{case}/consents/{consent}/withdrawal", {"reason": ""})
    answer = mette.post(f"{case}/consents/{consent}/withdrawal", {"reason": "Mor ringede."})

    assert silent.status_code == 422
    assert f'href="#withdraw-{consent}-reason"' in silent.text
    assert "trukket tilbage 23.11.2026" in mette.get(answer.location).text


def test_finds_cases_by_name_number_and_cpr(visitor, case):
    mette = visitor("mette")

    by_name = mette.post("/cases", {"q": "Lauritsen"})
    by_number = mette.post("/cases", {"q": "140314-4567"})
    nobody = mette.get("/cases?q=Lauritzen")

    assert by_name.location == "/cases?q=Lauritsen&state=open"
    assert case in links(mette.get(by_name.location))
    assert by_number.status_code == 200
    assert case in links(by_number)
    assert "140314-4567" not in by_number.text
    assert "Ingen sag fundet for »Lauritzen«" in nobody.text


@pytest.mark.parametrize("text", ["140314-4567", "1403144567", "140314 4567", "Emil 140314-4567", "999999-9999"])
def test_what_may_be_a_cpr_number_reaches_neither_address_nor_log(visitor, case, text):
    answer = visitor("mette").post("/cases", {"q": text})

    assert answer.status_code == 200
    assert text not in answer.text
    log = visitor("torben").get("/access").text
    assert "søgte efter sager" in log
    assert text not in log


def test_journal_and_papers_open(visitor, case, emil):
    mette = visitor("mette")
    mette.post(f"{case}/notes", {"text": "Skolen ringede om fravær."})

    everything = mette.get(f"{case}/journal")
    found = mette.get(f"{case}/journal?text=ringede")
    nothing = mette.get(f"{case}/journal?text=heste")

    assert "oprettede sagen" in everything.text
    assert "Skolen ringede om fravær." in found.text
    assert "oprettede sagen" not in found.text
    assert "Vis alt" in nothing.text


def test_the_team_is_changed_on_a_page_of_its_own(visitor, case, town):
    mette = visitor("mette")
    empty = mette.post(f"{case}/team", {"employee_id": "", "role": "participant"})
    joined = mette.post(f"{case}/team", {"employee_id": str(town.peter.id), "role": "participant"})
    page = mette.get(f"{case}/team")
    (leave,) = re.findall(r'action="([^"]+/removal)"', page.text)

    assert (empty.status_code, joined.status_code) == (422, 303)
    assert 'href="#join-employee_id"' in empty.text
    assert "<strong>Peter Aagaard</strong>" in page.text
    assert "Ret holdet om barnet" in mette.get(case).text
    assert "Tag med på holdet" not in visitor("peter").get(f"{case}/team").text
    assert mette.post(leave, {"reason": ""}).status_code == 422
    assert mette.post(leave, {"reason": "Er ikke med mere"}).status_code == 303
    assert visitor("peter").get(f"{case}/team").status_code == 404
