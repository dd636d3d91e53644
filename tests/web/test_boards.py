"""The boards of leaders beside the overview: they open into what they count, can be taken away, and are for leaders alone."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from casework.database import read
from casework.model import AccessEntry
from casework.operations.keep_element_history import keep_element_history
from casework.operations.raise_due_escalations import raise_due_escalations
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

    assert len(pages) > len(BOARDS) * 4
    for username in ("mette", "peter", "sofie", "birgit"):
        someone = visitor(username)
        assert {page for page in pages if someone.get(page).status_code != 404} == set()
    assert {karin.get(f"{board}?unit=ppr_nord").status_code for board in BOARDS} == {404}
    assert {karin.get(f"{board}/cases?table=nothing").status_code for board in BOARDS} == {404}


def test_speaks_english_and_sends_a_wrong_period_back(visitor, town):
    karin = visitor("karin")
    karin.post("/language", {"language": "en"})

    back = karin.get("/overview/escalations?first=i+morgen")

    assert back.status_code == 422
    assert 'value="i morgen"' in back.text
    assert "Nothing was escalated in this period." in karin.get("/overview/escalations").text
    assert "Nothing falls due within 20 working days." in karin.get("/overview/forecast").text
    assert "Nothing waits." in karin.get("/overview/waiting").text
