"""The boards of leaders beside the overview: they open into what they count, can be taken away, and are for leaders alone."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from casework.database import read
from casework.model import AccessEntry
from casework.operations.keep_element_history import keep_element_history
from tests.web.visitors import links

BOARDS = ("/overview/forecast", "/overview/waiting")


@pytest.mark.parametrize("board", BOARDS)
def test_every_figure_opens_and_can_be_taken_away(visitor, emil, board):
    keep_element_history()
    karin = visitor("karin")
    page = karin.get(board)
    figures = sorted(link for link in links(page) if link.startswith(f"{board}/cases"))

    assert page.status_code == 200
    assert figures
    for figure in figures:
        opened = karin.get(figure)
        assert "Emil Brandt Lauritsen" in opened.text
        files = [link for link in links(opened) if "/csv" in link or "/xlsx" in link]
        assert [karin.get(file).status_code for file in files] == [200, 200]
    assert "Emil Brandt Lauritsen" in karin.get(figures[0].replace("/cases?", "/cases/csv?")).text
    assert karin.get(f"{board}/csv").status_code == karin.get(f"{board}/xlsx").status_code == 200
    with read() as session:
        entries = session.scalars(select(AccessEntry.subject)).all()
    assert "figure" in entries


@pytest.mark.parametrize("board", BOARDS)
def test_is_there_for_who_leads_alone(visitor, emil, board):
    figures = [link for link in links(visitor("karin").get(board)) if link.startswith(f"{board}/")]

    assert len(figures) > 2
    for username in ("mette", "peter", "sofie", "birgit"):
        someone = visitor(username)
        assert {someone.get(page).status_code for page in (board, *figures)} == {404}


@pytest.mark.parametrize("board", BOARDS)
def test_speaks_english_and_knows_no_other_units(visitor, emil, board):
    karin = visitor("karin")

    assert karin.get(f"{board}?unit=ppr_nord").status_code == 404
    assert karin.get(f"{board}/cases?table=nothing&row=x&figure=y").status_code == 404
    karin.post("/language", {"language": "en"})
    assert "Forecast" in karin.get(board).text
