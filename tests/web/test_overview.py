"""The overdue board, the deadlines behind its figures, and passing several tasks on at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from casework.queries.task_page import task_page
from tests.factories import a_case, a_deadline
from tests.web.visitors import NADIA, links


@pytest.fixture
def late(emil, clock):
    """Emil's registration and assessment are three days late."""
    clock.advance(days=3)
    return emil


def test_shows_what_is_late_with_whom(visitor, late):
    page = visitor("karin").get("/overview")

    for words in ("Overblik, Familieafdeling Nord", "Emil Brandt Lauritsen", "Registrér henvendelse", "Ikke taget"):
        assert words in page.text
    assert "dage over" in page.text


def test_every_figure_opens_what_it_counts(visitor, late):
    karin = visitor("karin")
    figures = [link for link in links(karin.get("/overview")) if link.startswith("/overview/deadlines")]

    assert len(figures) > 2
    for figure in figures:
        page = karin.get(figure)
        assert page.status_code == 200
        is_emils = "state=paused" not in figure  # nothing of his stands still
        assert ("Emil Brandt Lauritsen" in page.text) == is_emils


@pytest.mark.parametrize("state", ["overdue", "soon", "running", "met", "nonsense"])
def test_every_list_of_deadlines_opens(visitor, late, state):
    assert visitor("karin").get(f"/overview/deadlines?state={state}").status_code == 200
    assert visitor("karin").get(f"/overview/deadlines?state={state}&unit=ppr_nord").status_code == 200


def test_says_that_nothing_is_late(visitor):
    page = visitor("karin").get("/overview")

    assert "Intet er overskredet" in page.text
    assert "Intet er over fristen" in page.text


def test_passes_several_on_with_one_reason(visitor, late, town):
    form = {"task": [str(late.task_id)], "employee_id": str(NADIA), "reason": "Mette har for mange."}
    karin = visitor("karin")

    answer = karin.post("/overview/reassignments", form)

    assert (answer.status_code, answer.location) == (303, "/overview")
    assert "1 sendt videre" in karin.get("/overview").text
    assert task_page(town.karin, late.task_id).assignee.name == "Nadia Rahimi"


def test_what_was_passed_on_can_be_put_back(visitor, late, town):
    form = {"task": [str(late.task_id)], "employee_id": str(NADIA), "reason": "Mette har for mange."}
    karin = visitor("karin")
    karin.post("/overview/reassignments", form)
    page = karin.get("/overview")
    (undo,) = [link for link in links(page) if link.endswith("/undoing")]
    assert "Du sendte 1 videre til Nadia Rahimi" in page.text

    assert visitor("peter").post(undo).status_code == 404
    assert karin.post(undo).status_code == karin.post(undo).status_code == 303

    page = karin.get("/overview")
    assert "1 lagt tilbage" in page.text
    assert "Det er allerede fortrudt" in page.text
    assert task_page(town.karin, late.task_id).assignee is None


@pytest.mark.parametrize("missing", ["task", "employee_id", "reason"])
def test_a_refused_choice_comes_back_as_it_was(visitor, late, town, missing):
    form = {"task": [str(late.task_id)], "employee_id": str(NADIA), "reason": "Mette har for mange."}
    del form[missing]

    page = visitor("karin").post("/overview/reassignments", form)

    assert page.status_code == 422
    assert f'href="#bulk-{missing}"' in page.text
    assert 'id="bulk-task"' in page.text
    assert ("checked" in page.text) == (missing != "task")
    assert ('value="Mette har for mange."' in page.text) == (missing != "reason")
    assert (f'value="{NADIA}" selected' in page.text) == (missing != "employee_id")
    assert task_page(town.karin, late.task_id).assignee is None


def test_what_cannot_be_passed_on_holds_nothing_else_back(visitor, late, town):
    nowhere = "00000000-0000-0000-0000-000000000000"
    form = {"task": [nowhere, str(late.task_id), "abc"], "employee_id": str(NADIA), "reason": "Mette har for mange."}
    karin = visitor("karin")

    answer = karin.post("/overview/reassignments", form)

    page = karin.get(answer.location)
    assert "1 sendt videre" in page.text
    assert "Én blev ikke omfordelt" in page.text


@pytest.mark.parametrize("username", ["mette", "peter", "sofie", "birgit"])
def test_is_only_there_for_who_leads(visitor, username):
    assert visitor(username).get("/overview").status_code == 404


def test_is_not_there_for_units_that_one_does_not_lead(visitor):
    assert visitor("karin").get("/overview?unit=ppr_nord").status_code == 404


def test_another_unit_can_be_looked_at_from_every_board(visitor, town):
    karin = visitor("karin")

    for board in ("overview", "overview/forecast", "overview/waiting", "overview/escalations"):
        page = karin.get(f"/{board}?unit=modtagelse_nord")
        assert '<option value="modtagelse_nord" selected>' in page.text
        assert '<option value="familieafdeling_nord">' in page.text


def test_all_that_is_late_can_be_passed_on(visitor, town, clock):
    case = a_case(responsible_unit_id="modtagelse_nord")
    for days in range(1, 23):
        a_deadline(case.id, unit_id="modtagelse_nord", key=f"sent{days}", due_at=clock.now - timedelta(days=days))
    karin = visitor("karin")

    assert "longest=all" in karin.get("/overview").text
    assert len(longest(karin.get("/overview"))) == 20
    assert len(longest(karin.get("/overview?longest=all"))) == 22


def longest(page):
    return re.findall("<td>.*?over</span>", page.text.partition('id="bulk-task"')[2], re.DOTALL)
