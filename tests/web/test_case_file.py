"""The whole case as one PDF: what is in it, for whom, and that it is on record."""

from __future__ import annotations

import io

import pypdf
import pytest
from sqlalchemy import select

from casework.database import read
from casework.model import AccessEntry, AccessKind, JournalEntry
from casework.operations.accept_handoff import accept_handoff
from casework.operations.add_note import add_note
from casework.operations.complete_user_task import complete_user_task
from casework.operations.offer_handoff import offer_handoff
from tests.factories import a_document
from tests.papers.test_letter_compose import tags_of
from tests.web.test_who_sees_what import F01, SHARED

#: One white dot.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
    "dccc59e70000000049454e44ae426082"
)


@pytest.fixture
def grown(emil, town):
    """Emil's case with a form, a note, a letter, a picture, and a hand-off that PPR has accepted."""
    complete_user_task(town.mette, task_id=emil.task_id, answers=F01)
    add_note(town.mette, case_id=emil.case_id, text="Talte med #mor om *skolen*.")
    a_document(emil.case_id, title="Kvittering", content=b"%PDF-1.7 letter")
    a_document(emil.case_id, kind="upload", title="Tegning.png", media_type="image/png", content=PNG)
    offered = offer_handoff(town.mette, case_id=emil.case_id, to_unit_id="ppr_nord", legal_basis="fvl28", **SHARED)
    accept_handoff(town.peter, handoff_id=offered)
    return emil


def taken_out(visitor, username, case):
    answer = visitor(username).get(f"/cases/{case.case_id}/file.pdf")
    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={case.number}.pdf"
    return pypdf.PdfReader(io.BytesIO(answer.data))


def text_of(pdf):
    return "\n".join(page.extract_text() for page in pdf.pages)


def test_holds_the_whole_case_in_danish_with_contents_and_page_numbers(visitor, grown, town):
    pdf = taken_out(visitor, "mette", grown)

    cover, contents = pdf.pages[0].extract_text(), pdf.pages[1].extract_text()
    for words in ("Hele sagen", "Emil Brandt Lauritsen", grown.number, "140314-••••", "Modtagelsen Nord"):
        assert words in cover
    assert f"Side 1 af {len(pdf.pages)}" in cover
    for title in ("Barnet og dem", "Frister", "Besvarelser", "Breve", "Journal", "Registrér henvendelse"):
        assert title in contents
    text = text_of(pdf)
    for words in ("Camilla Brandt", "Emil er træt hver mandag.", "Talte med #mor om *skolen*.", "Skoletilbud"):
        assert words in text
    assert "1403144567" not in text.replace("-", "")


def test_every_journal_entry_is_in_it(visitor, grown):
    with read() as session:
        numbers = session.scalars(select(JournalEntry.number).where(JournalEntry.case_id == grown.case_id)).all()

    lines = text_of(taken_out(visitor, "mette", grown)).rpartition("Nr.")[2].splitlines()

    assert len(numbers) > 5
    assert {str(number) for number in numbers} <= {line.split(" ")[0] for line in lines}


def test_can_be_read_aloud_and_leads_to_its_parts(visitor, grown):
    pdf = taken_out(visitor, "mette", grown)
    root = pdf.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "da"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert {"/H1", "/H2", "/TOC", "/Table", "/TH", "/Figure"} <= tags_of(root["/StructTreeRoot"])
    assert any(page.get("/Annots") for page in pdf.pages[1:2])


def test_letters_and_files_lie_in_it_as_they_are(visitor, grown):
    enclosed = taken_out(visitor, "mette", grown).attachments

    assert enclosed[f"001-{grown.number}-Kvittering.pdf"] == [b"%PDF-1.7 letter"]
    assert [content for content in enclosed.values() if content == [PNG]]


def test_what_would_make_it_too_large_is_named_and_left_out(visitor, grown, monkeypatch):
    monkeypatch.setattr("casework.queries.case_file.MOST_BYTES", 20)

    pdf = taken_out(visitor, "mette", grown)

    assert [PNG] not in list(pdf.attachments.values())
    assert "er ikke med, filen ville blive for stor" in " ".join(text_of(pdf).split())


def test_who_has_taken_a_part_over_gets_that_part(visitor, grown):
    text = text_of(taken_out(visitor, "peter", grown))

    for words in ("Den del, der er overleveret", "Emil er træt hver mandag.", "Skoletilbud"):
        assert words in text
    for words in ("Talte med", "Ditte Holm", "140314", "Kvittering", "Journal", "Vurdér barnets sikkerhed"):
        assert words not in text


def test_is_not_there_for_others_and_on_record_for_who_takes_it_out(visitor, grown, town):
    address = f"/cases/{grown.case_id}/file.pdf"
    for username in ("sofie", "anders", "torben", "birgit"):
        assert visitor(username).get(address).status_code == 404
    taken_out(visitor, "mette", grown)

    with read() as session:
        (entry,) = session.scalars(select(AccessEntry).where(AccessEntry.subject == "case_file"))
    assert (entry.actor_id, entry.kind, entry.case_id) == (town.mette.id, AccessKind.EXPORT, grown.case_id)
    assert "trak hele sagsakten ud" in visitor("torben").get("/access").text


def test_an_attachment_of_a_draft_is_not_in_it(visitor, grown):
    a_document(grown.case_id, kind="upload", title="Kladde.txt", user_task_id=grown.task_id)

    assert "Kladde" not in text_of(taken_out(visitor, "mette", grown))
