"""Topic `letter`."""

from __future__ import annotations

import io
from datetime import date
from uuid import uuid4

import pypdf
import pytest
from sqlalchemy import select

from casework.config import ROOT
from casework.database import read, transaction
from casework.model import Case, CaseDocument, JournalEntry, Person, Relation
from workers.failures import PermanentError
from workers.handlers.letter import letter

TEMPLATE = 'subject = "Indkaldelse til samtale"\nbody = "Kære {modtager}\\n\\nVi vil gerne tale med dig den {dag}."\n'


@pytest.fixture(autouse=True)
def _templates(settings, tmp_path):
    folder = tmp_path / "processes" / "letters"
    folder.mkdir(parents=True)
    (folder / "indkaldelse.toml").write_text(TEMPLATE, encoding="utf-8")
    head = ROOT / "processes" / "letters" / "letterhead.toml"
    (folder / "letterhead.toml").write_bytes(head.read_bytes())
    settings(SAGSGANG_PROCESSES=str(tmp_path / "processes"))


def test_a_letter_goes_out_and_is_kept_with_its_case(cast, claimed, settings, clock):
    job = claimed("letter", cast.case_id, template="indkaldelse", recipient="mother", dag=date(2026, 12, 1))

    result = letter(job)

    with read() as session:
        kept = session.scalars(select(CaseDocument)).one()
        text = pypdf.PdfReader(io.BytesIO(kept.content)).pages[0].extract_text()
        kinds = session.scalars(select(JournalEntry.kind)).all()
    (file,) = settings().letters.rglob("*.pdf")
    assert "Kære Camilla Brandt" in text
    assert "den 1. december 2026" in text
    assert file.read_bytes() == kept.content
    assert (kept.title, kept.recipient, kept.delivered_by) == ("Indkaldelse til samtale", "Camilla Brandt", "folder")
    assert result == {"id": str(kept.id), "sentAt": clock.now}
    assert kinds == ["letter_sent"]


def test_the_same_job_twice_is_one_letter(cast, claimed, settings):
    job = claimed("letter", cast.case_id, template="indkaldelse", recipient="mother", dag=date(2026, 12, 1))

    first, second = letter(job), letter(job)

    assert first["id"] == second["id"]
    assert len(list(settings().letters.rglob("*.pdf"))) == 1
    with read() as session:
        assert len(session.scalars(select(CaseDocument.id)).all()) == 1
        assert len(session.scalars(select(JournalEntry.id)).all()) == 1


def test_custody_holders_are_addressed_together_and_the_child_by_name(cast, claimed):
    with transaction() as session:
        father = Person(name="Søren Lauritsen", created_at=session.get_one(Case, cast.case_id).opened_at)
        session.add(father)
        session.flush()
        session.add(Relation(case_id=cast.case_id, person_id=father.id, kind="father", has_custody=True))

    for recipient in ("custody", "child"):
        letter(claimed("letter", cast.case_id, template="indkaldelse", recipient=recipient, dag="fredag"))

    with read() as session:
        recipients = session.scalars(select(CaseDocument.recipient).order_by(CaseDocument.id)).all()
    assert recipients == ["Camilla Brandt og Søren Lauritsen", "Emil Brandt Lauritsen"]


def test_one_who_no_longer_is_what_the_letter_is_for_gets_none(cast, claimed):
    with transaction() as session:
        session.scalars(select(Relation)).one().until = date(2026, 1, 1)

    with pytest.raises(PermanentError, match="mother"):
        letter(claimed("letter", cast.case_id, template="indkaldelse", recipient="mother", dag="fredag"))


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        ({"template": "indkaldelse", "recipient": "notifier", "dag": "fredag"}, "notifier"),
        ({"template": "indkaldelse", "dag": "fredag"}, "nobody"),
        ({"template": "ukendt", "recipient": "mother"}, "ukendt"),
        ({"recipient": "mother"}, "template"),
        ({"template": "indkaldelse", "recipient": "mother"}, "dag"),
    ],
)
def test_a_letter_that_cannot_be_written_is_sent_to_nobody(cast, claimed, settings, inputs, reason):
    with pytest.raises(PermanentError, match=reason):
        letter(claimed("letter", cast.case_id, **inputs))

    assert not settings().letters.exists()


def test_a_letter_needs_a_case_that_exists(cast, claimed):
    job = claimed("letter", template="indkaldelse", recipient="mother", dag="fredag")

    with pytest.raises(PermanentError, match="case"):
        letter(job)
    with pytest.raises(PermanentError, match="no such case"):
        letter(type(job)(**{**vars(job), "case_id": uuid4()}))
