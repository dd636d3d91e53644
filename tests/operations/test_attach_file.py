"""Files of forms: told by their bytes, kept with the draft, documents of the case with the completion."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from casework.errors import ForbiddenError, InvalidError, NotFoundError
from casework.model import CaseDocument
from casework.operations.attach_file import LARGEST, attach_file
from casework.operations.attached_kind import DOCX, ODT, kind_of
from casework.operations.claim_user_task import claim_user_task
from casework.operations.complete_user_task import complete_user_task
from casework.operations.correct_answers import correct_answers
from casework.operations.save_draft import save_draft
from casework.queries.case_page import case_page
from casework.queries.document import document
from casework.queries.submission_page import submission_page
from casework.queries.task_page import task_page
from tests import files
from tests.operations.asking import rows, started
from tests.operations.processes import a_form, field, one_after_the_other, release

KINDS = [
    (files.PDF, "application/pdf"),
    (files.PNG, "image/png"),
    (files.JPEG, "image/jpeg"),
    (files.WEBP, "image/webp"),
    (files.TEXT, "text/plain"),
    (files.docx(), DOCX),
    (files.odt(), ODT),
    (b"MZ\x90\0\x03\0", None),
    (b"\x7fELF\x02\x01", None),
    (b"tekst med \0 i", None),
    (b"\xff\xfe\x00", None),
    (files.archive(a=b"b"), None),
    (files.docx(word__vbaProject_dot_bin=b"x"), None),
    (files.odt(b"application/vnd.oasis.opendocument.spreadsheet"), None),
    (files.odt(b"x" * 1000), None),
    (files.odt(Basic__Standard__m_dot_xml=b"x"), None),
    (b"PK\x03\x04 og ikke mere", None),
]


@pytest.mark.parametrize(("content", "kind"), KINDS)
def test_what_a_file_is_is_told_by_its_bytes(content, kind):
    assert kind_of(content) == kind


@pytest.fixture
def task(cast):
    asked = a_form("F01", field("bilag", "filepicker"), field("bemaerkning"))
    release(one_after_the_other("a", "b"), forms={"F01": asked})
    return started(cast).task_ids[0]


def attach(actor, task, content=files.PDF, name="Skolens udtalelse.pdf", path="bilag"):
    return attach_file(actor, task_id=task, path=path, name=name, content=content)


def kept():
    return rows(select(CaseDocument).order_by(CaseDocument.id))


def test_it_waits_with_the_draft_and_becomes_a_document_with_the_completion(cast, task):
    taken = attach(cast.mette, task)
    save_draft(cast.mette, task_id=task, answers={"bilag": [str(taken.id)]}, draft_version=0)
    page = task_page(cast.mette, task)
    assert page.answers["bilag"] == [str(taken.id)]
    assert [option.label.danish for option in page.choices["files"]] == ["Skolens udtalelse.pdf"]
    assert case_page(cast.mette, cast.case_id).documents == ()

    done = complete_user_task(cast.mette, task_id=task, answers={"bilag": [str(taken.id)]})

    (listed,) = case_page(cast.mette, cast.case_id).documents
    file = document(cast.mette, taken.id)
    shown = submission_page(cast.mette, done.submission_id)
    assert (listed.id, listed.kind, listed.title) == (taken.id, "upload", "Skolens udtalelse.pdf")
    assert (file.content, file.media_type) == (files.PDF, "application/pdf")
    assert file.file_name == f"{cast.number}-Skolens-udtalelse.pdf"
    assert [option.label.danish for option in shown.choices["files"]] == ["Skolens udtalelse.pdf"]
    assert kept()[0].submission_id == done.submission_id


def test_what_was_taken_away_again_is_gone_with_the_completion(cast, task):
    first, _ = attach(cast.mette, task), attach(cast.mette, task, files.PNG, "billede.png")

    complete_user_task(cast.mette, task_id=task, answers={"bilag": [str(first.id)]})

    assert [document.id for document in kept()] == [first.id]


def test_the_same_file_twice_is_one_document(cast, task):
    assert attach(cast.mette, task).id == attach(cast.mette, task, name="igen.pdf").id


def test_only_the_end_of_a_path_is_its_name(cast, task):
    assert attach(cast.mette, task, name="C:\\Users\\Mette\\note\u202e.pdf").name == "note.pdf"


@pytest.mark.parametrize(
    ("content", "name", "path", "words"),
    [
        (b"MZ\x90\0", "rapport.pdf", "bilag", "rapport.pdf"),
        (b"", "tom.txt", "bilag", "tom.txt"),
        (b"%PDF-" + b"x" * LARGEST, "stor.pdf", "bilag", "10 MB"),
        (files.PDF, "x.pdf", "bemaerkning", "filer"),
        (files.PDF, "x.pdf", "ukendt", "filer"),
    ],
)
def test_what_is_refused_is_named_at_the_field_and_not_kept(cast, task, content, name, path, words):  # noqa: PLR0917  a table
    with pytest.raises(InvalidError) as refused:
        attach(cast.mette, task, content, name, path)

    assert words in refused.value.fields[path][0].text("da")
    assert refused.value.fields[path][0].text("en")
    assert kept() == []


def test_nobody_else_attaches(cast, task):
    with pytest.raises(NotFoundError):
        attach(cast.sofie, task)
    claim_user_task(cast.nadia, task_id=task)
    with pytest.raises(ForbiddenError):
        attach(cast.mette, task)


def test_an_answer_names_only_what_was_attached_here(cast, task):
    elsewhere = attach(cast.mette, started(cast).task_ids[0])

    for reference in (str(elsewhere.id), str(cast.case_id), "dok-1"):
        with pytest.raises(InvalidError) as refused:
            complete_user_task(cast.mette, task_id=task, answers={"bilag": [reference]})
        assert set(refused.value.fields) == {"bilag"}


def test_a_file_is_for_who_sees_the_case_or_the_task(cast, task):
    taken = attach(cast.mette, task)

    assert document(cast.nadia, taken.id).content == files.PDF
    for stranger in (cast.sofie, cast.lars, cast.peter):
        with pytest.raises(NotFoundError):
            document(stranger, taken.id)


def test_answers_put_right_keep_their_files_and_name_no_others(cast, task):
    taken = str(attach(cast.mette, task).id)
    complete_user_task(cast.mette, task_id=task, answers={"bilag": [taken]})

    with pytest.raises(InvalidError) as refused:
        correct_answers(cast.karin, task_id=task, answers={"bilag": [str(uuid4())]}, reason="Fejl")
    correct_answers(cast.karin, task_id=task, answers={"bilag": [taken], "bemaerkning": "Nyt"}, reason="Fejl")

    assert "bilag" in refused.value.fields
    assert len(kept()) == 1
