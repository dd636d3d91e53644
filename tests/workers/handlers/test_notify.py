"""Topic `notify`."""

from __future__ import annotations

from uuid import uuid4

import pytest

from casework.database import transaction
from casework.model import Employee
from casework.operations.claim_jobs import claim_jobs
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
