"""Naming substitutes on the pages, and covering for a sick colleague."""

from __future__ import annotations

import pytest

from casework.operations.claim_user_task import claim_user_task
from tests.web.visitors import NADIA, links

#: The days of the tests begin on Monday 23 November 2026.
WEEK = {"first_day": "23.11.2026", "last_day": "29.11.2026", "substitute_ids": str(NADIA)}


@pytest.fixture
def taken(emil, town):
    claim_user_task(town.mette, task_id=emil.task_id)
    return emil


def test_an_employee_names_who_stands_in_and_ends_it(visitor, taken):
    mette = visitor("mette")
    assert "/substitutes" in links(mette.get("/"))

    named = mette.post("/substitutes", WEEK | {"reason": "Ferie"})
    page = mette.get("/substitutes")
    (ending,) = [link for link in links(page) if link.endswith("/ending")]

    assert (named.status_code, named.location) == (303, "/substitutes")
    assert "Nadia Rahimi" in page.text
    assert "Ferie" in page.text
    nadia = visitor("nadia")
    assert nadia.get("/?view=covered").text.count(f"/tasks/{taken.task_id}") == 1
    assert "Du er stedfortræder for Mette Friis Andersen." in nadia.get(f"/tasks/{taken.task_id}").text
    assert nadia.post(f"/tasks/{taken.task_id}/draft", {"draft_version": "0"}).status_code == 200
    for other in ("nadia", "sofie"):
        assert visitor(other).post(ending).status_code == 404
    assert mette.post(ending).location == "/substitutes"
    assert "Som stedfortræder" not in nadia.get("/").text
    assert nadia.post(f"/tasks/{taken.task_id}/draft", {"draft_version": "0"}).status_code == 403


def test_what_is_wrong_is_said_at_its_field(visitor):
    page = visitor("mette").post("/substitutes", {"first_day": "i dag", "last_day": "", "reason": "Ferie med børnene"})

    assert page.status_code == 422
    assert page.text.count('href="#substitutes-') == 3  # nobody chosen, and two days that are none
    assert "Skriv en dato, fx 26.11.2026." in page.text
    assert "Ferie med børnene" in page.text


def test_only_a_leader_of_the_unit_opens_a_colleagues_page(visitor, town):
    address = f"/substitutes?employee={town.mette.id}"

    assert address in links(visitor("karin").get("/overview"))
    assert visitor("karin").get(address).status_code == 200
    for other in ("nadia", "peter", "sofie", "birgit"):
        assert visitor(other).get(address).status_code == 404
        assert visitor(other).post("/substitutes", WEEK | {"employee": town.mette.id}).status_code == 404
    assert visitor("karin").get("/substitutes?employee=nonsense").status_code == 404


def test_a_leader_covers_for_a_sick_colleague(person, taken):
    """Karin names Nadia and herself, finds the task in her inbox and finishes it; the journal says for whom."""
    karin = person("karin").open("/overview").follow("Mette Friis Andersen")
    karin.page.get_by_label("Nadia Rahimi").check()
    karin.page.get_by_label("Karin Thygesen").check()
    karin.page.get_by_label("Til og med").fill("27.11.2026")
    karin.press("Udpeg").reads("Nadia Rahimi", "23.11.2026 til 27.11.2026")
    assert not karin.violations()
    karin.open("/overview").reads("fraværende, stedfortræder: Karin Thygesen og Nadia Rahimi")

    karin.open("/?view=covered").reads("for Mette Friis Andersen").follow("Registrér henvendelse")
    karin.reads("Du er stedfortræder for Mette Friis Andersen.").do("Registrér henvendelse")

    karin.open(f"/cases/{taken.case_id}/journal")
    karin.reads("Karin Thygesen", "som stedfortræder for Mette Friis Andersen")
