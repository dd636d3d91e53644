"""Operations: what is stuck, mending it, trying again; for administrators, and for who leads the unit of the case."""

from __future__ import annotations

import pytest

from casework.operations.complete_user_task import complete_user_task
from casework.operations.start_process import start_process
from casework.queries.incidents import incidents
from tests.diagrams import choice, end, process, start, user
from tests.operations.processes import a_form, field, release
from tests.web.visitors import links


@pytest.fixture
def stuck(town, emil):
    """A process that finds no way out, because of a slip of the pen."""
    flows = 'start a, a g, g end if =spor = "a"'
    release(
        process(start(), user("a", camunda_candidateGroups="modtagelse"), choice("g"), end(), flows=flows),
        forms={"F01": a_form("F01", field("spor", variable="spor"))},
    )
    started = start_process(town.mette, case_id=emil.case_id, process_id="p")
    done = complete_user_task(town.mette, task_id=started.task_ids[0], answers={"spor": "aa"})
    return f"/incidents/{done.incident_id}"


def test_shows_figures_and_what_is_stuck(visitor, stuck):
    page = visitor("anders").get("/incidents")

    for words in ("driftsfejl åbne", "job venter", "database", "Proces p"):
        assert words in page.text
    assert stuck in links(page)


def test_says_that_nothing_is_stuck(visitor):
    page = visitor("anders").get("/incidents")

    assert "Intet står stille" in page.text


def test_shows_the_cause_and_what_was_read(visitor, stuck):
    page = visitor("anders").get(stuck)

    for words in ("spor", "aa", "Prøv igen", "Intet er tabt"):
        assert words in page.text
    assert "Emil" not in page.text


def test_mends_tries_again_and_goes_on(visitor, stuck, town):
    anders = visitor("anders")

    in_vain = anders.post(f"{stuck}/retry")
    still = anders.get(in_vain.location).text
    mended = anders.post(f"{stuck}/variables", {"name": "spor", "value": "a", "reason": "Tastefejl"})
    solved = anders.post(f"{stuck}/retry")

    assert "stadig" in still
    assert mended.status_code == 303
    assert "Det lykkedes. Sagen går videre." in anders.get(solved.location).text
    assert "Løst af Anders Kofoed" in anders.get(stuck).text
    assert not incidents(town.anders).rows


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"name": ""}, "name"),
        ({"name": "no name"}, "name"),
        ({"value": "{"}, "value"),
        ({"value": '{"$date": "x"}'}, "value"),
        ({"value": '{"$number": "x"}'}, "value"),
        ({"value": "x" * 501}, "name"),
    ],
)
def test_a_refused_mend_comes_back_with_what_was_written(visitor, stuck, wrong, field):
    written = {"name": "spor", "value": "a", "reason": "Tastefejl"} | wrong

    page = visitor("anders").post(f"{stuck}/variables", written)

    assert page.status_code == 422
    assert f'href="#mend-{field}"' in page.text
    assert ('value="Tastefejl"' in page.text) == (field != "reason")


def test_what_is_solved_is_not_mended_again(visitor, stuck):
    anders = visitor("anders")
    anders.post(f"{stuck}/variables", {"name": "spor", "value": "a", "reason": "Tastefejl"})
    anders.post(f"{stuck}/retry")

    page = anders.post(f"{stuck}/variables", {"name": "spor", "value": "b", "reason": "Igen"})

    assert page.status_code == 409
    assert "Løst af Anders Kofoed" in page.text


def test_who_works_on_the_case_reads_and_its_leader_mends(visitor, stuck):
    mette, karin = visitor("mette").get(stuck), visitor("karin").get(stuck)

    assert "Prøv igen" not in mette.text
    assert "Prøv igen" in karin.text
    assert visitor("mette").post(f"{stuck}/retry").status_code == 403
    assert visitor("karin").post(f"{stuck}/retry").status_code == 303


@pytest.mark.parametrize("username", ["sofie", "peter", "birgit", "torben"])
def test_is_not_there_for_others(visitor, stuck, username):
    assert visitor(username).get(stuck).status_code == 404
    assert visitor(username).get("/incidents").status_code == 404
    assert visitor(username).post(f"{stuck}/retry").status_code == 404
