"""The inbox page: views, filters, taking, and the door for new notifications."""

from __future__ import annotations

import pytest

from casework.operations.claim_user_task import claim_user_task
from tests.factories import a_case, a_task
from tests.web.visitors import links

RECEIVED = {"modtagetTid": "23.11.2026 kl. 8.40", "barnNavn": "Emil Brandt Lauritsen", "foedselsdato": "14.3.2014"}


def test_shows_what_waits(visitor, emil):
    page = visitor("mette").get("/")

    assert page.status_code == 200
    assert "Registrér henvendelse" in page.text
    assert "Emil Brandt Lauritsen, 12 år" in page.text
    assert f"/tasks/{emil.task_id}" in links(page)


@pytest.mark.parametrize("view", ["all", "overdue", "today", "soon", "unclaimed", "mine", "waiting", "nonsense"])
def test_every_view_opens_full_and_empty(visitor, emil, view):
    assert visitor("mette").get(f"/?view={view}").status_code == 200
    assert visitor("sofie").get(f"/?view={view}").status_code == 200


def test_says_what_will_come_where_there_is_nothing(visitor):
    page = visitor("sofie").get("/")

    assert "Intet venter på dig" in page.text
    assert "/notifications/new" not in links(page)


def test_filters_stay_in_the_address(visitor, emil):
    found = visitor("mette").get("/?text=Emil&unit=modtagelse_nord")
    none = visitor("mette").get("/?text=Nobody&view=mine")

    assert f"/tasks/{emil.task_id}" in links(found)
    assert any("text=Emil" in link and "view=today" in link for link in links(found))
    assert "Ingen opgaver passer til filteret" in none.text
    assert "/?view=mine" in links(none)


def test_goes_on_page_by_page(visitor, town):
    case = a_case()
    for number in range(45):
        a_task(case.id, name=f"Opgave {number}")

    first = visitor("mette").get("/")
    (following,) = [link for link in links(first) if "cursor=" in link]
    second = visitor("mette").get(following)

    tasks = [
        {link for link in links(page) if link.startswith("/tasks/") and "claim" not in link} for page in (first, second)
    ]
    assert [len(found) for found in tasks] == [40, 5]
    assert not tasks[0] & tasks[1]
    assert "Viser 40 af 45" in first.text
    assert "Fra begyndelsen" in second.text


def test_a_broken_cursor_is_said_not_thrown(visitor):
    assert visitor("mette").get("/?cursor=abc").status_code == 422


def test_takes_a_task_and_goes_to_it(visitor, emil):
    answer = visitor("mette").post(f"/tasks/{emil.task_id}/claim", {"version": "1", "back": "/"})

    assert (answer.status_code, answer.location) == (303, f"/tasks/{emil.task_id}")


def test_who_comes_second_stays_in_the_inbox_and_is_told(visitor, emil, town):
    claim_user_task(town.nadia, task_id=emil.task_id)
    mette = visitor("mette")

    answer = mette.post(f"/tasks/{emil.task_id}/claim", {"version": "1", "back": "/?view=unclaimed"})

    assert (answer.status_code, answer.location) == (303, "/?view=unclaimed")
    assert "En kollega har taget opgaven" in mette.get(answer.location).text


def test_takes_a_notification_in(visitor, town):
    answer = visitor("mette").post("/notifications", RECEIVED)

    assert answer.status_code == 303
    assert answer.location.startswith("/tasks/")


def test_a_notification_on_an_open_case_is_assessed_by_itself(visitor, emil):
    mette = visitor("mette")

    answer = mette.post("/notifications", RECEIVED | {"barnCpr": "140314-4567"})

    assert answer.location.startswith("/tasks/")
    assert answer.location != f"/tasks/{emil.task_id}"
    assert "Barnet har allerede sag S-2026-0001" in mette.get(answer.location).text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"modtagetTid": ""}, "Skriv dag og klokkeslæt"),
        ({"modtagetTid": "i går"}, "Skriv dag og klokkeslæt"),
        ({"modtagetTid": "24.11.2026 kl. 8.40"}, "fremtiden"),
        ({"barnNavn": ""}, "Det skal vi vide"),
        ({"foedselsdato": "14.3.2034"}, "fremtiden"),
        ({"foedselsdato": "den fjortende"}, "dato"),
        ({"barnCpr": "310214-4567"}, "CPR"),
    ],
)
def test_a_refused_notification_comes_back_with_what_was_written(visitor, town, wrong, said):
    written = RECEIVED | wrong

    page = visitor("mette").post("/notifications", written)

    assert page.status_code == 422
    assert said in page.text
    assert all(f'value="{text}"' in page.text for text in written.values())
    assert all(f'href="#notification-{field}"' in page.text for field in wrong)


def test_only_who_takes_notifications_in_gets_the_form(visitor):
    assert visitor("karin").get("/notifications/new").status_code == 200
    assert visitor("lars").get("/notifications/new").status_code == 403
    assert visitor("lars").post("/notifications", RECEIVED).status_code == 403
