"""The calendar feed: one's own deadlines at a secret link that can be ended, without a word of the case."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime

import icalendar
import pytest
from sqlalchemy import select

from casework.database import read, transaction
from casework.model import CalendarLink, Employee
from casework.operations.claim_user_task import claim_user_task
from tests.factories import a_case, a_task

LINK = re.compile(r"(/calendar/([\w-]+)\.ics)")


@pytest.fixture
def made(visitor):
    """Mette's link: its address and its token."""
    page = visitor("mette").post("/calendar")
    assert page.status_code == 201
    return LINK.search(page.text).groups()


def feed(visitor, made):
    """What a program reads without a session, in order."""
    answer = visitor().get(made[0])
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    return answer.text, icalendar.Calendar.from_ical(answer.data).events


def test_shows_the_own_deadlines_and_nothing_of_the_case(visitor, town, made):
    case = a_case(child="Clara Vestergaard")
    day = a_task(case.id, assignee=town.mette, due_at=datetime(2026, 11, 26, 22, 59, 59, tzinfo=UTC))
    hour = a_task(case.id, assignee=town.mette, due_at=datetime(2026, 11, 27, 9, 30, tzinfo=UTC))
    a_task(case.id, assignee=town.nadia, due_at=datetime(2026, 11, 27, 9, 30, tzinfo=UTC))
    a_task(case.id, due_at=datetime(2026, 11, 27, 9, 30, tzinfo=UTC))  # nobody's yet
    a_task(case.id, assignee=town.mette)  # without a deadline

    text, (whole_day, moment) = feed(visitor, made)

    assert [str(one["uid"]).partition("@")[0] for one in (whole_day, moment)] == [str(day.id), str(hour.id)]
    assert (whole_day.start, moment.start) == (date(2026, 11, 26), datetime(2026, 11, 27, 9, 30, tzinfo=UTC))
    assert moment["summary"] == f"Frist: Vurdér barnets sikkerhed (24 timer) ({case.number})"
    assert moment["url"].endswith(f"/tasks/{hour.id}")
    assert "Clara" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))  # RFC 5545, 3.1


def test_shows_what_is_so_at_that_moment(visitor, town, emil, made):
    assert feed(visitor, made)[1] == []

    claim_user_task(town.mette, task_id=emil.task_id)
    assert len(feed(visitor, made)[1]) == 1

    with transaction() as session:
        session.get_one(Employee, town.mette.id).is_active = False
    assert visitor().get(made[0]).status_code == 404


def test_the_link_is_shown_once_and_only_its_hash_is_kept(visitor, made):
    with read() as session:
        (kept,) = session.scalars(select(CalendarLink))

    assert len(made[1]) == 43  # 256 bits
    assert kept.token_hash == hashlib.sha256(made[1].encode()).digest()
    assert not LINK.search(visitor("mette").get("/calendar").text)


def test_an_ended_an_older_and_an_unknown_link_show_nothing(visitor, made):
    mette = visitor("mette")
    newer = LINK.search(mette.post("/calendar").text).group(1)
    assert visitor().get(made[0]).status_code == 404
    assert visitor().get(newer).status_code == 200

    visitor("nadia").post("/calendar/ending")  # her own, of which there is none
    assert visitor().get(newer).status_code == 200
    assert mette.post("/calendar/ending").status_code == 303

    for address in (newer, "/calendar/unknown.ics"):
        assert visitor().get(address).status_code == 404
    assert visitor().get("/calendar").status_code == 303  # the page itself asks for a sign-in
