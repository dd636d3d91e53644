"""The boards of leaders beside the overview: they open into what they count, can be taken away, and are for leaders alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from casework import clock as casework_clock
from casework.database import read
from casework.model import AccessEntry
from casework.operations.keep_element_history import keep_element_history
from casework.operations.raise_due_escalations import raise_due_escalations
from tests.factories import a_task
from tests.web.visitors import links

BOARDS = ("/overview/forecast", "/overview/waiting", "/overview/escalations")


@pytest.fixture
def counted(emil, clock):
    """Emil's case stands in every board."""
    keep_element_history()
    clock.advance(hours=9)
    raise_due_escalations()


def test_every_figure_opens_and_can_be_taken_away(visitor, counted):
    karin = visitor("karin")
    for board in BOARDS:
        figures = sorted(link for link in links(karin.get(board)) if link.startswith(f"{board}/cases"))
        assert figures
        for figure in figures:
            assert "Emil Brandt Lauritsen" in karin.get(figure).text
        assert "Emil Brandt Lauritsen" in karin.get(figures[0].replace("/cases?", "/cases/csv?")).text
        files = [f"{board}/csv", f"{board}/xlsx", figures[0].replace("/cases?", "/cases/xlsx?")]
        assert [karin.get(file).status_code for file in files] == [200, 200, 200]
    with read() as session:
        assert set(session.scalars(select(AccessEntry.subject))) >= {"figure", "forecast", "waiting", "escalations"}


def test_is_there_for_who_leads_alone(visitor, counted):
    karin = visitor("karin")
    pages = {link for board in BOARDS for link in links(karin.get(board)) if link.startswith("/overview/")}

    pages.discard("/overview/heat")  # whom its figures are for is told below
    assert len(pages) > len(BOARDS) * 4
    for username in ("mette", "peter", "sofie", "birgit"):
        someone = visitor(username)
        assert {page for page in pages if someone.get(page).status_code != 404} == set()
    assert {karin.get(f"{board}?unit=ppr_nord").status_code for board in BOARDS} == {404}
    assert {karin.get(f"{board}/cases?table=nothing").status_code for board in BOARDS} == {404}


@pytest.fixture
def slow_receipt(emil, clock):
    """A receipt of Emil's case was approved after thirty days, late."""
    now = casework_clock.now()
    times = {"created_at": now - timedelta(days=30), "due_at": now - timedelta(days=24), "ended_at": now}
    a_task(emil.case_id, element_id="godkendKvittering", name="Godkend kvittering", state="completed", **times)


def test_a_heat_map_shows_what_its_table_says(person, slow_receipt):
    karin = person("karin").open("/overview/heat")
    page = karin.page

    page.wait_for_selector("[data-diagram][data-ready=true]")
    assert page.locator(".sg-is-h4").get_attribute("data-element-id") == "godkendKvittering"
    assert page.inner_text(".sg-dia-figure") == "30,0"
    page.select_option("#heat-measure", "lateness")
    karin.press("Vis")
    page.wait_for_selector("[data-diagram][data-ready=true]")
    assert page.inner_text(".sg-dia-figure") == "100,0 %"


def test_a_heat_map_opens_into_its_cases_for_leaders(visitor, slow_receipt):
    karin = visitor("karin")
    page = karin.get("/overview/heat")
    figures = sorted(link for link in links(page) if link.startswith("/overview/heat/cases"))

    assert len(figures) == 2
    assert all("Emil Brandt Lauritsen" in karin.get(figure).text for figure in figures)
    assert "Emil Brandt Lauritsen" in karin.get(figures[0].replace("/cases?", "/cases/csv?")).text
    assert karin.get("/overview/heat/xlsx").status_code == 200
    assert karin.get("/overview/heat?last=nej").status_code == 422
    assert karin.get("/overview/heat?process=nonsense").status_code == 404
    birgit = visitor("birgit")
    assert birgit.get("/overview/heat").status_code == 200
    assert not [link for link in links(birgit.get("/overview/heat")) if "/cases" in link]
    assert birgit.get(figures[0]).status_code == 404
    for username in ("mette", "peter", "sofie"):
        assert {visitor(username).get(page).status_code for page in ("/overview/heat", *figures)} == {403}


def test_speaks_english_and_sends_a_wrong_period_back(visitor, town):
    karin = visitor("karin")
    karin.post("/language", {"language": "en"})

    back = karin.get("/overview/escalations?first=i+morgen")

    assert back.status_code == 422
    assert 'value="i morgen"' in back.text
    assert "Nothing was escalated in this period." in karin.get("/overview/escalations").text
    assert "Nothing falls due within 20 working days." in karin.get("/overview/forecast").text
    assert "Nothing waits." in karin.get("/overview/waiting").text
