"""Who delivers letters."""

from __future__ import annotations

import stat
from uuid import UUID

import pytest

from casework.papers.letters.compose import Letter
from workers.failures import PermanentError, RetryError
from workers.letters.connectors import FolderConnector, SmtpConnector, connector

JOB = UUID(int=7)
LETTER = Letter("Kvittering for din underretning", "Kirsten Holm", b"%PDF-1.7 ...")


def test_the_folder_gets_one_file_that_only_we_can_read(tmp_path):
    FolderConnector(tmp_path).deliver(LETTER, JOB, "S-2026-0417")

    (file,) = tmp_path.glob("*/*")
    assert file.relative_to(tmp_path).as_posix() == f"s-2026-0417/kvittering-for-din-underretning-{JOB}.pdf"
    assert file.read_bytes() == LETTER.content
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_same_job_twice_is_one_file(tmp_path):
    for _ in range(2):
        FolderConnector(tmp_path).deliver(LETTER, JOB, "S-2026-0417")

    assert len(list(tmp_path.rglob("*.pdf"))) == 1


def test_a_case_number_or_subject_leads_to_no_other_folder(tmp_path):
    FolderConnector(tmp_path / "letters").deliver(Letter("../../x", "", b""), JOB, "../..")

    assert [file.parent.parent for file in tmp_path.rglob("*.pdf")] == [tmp_path / "letters"]


def test_mail_goes_to_the_municipality_s_own_mailbox_and_names_nobody_outside_of_the_letter(settings, mailbox):
    settings(SAGSGANG_SMTP=mailbox.address)

    SmtpConnector("fjernprint@fjordby.example").deliver(LETTER, JOB, "S-2026-0417")

    (mail,) = mailbox.messages
    assert mail["To"] == "fjernprint@fjordby.example"
    assert "Kirsten" not in mail.as_string()
    assert [part.get_content() for part in mail.iter_attachments()] == [LETTER.content]


def test_the_same_job_twice_has_the_same_message_id(settings, mailbox):
    settings(SAGSGANG_SMTP=mailbox.address)

    for _ in range(2):
        SmtpConnector("fjernprint@fjordby.example").deliver(LETTER, JOB, "S-2026-0417")

    assert {mail["Message-ID"] for mail in mailbox.messages} == {f"<{JOB}@kommune.example>"}


@pytest.mark.parametrize(("reply", "failure"), [("451 busy", RetryError), ("554 never", PermanentError)])
def test_a_refusal_is_tried_again_or_not_as_the_server_says(settings, mailbox, reply, failure):
    settings(SAGSGANG_SMTP=mailbox.address)
    mailbox.refusal = reply

    with pytest.raises(failure):
        SmtpConnector("fjernprint@fjordby.example").deliver(LETTER, JOB, "S-2026-0417")


def test_settings_choose_the_connector(settings):
    assert connector().name == "folder"

    settings(SAGSGANG_LETTERS="smtp", SAGSGANG_LETTERS_TO="fjernprint@fjordby.example")
    assert connector().name == "smtp"

    settings(SAGSGANG_LETTERS="brevdue")
    with pytest.raises(PermanentError, match="SAGSGANG_LETTERS"):
        connector()
