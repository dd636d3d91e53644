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
from casework.model import ACTIVE, Case, CaseDocument, JournalEntry, Person, Relation, UserTask
from casework.operations.complete_user_task import complete_user_task
from tests.operations.asking import started
from tests.operations.processes import a_form, field, one_after_the_other, release
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

    with pytest.raises(PermanentError, match="nobody who is mother"):
        letter(claimed("letter", cast.case_id, template="indkaldelse", recipient="mother", dag="fredag"))


def test_a_letter_says_what_the_newest_form_of_the_instance_says(cast, claimed, settings):
    form = a_form("F10", field("oplysninger", "textarea"), field("frist", "datetime"), field("tomt"))
    release(one_after_the_other("skriv", "igen", camunda_formKey="F10"), forms={"F10": form})
    begun = started(cast)
    for text, task in (("Gammelt", begun.task_ids[0]), ("Skolen er bekymret.", None)):
        task_id = task or open_tasks()[0]
        complete_user_task(
            cast.mette, task_id=task_id, answers={"oplysninger": text, "frist": "2026-12-07"}, version=None
        )
    template = settings().processes / "letters" / "hoering.toml"
    template.write_text('subject = "Høring"\nbody = "{oplysninger} Svar senest {frist}.{tomt}"', encoding="utf-8")

    letter(
        claimed(
            "letter", cast.case_id, begun.instance_id, template="hoering", recipient=str(cast.mother_id), form="F10"
        )
    )

    text = text_of_the_letter()
    assert "Camilla Brandt" in text
    assert "Skolen er bekymret. Svar senest" in text
    assert "2026" in text


def open_tasks():
    with read() as session:
        return session.scalars(select(UserTask.id).where(UserTask.state.in_(ACTIVE))).all()


def text_of_the_letter() -> str:
    with read() as session:
        content = session.scalars(select(CaseDocument.content)).one()
    return pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()


def test_somebody_outside_of_the_case_is_named_by_the_template(cast, claimed, settings):
    template = settings().processes / "letters" / "anmeldelse.toml"
    template.write_text('subject = "Anmeldelse"\nrecipient = "Politiet"\nbody = "Til {modtager}"', encoding="utf-8")

    letter(claimed("letter", cast.case_id, template="anmeldelse", recipient="police"))

    assert "Til Politiet" in text_of_the_letter()


def test_a_person_of_another_case_gets_no_letter(cast, claimed):
    with transaction() as session:
        stranger = Person(name="Fremmed", created_at=session.get_one(Case, cast.case_id).opened_at)
        session.add(stranger)
        session.flush()

    with pytest.raises(PermanentError, match="nobody"):
        letter(claimed("letter", cast.case_id, template="indkaldelse", recipient=str(stranger.id), dag="fredag"))


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


@pytest.mark.parametrize(
    ("recipient", "born", "words"),
    [
        ("child", date(2014, 3, 14), "Det handler om dig"),
        ("id", date(2014, 3, 14), "Det handler om dig"),
        ("child", date(2008, 3, 14), "Vi har afgjort sagen"),
        ("custody", date(2014, 3, 14), "Vi har afgjort sagen"),
    ],
)
def test_a_child_gets_the_words_for_children_and_who_is_of_age_those_for_adults(  # noqa: PLR0917  a table
    cast, claimed, settings, recipient, born, words
):
    (settings().processes / "letters" / "besluttet.toml").write_text(
        'subject = "Afgørelse"\nbody = "Vi har afgjort sagen."\nbody_child = "Det handler om dig, {modtager}."',
        encoding="utf-8",
    )
    with transaction() as session:
        session.get_one(Person, cast.emil_id).birth_date = born

    letter(
        claimed(
            "letter",
            cast.case_id,
            template="besluttet",
            recipient=str(cast.emil_id) if recipient == "id" else recipient,
        )
    )

    assert words in text_of_the_letter()


def test_a_template_without_words_for_children_is_sent_as_it_is(cast, claimed):
    letter(claimed("letter", cast.case_id, template="indkaldelse", recipient="child", dag="fredag"))

    assert "fredag" in text_of_the_letter()
