"""Topic `notify`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from casework.database import transaction
from casework.model import Employee
from casework.operations.choose_mail import choose_mail
from casework.operations.claim_jobs import claim_jobs
from casework.operations.name_substitutes import Period, name_substitutes
from tests.factories import a_task
from workers.failures import PermanentError
from workers.handlers.notify import notify


@pytest.fixture(autouse=True)
def _mail_server(settings, mailbox):
    settings(SAGSGANG_SMTP=mailbox.address, SAGSGANG_PUBLIC_URL="https://sagsgang.fjordby.example")


@pytest.mark.parametrize(("about", "page"), [("user_task_id", "tasks"), ("handoff_id", "handoffs")])
def test_tells_in_one_sentence_and_a_link(cast, claimed, mailbox, about, page):
    what = uuid4()

    result = notify(
        claimed("notify", cast.case_id, employee_id=str(cast.mette.id), kind="escalation", **{about: str(what)})
    )

    (mail,) = mailbox.messages
    assert result == {"told": 1}
    assert (mail["To"], mail["Subject"]) == ("mette@kommune.example", "Du har en opgave")
    assert f"https://sagsgang.fjordby.example/{page}/{what}" in mail.get_content().splitlines()


def test_no_mail_says_anything_of_the_case(cast, claimed, mailbox):
    notify(claimed("notify", cast.case_id, employee_id=str(cast.mette.id), kind="task"))

    text = mailbox.messages[0].as_string()
    for word in ("Emil", "Lauritsen", cast.number, str(cast.case_id), "1403"):
        assert word not in text


def test_speaks_the_employee_s_language(cast, claimed, mailbox):
    with transaction() as session:
        session.get_one(Employee, cast.peter.id).language = "en"

    notify(claimed("notify", employee_id=str(cast.peter.id), kind="handoff"))

    assert mailbox.messages[0]["Subject"] == "You have a task"


def test_who_no_longer_works_here_is_told_nothing(cast, claimed, mailbox):
    with transaction() as session:
        session.get_one(Employee, cast.lars.id).is_active = False

    result = notify(claimed("notify", employee_id=str(cast.lars.id), kind="task"))

    assert result == {"told": 0}
    assert mailbox.messages == []


@pytest.mark.parametrize("inputs", [{}, {"employee_id": "mette"}])
def test_a_job_that_names_nobody_is_an_incident(cast, claimed, inputs):
    with pytest.raises(PermanentError, match="names no employee"):
        notify(claimed("notify", **inputs))


def test_a_diagram_that_tells_leaves_a_mail_for_each(cast, claimed, mailbox):
    result = notify(claimed("notify", cast.case_id, about="appeal_period_over", to="responsible"))

    assert result == {"told": 2}
    assert mailbox.messages == []
    for job in claim_jobs(limit=10, lease_seconds=60):
        notify(job)
    assert {mail["To"] for mail in mailbox.messages} == {"mette@kommune.example", "nadia@kommune.example"}


def test_a_diagram_that_does_not_say_whom_is_an_incident(cast, claimed):
    with pytest.raises(PermanentError, match="whom to tell"):
        notify(claimed("notify", cast.case_id, to="everybody"))


@pytest.mark.parametrize("choice", ["daily", "none"])
def test_who_wants_no_mail_for_each_thing_gets_none(cast, claimed, mailbox, choice):
    choose_mail(cast.mette, choice=choice)

    assert notify(claimed("notify", cast.case_id, employee_id=str(cast.mette.id), kind="task")) == {"told": 0}
    assert mailbox.messages == []


def test_the_mail_of_the_day_says_numbers_and_a_date(cast, claimed, mailbox):
    choose_mail(cast.mette, choice="daily")
    late, soon = datetime(2026, 11, 20, 8, 0, tzinfo=UTC), datetime(2026, 11, 27, 22, 59, 59, tzinfo=UTC)
    for assignee, due in ((cast.mette, late), (cast.mette, soon), (cast.nadia, soon), (None, soon)):
        a_task(cast.case_id, assignee=assignee, due_at=due)
    job, today = claimed("notify", employee_id=str(cast.mette.id), kind="mail_digest"), date(2026, 11, 23)
    name_substitutes(cast.nadia, absent_id=cast.nadia.id, substitute_ids=[cast.mette.id], period=Period(today, today))

    assert notify(job) == {"told": 1}

    text = mailbox.messages[0].get_content()
    assert text.splitlines()[:5] == [
        "Du har 2 opgaver.",
        "Som vikar: 1.",
        "Overskredet: 1.",
        "Nærmeste frist: fre. 27.11.",
        "Notifikationer, du ikke har læst: 1.",
    ]
    assert "https://sagsgang.fjordby.example/" in text
    for word in ("Emil", "Nadia", "Vurdér", cast.number):
        assert word not in mailbox.messages[0].as_string()


def test_no_mail_says_that_nothing_waits(cast, claimed, mailbox):
    choose_mail(cast.mette, choice="daily")

    assert notify(claimed("notify", employee_id=str(cast.mette.id), kind="mail_digest")) == {"told": 0}
    assert mailbox.messages == []
