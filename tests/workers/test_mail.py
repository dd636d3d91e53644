"""E-mail, sent or kept."""

from __future__ import annotations

from email.message import EmailMessage
from uuid import UUID

import pytest

from tests.services.ports import free_port
from workers.failures import RetryError
from workers.mail import send

JOB = UUID(int=7)


@pytest.fixture
def mail():
    written = EmailMessage()
    written["To"], written["Subject"] = "mette@kommune.example", "Du har en opgave"
    written.set_content("Log ind.\n")
    return written


def test_mail_carries_sender_date_and_an_id_that_repetitions_share(settings, mailbox, mail, clock):
    settings(SAGSGANG_SMTP=mailbox.address)

    send(mail, JOB)

    (sent,) = mailbox.messages
    assert sent["From"] == "sagsgang@kommune.example"
    assert sent["Message-ID"] == f"<{JOB}@kommune.example>"
    assert sent["Date"].datetime == clock.now
    assert sent["Auto-Submitted"] == "auto-generated"


def test_without_a_mail_server_it_is_kept_in_the_outbox(settings, mail):
    send(mail, JOB)

    assert b"Log ind." in (settings().outbox / f"{JOB}.eml").read_bytes()


@pytest.mark.parametrize("address", ["127.0.0.1:{port}", "127.0.0.1:mange"])
def test_a_server_that_is_away_may_come_back(settings, mail, address):
    settings(SAGSGANG_SMTP=address.format(port=free_port()))

    with pytest.raises(RetryError, match="cannot be reached"):
        send(mail, JOB)
