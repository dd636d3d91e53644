"""Filters with a name: one click, the right count, one's own; and the view that the inbox opens with."""

from __future__ import annotations

import re

import pytest

from casework.errors import ForbiddenError, InvalidError
from casework.model import SYSTEM
from casework.operations.save_filter import LONGEST_NAME, MOST, save_filter
from tests.factories import a_case, a_task
from tests.web.visitors import links

CLARA = {"name": "Clara", "view": "unclaimed", "text": "Clara"}


@pytest.fixture
def tasks(town):
    """Three of Clara's and two of somebody else's, none of them taken but one."""
    clara, other = a_case(child="Clara Vestergaard"), a_case(child="Villads Holm")
    for case, assignee in ((clara, None), (clara, None), (clara, town.mette), (other, None), (other, None)):
        a_task(case.id, assignee=assignee)


def saved(page):
    """Name and count of each saved filter."""
    return dict(re.findall(r'<a class="sg-tag"[^>]*>(.*?) <b>(\d+)</b>', page.text))


def test_one_click_opens_it_with_the_right_count(visitor, tasks):
    mette = visitor("mette")

    answer = mette.post("/filters", CLARA)

    assert (answer.status_code, answer.location) == (303, "/?view=unclaimed&text=Clara")
    page = mette.get("/?view=mine")
    assert saved(page) == {"Clara": "2"}
    (address,) = [link for link in links(page) if "Clara" in link]
    shown = mette.get(address)
    assert len({link for link in links(shown) if re.fullmatch("/tasks/[^/]+", link)}) == 2
    assert 'aria-current="page">Clara' in shown.text

    a_task(a_case(child="Clara Vestergaard").id)
    assert saved(mette.get("/?view=all")) == {"Clara": "3"}


def test_it_is_ones_own(visitor, tasks):
    visitor("mette").post("/filters", CLARA)
    (deletion,) = [one for one in links(visitor("mette").get("/?view=unclaimed&text=Clara")) if "deletion" in one]

    assert saved(visitor("nadia").get("/?view=all")) == {}
    assert visitor("nadia").post(deletion).status_code == 404
    assert visitor("mette").post(deletion).status_code == 303
    assert saved(visitor("mette").get("/?view=all")) == {}


def test_the_same_name_again_is_the_new_filter(visitor, tasks):
    mette = visitor("mette")
    mette.post("/filters", CLARA)

    mette.post("/filters", CLARA | {"view": "all", "text": "Villads"})

    assert saved(mette.get("/?view=all")) == {"Clara": "2"}


@pytest.mark.parametrize("wrong", [{"name": " "}, {"name": "x" * (LONGEST_NAME + 1)}])
def test_what_is_refused_is_said_above_the_inbox(visitor, tasks, wrong):
    mette = visitor("mette")

    answer = mette.post("/filters", CLARA | wrong)

    assert answer.location == "/?view=unclaimed&text=Clara"
    assert "Skriv" in mette.get(answer.location).text


def test_there_are_not_too_many_and_none_of_a_machine(town):
    for number in range(MOST):
        save_filter(town.mette, name=str(number), view="all")

    with pytest.raises(InvalidError):
        save_filter(town.mette, name="one more", view="all")
    with pytest.raises(ForbiddenError):
        save_filter(SYSTEM, name="x", view="all")


def test_the_inbox_opens_with_what_was_chosen(visitor, tasks):
    mette = visitor("mette")
    mette.post("/filters", CLARA)
    page = mette.get("/?view=unclaimed&text=Clara").text
    (own,) = re.findall(r'name="first_view" value="([^"]+)"', page)
    assert mette.post("/settings/first-view", {"first_view": own, "back": "/"}).location == "/"

    assert mette.get("/").location == "/?view=unclaimed&text=Clara"
    assert mette.get("/?view=all").status_code == 200
    assert f'value="{own}" selected' in mette.get("/settings").text
    assert visitor("nadia").get("/").status_code == 200

    mette.post("/settings/first-view", {"first_view": "mine"})
    assert mette.get("/").location == "/?view=mine"
    mette.post("/settings/first-view", {"first_view": "nonsense"})
    assert mette.get("/").location == "/?view=mine"


def test_who_begins_with_a_filter_that_is_gone_begins_with_everything(visitor, tasks):
    mette = visitor("mette")
    mette.post("/filters", CLARA)
    page = mette.get("/?view=unclaimed&text=Clara")
    (own,) = re.findall(r'name="first_view" value="([^"]+)"', page.text)
    mette.post("/settings/first-view", {"first_view": own})

    assert visitor("nadia").post("/settings/first-view", {"first_view": own}).status_code == 303
    assert visitor("nadia").get("/").status_code == 200  # somebody else's is none
    mette.post(f"/filters/{own}/deletion")
    assert mette.get("/").status_code == 200
