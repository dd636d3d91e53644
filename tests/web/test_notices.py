"""The bell and what lies behind it, and the page where one chooses when e-mail comes."""

from __future__ import annotations

import re

import pytest

from casework.database import transaction
from casework.model import Notification
from casework.operations.add_team_member import add_team_member
from casework.operations.offer_handoff import offer_handoff
from casework.operations.reassign_user_task import reassign_user_task
from casework.operations.remove_team_member import remove_team_member
from casework.operations.set_responsible import set_responsible
from tests.web.visitors import links

OFFER = {
    "to_unit_id": "ppr_nord",
    "subject": "Skoletilbud",
    "purpose": "Vi beder PPR vurdere.",
    "data_classes": ["skole"],
}


@pytest.fixture
def given(emil, town):
    """Nadia passes Emil's registration on to Mette."""
    reassign_user_task(town.nadia, task_id=emil.task_id, employee_id=town.mette.id, reason="Du kender familien")
    return emil


def unread(visitor, username):
    """What the bell says on a page that is about nothing."""
    page = visitor(username).get("/settings").text
    return page.partition('id="bell"')[2].partition("</a>")[0].partition("Notifikationer")[2].partition("</span>")[0]


def test_it_is_unread_until_the_page_it_points_at_is_seen(visitor, given):
    mette = visitor("mette")
    assert unread(visitor, "mette") == ", 1 ulæste"

    listed = mette.get("/notices")
    assert f"/tasks/{given.task_id}" in links(listed)
    assert given.number in listed.text
    assert "ulæst</span>" in listed.text
    assert "Emil" not in listed.text.partition("<main")[2]
    assert unread(visitor, "mette") == ", 1 ulæste"

    visitor("nadia").get(f"/tasks/{given.task_id}")  # somebody else's look
    assert unread(visitor, "mette") == ", 1 ulæste"
    mette.get(f"/tasks/{given.task_id}")
    assert unread(visitor, "mette") == ""
    assert "ulæst</span>" not in mette.get("/notices").text


def test_a_hand_off_is_seen_on_its_own_page_and_a_case_on_its(visitor, emil, town):
    handoff = offer_handoff(town.mette, case_id=emil.case_id, legal_basis="fvl28", **OFFER)
    set_responsible(town.mette, case_id=emil.case_id, employee_id=town.nadia.id)

    visitor("peter").get(f"/handoffs/{handoff}")
    visitor("nadia").get(f"/cases/{emil.case_id}")

    assert unread(visitor, "peter") == unread(visitor, "nadia") == ""


def test_all_or_one_can_be_marked_and_nobody_elses(visitor, given):
    (mark,) = [link for link in links(visitor("mette").get("/notices")) if link.endswith("/reading") and "-" in link]

    assert visitor("nadia").post(mark).status_code == 303
    assert unread(visitor, "mette") == ", 1 ulæste"
    assert visitor("mette").post(mark).status_code == 303
    assert unread(visitor, "mette") == ""
    assert visitor("mette").post("/notices/reading").status_code == 303


def test_what_may_no_longer_be_seen_is_not_named(visitor, emil, town, clock):
    member = add_team_member(town.mette, case_id=emil.case_id, employee_id=town.lars.id, role="participant")
    with transaction() as session:
        session.add(Notification(employee_id=town.lars.id, kind="message", case_id=emil.case_id, created_at=clock.now))
    assert emil.number in visitor("lars").get("/notices").text
    remove_team_member(town.mette, member_id=member, reason="Er færdig")

    page = visitor("lars").get("/notices")

    assert emil.number not in page.text
    assert "du må ikke længere se det" in page.text


def test_everybody_chooses_when_mail_comes(visitor, town):
    mette = visitor("mette")
    assert 'value="at_once" checked' in mette.get("/settings").text

    assert mette.post("/settings/mail", {"mail": "daily"}).status_code == 303
    assert 'value="daily" checked' in mette.get("/settings").text
    assert 'value="at_once" checked' in visitor("nadia").get("/settings").text

    refused = mette.post("/settings/mail", {"mail": "nonsense"})
    assert refused.status_code == 422
    assert "Vælg, hvornår du vil have e-mail" in refused.text


def test_a_mention_is_seen_on_the_case(visitor, emil):
    mette, address = visitor("mette"), f"/cases/{emil.case_id}/notes"
    refused = mette.post(address, {"text": "Hej @Sofie"})
    assert refused.status_code == 422
    assert "Ingen, der må se denne sag, hedder Sofie" in refused.text
    (box,) = re.findall(r'value="([0-9a-f-]+)"><label [^>]*>Nadia Rahimi<', refused.text)

    assert mette.post(address, {"text": "Se her", "mentioned_ids": box}).status_code == 303

    assert f'href="/cases/{emil.case_id}#latest"' in visitor("nadia").get("/notices").text
    assert unread(visitor, "nadia") == ", 1 ulæste"
    assert "skrev et notat og nævnte Nadia Rahimi" in visitor("nadia").get(f"/cases/{emil.case_id}").text
    assert unread(visitor, "nadia") == ""
