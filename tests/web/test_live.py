"""An open page hears what has changed, cheaply, and nothing that somebody is writing is touched."""

from __future__ import annotations

import pytest

from casework.operations.add_note import add_note
from casework.operations.claim_user_task import claim_user_task
from casework.operations.give_back_user_task import give_back_user_task
from casework.operations.receive_notification import receive_notification
from casework.operations.save_draft import save_draft
from tests.factories import a_case, a_task
from tests.web.test_notices import unread


def asked(visitor, username, address, tag=""):
    return visitor(username).get(address, headers={"If-None-Match": tag} if tag else {})


def stamp_on(page):
    return page.text.partition('data-stamp="')[2].partition('"')[0]


@pytest.mark.parametrize("view", ["all", "unclaimed", "today", "soon", "mine"])
def test_the_inbox_is_asked_for_cheaply_until_it_changes(visitor, emil, town, view):
    address = f"/live?of=inbox&view={view}&text=Emil"
    page = visitor("mette").get(f"/?view={view}&text=Emil")
    first = asked(visitor, "mette", address)

    assert first.json["stamp"] == stamp_on(page)
    assert asked(visitor, "mette", address, first.headers["ETag"]).status_code == 304

    claim_user_task(town.mette, task_id=emil.task_id)
    second = asked(visitor, "mette", address, first.headers["ETag"])
    assert second.status_code == 200
    assert second.json["stamp"] != first.json["stamp"]
    assert second.json["stamp"] == stamp_on(visitor("mette").get(f"/?view={view}&text=Emil"))


def test_what_lies_on_a_later_page_or_becomes_late_changes_it_too(visitor, town, clock):
    case = a_case()
    for number in range(42):
        a_task(case.id, name=str(number), due_at=clock.now.replace(day=24))
    last = a_task(case.id, due_at=clock.now.replace(day=25))
    stamps = [asked(visitor, "mette", "/live?of=inbox").json["stamp"]]

    claim_user_task(town.nadia, task_id=last.id)
    stamps.append(asked(visitor, "mette", "/live?of=inbox").json["stamp"])
    clock.move_to(clock.now.replace(day=24, minute=1))
    stamps.append(asked(visitor, "mette", "/live?of=inbox").json["stamp"])

    assert len(set(stamps)) == 3


def test_a_case_changes_with_its_journal_and_a_task_with_others_work(visitor, emil, town):
    case, task = f"/live?of=case&id={emil.case_id}", f"/live?of=task&id={emil.task_id}"
    before = asked(visitor, "mette", case).json, asked(visitor, "mette", task).json
    assert before[0]["stamp"] == stamp_on(visitor("mette").get(f"/cases/{emil.case_id}"))
    assert before[1]["stamp"] == stamp_on(visitor("mette").get(f"/tasks/{emil.task_id}"))

    save_draft(town.mette, task_id=emil.task_id, answers={"kanal": "telefon"}, draft_version=0)
    assert asked(visitor, "mette", task).json == before[1]  # one's own
    assert asked(visitor, "nadia", task).json["draft"] > 0
    add_note(town.nadia, case_id=emil.case_id, text="Hej")
    claim_user_task(town.nadia, task_id=emil.task_id)

    assert asked(visitor, "mette", case).json["stamp"] != before[0]["stamp"]
    assert asked(visitor, "mette", task).json["stamp"] != before[1]["stamp"]


def test_nobody_hears_of_what_is_not_theirs(visitor, emil):
    for address in (f"/live?of=case&id={emil.case_id}", f"/live?of=task&id={emil.task_id}", "/live?of=case&id=x"):
        assert visitor("sofie").get(address).status_code == 404
    assert visitor().get("/live").status_code == 401
    assert visitor("sofie").get("/live").json["menu"] == {"/": 0, "/handoffs": 0}


def look(person):
    """As if the person came back to the window; a page that was asked this moment is not asked again."""
    person.page.wait_for_timeout(2_050)
    with person.page.expect_response(lambda response: "/live" in response.url):
        person.page.evaluate("window.dispatchEvent(new Event('focus'))")


def test_two_people_at_one_inbox_one_case_and_one_task(person, visitor, emil, town):
    clara = {"barnNavn": "Clara Vestergaard", "foedselsdato": "2021-05-04"}
    other = receive_notification(town.mette, answers=clara, received_at=None)
    mette = person("mette").open("/?view=unclaimed")
    mette.page.focus(f"a[href='/tasks/{other.task_id}']")

    claim_user_task(town.nadia, task_id=emil.task_id)  # gone from the view, under the eyes of who looks
    look(mette)
    mette.page.wait_for_selector(f"a[href='/tasks/{emil.task_id}']", state="detached")
    assert mette.page.evaluate("document.activeElement.getAttribute('href')") == f"/tasks/{other.task_id}"
    assert mette.page.inner_text("[data-said]") == "Dine opgaver har ændret sig."

    mette.open(f"/cases/{emil.case_id}")
    with mette.page.expect_download() as download:
        mette.page.get_by_role("link", name="Hele sagen som én PDF").click()
    assert download.value.suggested_filename == f"{emil.number}.pdf"
    mette.page.click("summary:has-text('Nyt notat')")
    mette.page.fill("#note-text", "Jeg har talt med ")
    mette.page.type("#note-text", "@nad")
    mette.page.keyboard.press("Enter")
    assert mette.page.input_value("#note-text") == "Jeg har talt med @Nadia Rahimi "
    add_note(town.nadia, case_id=emil.case_id, text="@Mette, se her")
    look(mette)
    mette.page.wait_for_selector("[data-news]:visible")
    mette.reads("Der er sket noget på sagen")
    assert mette.page.input_value("#note-text") == "Jeg har talt med @Nadia Rahimi "
    assert mette.page.inner_text("#bell b") == "1"
    assert not mette.violations()
    mette.press("Skriv i journalen").reads("skrev et notat og nævnte Nadia Rahimi")
    assert unread(visitor, "mette") == ""

    mette.open(f"/tasks/{emil.task_id}")
    give_back_user_task(town.nadia, task_id=emil.task_id)
    look(mette)
    mette.page.wait_for_selector("[data-news]:visible")
    mette.follow("Se det, som det er nu")
    assert mette.page.is_hidden("[data-news]")
