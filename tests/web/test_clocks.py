"""Correcting a fact on the case page, and pausing a deadline on the task page: what is asked, said and refused."""

from __future__ import annotations

import re

import pytest

from casework.queries.case_page import case_page
from casework.queries.task_page import task_page


@pytest.fixture
def case(emil):
    return f"/cases/{emil.case_id}"


@pytest.fixture
def clock_of(emil, town):
    """Addresses of the deadline that the registration shows."""
    page = task_page(town.mette, emil.task_id)
    return f"/tasks/{emil.task_id}", f"/tasks/{emil.task_id}/deadlines/{page.deadline.id}"


def options(page):
    """What may be corrected, as the page says it."""
    (inner,) = re.findall(r'<select[^>]*id="fact-name".*?</select>', page.text, re.DOTALL)
    return dict(re.findall(r'<option value="([^"]+)"[^>]*>([^<]*)</option>', inner))


def test_a_fact_is_corrected_and_what_counts_from_it_moves(visitor, case, emil, town):
    mette = visitor("mette")
    before = options(mette.get(case))["foedselsdato"]

    answer = mette.post(f"{case}/facts", {"name": "foedselsdato", "value": "15.3.2014", "reason": "Ifølge CPR"})
    page = mette.get(case)

    assert before == "Fødselsdato: 14.3.2014"
    assert (answer.status_code, answer.location) == (303, case)
    assert options(page)["foedselsdato"] == "Fødselsdato: 15.3.2014"
    assert "rettede Fødselsdato fra 14.3.2014 til 15.3.2014" in page.text
    assert "»Ifølge CPR«" in page.text
    assert case_page(town.mette, emil.case_id).child.age == 12


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        (("", "1.1.2026", "Fejl"), "name", "Vælg, hvad der skal rettes"),
        (("ukendt", "1.1.2026", "Fejl"), "name", "Vælg, hvad der skal rettes"),
        (("foedselsdato", "i går", "Fejl"), "value", "Skriv en dato"),
        (("foedselsdato", "1.1.2099", "Fejl"), "value", "fremtiden"),
        (("erAnbragt", "måske", "Fejl"), "value", "Skriv ja eller nej"),
        (("anbringelsesGrundlag", "49", "Fejl"), "value", "46, 47, 48"),
        (("erAnbragt", "ja", " "), "reason", "hvorfor"),
    ],
)
def test_a_refused_correction_comes_back_with_what_was_written(visitor, case, given, field, said):
    name, value, reason = given
    page = visitor("mette").post(f"{case}/facts", {"name": name, "value": value, "reason": reason})

    assert page.status_code == 422
    assert f'href="#fact-{field}"' in page.text
    assert said in page.text
    assert f'value="{value}"' in page.text


def test_yes_and_a_ground_are_understood(visitor, case):
    mette = visitor("mette")

    mette.post(f"{case}/facts", {"name": "erAnbragt", "value": "Ja", "reason": "Anbragt i går"})
    mette.post(f"{case}/facts", {"name": "anbringelsesGrundlag", "value": "46", "reason": "Anbragt i går"})

    found = options(mette.get(case))
    assert (found["erAnbragt"], found["anbringelsesGrundlag"]) == ("Er anbragt: Ja", "Grundlag for anbringelsen: 46")


def test_only_the_responsible_unit_is_asked(visitor, case):
    assert (
        visitor("sofie").post(f"{case}/facts", {"name": "erAnbragt", "value": "ja", "reason": "x"}).status_code == 404
    )
    assert "Ret en sagsoplysning" not in visitor("lars").get(case).text


def test_a_local_deadline_is_paused_and_goes_on(visitor, clock_of):
    mette, (task, deadline) = visitor("mette"), clock_of
    mette.post(f"{task}/claim")

    stopped = mette.post(f"{deadline}/pause", {"reason": "Svar fra skolen"})
    page = mette.get(task)
    going = mette.post(f"{deadline}/resumption")

    assert (stopped.status_code, stopped.location, going.status_code) == (303, task, 303)
    assert "Venter på Svar fra skolen" in page.text
    assert "lad fristen løbe videre" in page.text
    assert "Venter på Svar fra skolen" not in mette.get(task).text


def test_a_pause_without_a_word_is_refused_where_it_was_asked(visitor, clock_of):
    mette, (_, deadline) = visitor("mette"), clock_of

    page = mette.post(f"{deadline}/pause", {"reason": " "})

    assert page.status_code == 422
    assert 'href="#pause-reason"' in page.text
    assert mette.post(f"{deadline}/resumption").status_code == 409


def test_it_is_said_in_english_too(visitor, case, clock_of):
    mette, (task, deadline) = visitor("mette"), clock_of
    mette.post("/language", {"language": "en"})
    mette.post(f"{deadline}/pause", {"reason": "Svar fra skolen"})

    page = mette.get(task).text

    assert "Waits for Svar fra skolen" in page
    assert "Correct a fact of the case" in mette.get(case).text
